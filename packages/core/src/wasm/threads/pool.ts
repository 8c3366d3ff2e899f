import { compiled, defaultMachine, type Machine, newMemory, performAlone, type ThreadPool } from '../machine.ts';
import { now, platformOf } from './platform.ts';
import { helperScript, words } from './script.ts';

/** A machine's threads are started once. */
const starting = new WeakMap<Machine, Promise<number>>();

/**
 * Starts helpers on the other processors, once a machine; resolves with their number. From then on the engines of that
 * machine share out work that is large enough, with the same results to the last bit. Without shared memory (browsers:
 * pages that are not cross-origin isolated), or where workers are refused, it is 0 and everything runs on this thread as
 * before. A process does not wait for its helpers.
 *
 * @param helpers - how many; default: one for every other processor.
 */
export function startThreads(machine: Machine = defaultMachine, helpers?: number): Promise<number> {
  const promise = starting.get(machine) ?? start(machine, helpers).catch(() => 0);
  starting.set(machine, promise);
  return promise;
}

async function start(machine: Machine, wanted: number | undefined): Promise<number> {
  const platform = platformOf();
  const count = wanted ?? platform?.spare ?? 0;
  if (!platform || count < 1) return 0;
  const module = compiled(true);
  const memory = newMemory(true);
  const control = new Int32Array(new SharedArrayBuffer(4 * words.count));
  control[words.gate] = -1;
  const each = Array.from({ length: count }, (_, i) =>
    platform.start(helperScript, { module, memory, control, thread: i + 1 }),
  );
  await Promise.all(each);
  machine.join({ module, memory, helpers: count, perform: sharing(control) });
  return count;
}

/** For how long calls are made alone, at most, after a helper was waited for too long; milliseconds. */
const longestRest = 15;

/** This thread's side of the protocol (script.ts). */
function sharing(control: Int32Array): ThreadPool['perform'] {
  let rest = 0;
  let restingUntil = 0;
  return (job, items, kernels) => {
    const start = now();
    if (start < restingUntil) {
      performAlone(job, items, kernels);
      return;
    }
    open(control, job, items);
    let worked = start;
    try {
      kernels.enter(job, 0);
      for (let i = Atomics.add(control, words.next, 1); i < items; i = Atomics.add(control, words.next, 1))
        kernels.item(job, i);
      worked = now();
    } finally {
      close(control);
    }
    // On a busy machine a helper may lose its processor in the middle of an item: then work is better done alone.
    const end = now();
    if (end - worked > worked - start) {
      rest = Math.min(2 * rest + 1, longestRest);
      restingUntil = end + rest;
    } else rest /= 2;
  };
}

function open(control: Int32Array, job: number, items: number): void {
  control[words.items] = items;
  control[words.address] = job;
  control[words.next] = 0;
  control[words.left] = 0;
  Atomics.store(control, words.gate, 0);
  Atomics.add(control, words.job, 1);
  Atomics.notify(control, words.job);
}

/** Lets nobody in any more and waits until all who came have left: they are at their last item. */
function close(control: Int32Array): void {
  let joined = Atomics.load(control, words.gate);
  while (Atomics.compareExchange(control, words.gate, joined, -1) !== joined)
    joined = Atomics.load(control, words.gate);
  while (Atomics.load(control, words.left) < joined);
  if (Atomics.load(control, words.failed) > 0) throw new Error('a helper stopped; this is a defect of qntk');
}
