import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Model, startThreads } from '@qntk/core';
import type { Threads } from '@qntk/study';

/** Amplitudes times gates of one Jacobian: about 15 ms, of which a command needs dozens. */
const large = 2 ** 25;

/** Share of the memory that tasks may take together. */
const share = 0.5;

/** Starts helpers on the other processors where the work is large: they take a twentieth of a second to come. */
export async function startThreadsFor(model: Model, points: number): Promise<void> {
  if (isLarge(model, points)) await startThreads();
}

/** Threads for tasks that take so many bytes each: as many as there are processors, and as memory has room for. */
export function threadsWithin(bytes: number): Threads {
  return {
    start: () => new Worker(new URL('./task-worker.mjs', import.meta.url)),
    most: Math.min(os.availableParallelism(), Math.floor((share * os.totalmem()) / bytes)),
  };
}

/**
 * Threads for so many tasks with the same model, each of which takes so many bytes. None where memory has no room for two,
 * or where large tasks are too few to keep all processors busy: these are helped by the other processors, one by one.
 */
export async function threadsFor(
  model: Model,
  points: number,
  { tasks, bytes }: { readonly tasks: number; readonly bytes: number },
): Promise<Threads | undefined> {
  const threads = threadsWithin(bytes);
  const { most } = threads;
  const busy = tasks >= most || !isLarge(model, points);
  if (most > 1 && busy) return threads;
  await startThreadsFor(model, points);
  return undefined;
}

function isLarge({ circuit }: Model, points: number): boolean {
  return points * 2 ** circuit.qubits * circuit.gate.length >= large;
}
