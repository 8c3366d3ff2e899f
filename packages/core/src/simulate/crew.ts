import { platformOf } from './crew-platform.ts';
import { crewScript, words } from './crew-script.ts';
import { compiled, type Helpers, newMemory, useHelpers } from './wasm-module.ts';

let starting: Promise<number> | undefined;

/**
 * Starts helpers on the other processors, once; resolves with their number. From then on the fast engines of this thread
 * share out work that is large enough, with the same results to the last bit. Without shared memory (browsers: pages that
 * are not cross-origin isolated), or where workers are refused, it is 0 and everything runs on this thread as before. A
 * process does not wait for its helpers.
 */
export function startCrew(helpers?: number): Promise<number> {
  starting ??= start(helpers).catch(() => 0);
  return starting;
}

async function start(wanted: number | undefined): Promise<number> {
  const platform = platformOf();
  const count = wanted ?? platform?.spare ?? 0;
  if (!platform || count < 1) return 0;
  const module = compiled(true);
  const memory = newMemory(true);
  const control = new Int32Array(new SharedArrayBuffer(4 * words.count));
  control[words.gate] = -1;
  const each = Array.from({ length: count }, (_, i) =>
    platform.start(crewScript, { module, memory, control, thread: i + 1 }),
  );
  await Promise.all(each);
  useHelpers(module, memory, helpersOf(control, count));
  return count;
}

/** This thread's side of the protocol (crew-script.ts). */
function helpersOf(control: Int32Array, count: number): Helpers {
  return {
    count,
    perform(job, items, kernels) {
      control[words.items] = items;
      control[words.address] = job;
      control[words.next] = 0;
      control[words.left] = 0;
      Atomics.store(control, words.gate, 0);
      Atomics.add(control, words.job, 1);
      Atomics.notify(control, words.job);
      try {
        kernels.enter(job, 0);
        for (let i = Atomics.add(control, words.next, 1); i < items; i = Atomics.add(control, words.next, 1))
          kernels.item(job, i);
      } finally {
        close(control);
      }
    },
  };
}

/** Lets nobody in any more and waits until all who came have left: they are at their last item. */
function close(control: Int32Array): void {
  let joined = Atomics.load(control, words.gate);
  while (Atomics.compareExchange(control, words.gate, joined, -1) !== joined)
    joined = Atomics.load(control, words.gate);
  while (Atomics.load(control, words.left) < joined);
  if (Atomics.load(control, words.failed) > 0) throw new Error('a helper stopped; this is a defect of qntk');
}
