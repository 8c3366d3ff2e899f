/** A lock that two threads share, so that Ctrl-C, which one of them gets, does not split what the other one writes. */
export type Lock = Int32Array<SharedArrayBuffer>;

const [free, taken, ending] = [0, 1, 2];

export function newLock(): Lock {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** Runs `work` while the process cannot be ended by {@link waitForEnd}; a process that is ending begins nothing new. */
export function uninterrupted<T>(lock: Lock, work: () => T): T {
  if (Atomics.compareExchange(lock, 0, free, taken) === ending) Atomics.wait(lock, 0, ending);
  try {
    return work();
  } finally {
    Atomics.store(lock, 0, free);
    Atomics.notify(lock, 0);
  }
}

/** Waits until nothing is being written, and keeps it so. */
export function waitForEnd(lock: Lock): void {
  while (Atomics.compareExchange(lock, 0, free, ending) === taken) Atomics.wait(lock, 0, taken);
}
