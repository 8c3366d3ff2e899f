import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { InputError, type InputProblem } from '@qntk/core';
import { type SeedTask, workOf } from '@qntk/core/dynamics';
import { type Ensemble, pending, running, type Store, type TaskRecord } from '@qntk/study';
import type { Failure } from '../../messages.ts';
import { version } from '../../version.ts';

/** What a thread says of a seed. */
export type SeedMessage = { readonly record: TaskRecord } | { readonly failure: Failure };

/** What a thread is started with. */
export interface ThreadTask {
  readonly task: SeedTask;
  readonly ensemble: Ensemble<SeedTask['setting']>;
}

/** Milliseconds: the first seeds are slow, as code is still being compiled, so that nothing can be told before `warm`. */
const warm = 300;
/** Milliseconds of work left from which threads pay. */
const worthThreads = 1000;

/**
 * Does what the store lacks of an ensemble, in this thread as long as little is left to do, and keeps each record as soon
 * as it is there. A record depends on its task alone: not on the thread, and not on how many others there are.
 */
export async function runSeeds({ task, ensemble }: ThreadTask, store: Store, onDone: (done: number) => void) {
  const total = ensemble.seeds.length;
  const before = total - pending(ensemble, store).todo.length;
  const start = performance.now();
  const work = running(ensemble, () => workOf(task), store, version);
  for (let step = work.next(); !step.done; step = work.next()) {
    const { done } = step.value;
    onDone(done);
    const spent = performance.now() - start;
    const left = (spent / (done - before)) * (total - done);
    if (spent <= warm || left <= worthThreads) continue;
    work.return([]);
    await inThreads({ task, ensemble }, store, (more) => onDone(done + more));
    return;
  }
}

async function inThreads({ task, ensemble }: ThreadTask, store: Store, onDone: (done: number) => void): Promise<void> {
  const seeds = pending(ensemble, store).todo.map(({ seed }) => seed);
  const threads = Math.min(os.availableParallelism(), seeds.length);
  let done = 0;
  const keep = (record: TaskRecord) => {
    store.add(record);
    onDone(++done);
  };
  const parts = Array.from({ length: threads }, (_, t) => seeds.filter((__, i) => i % threads === t));
  await Promise.all(parts.map((part) => inThread({ task, ensemble: { ...ensemble, seeds: part } }, keep)));
}

function inThread(task: ThreadTask, onRecord: (record: TaskRecord) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./seed-worker.mjs', import.meta.url), { workerData: task });
    worker.on('message', (message: SeedMessage) => {
      if ('record' in message) onRecord(message.record);
      else reject(asError(message.failure));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with code ${code}`))));
  });
}

function asError({ input, problems, message, stack }: Failure): Error {
  const error = input ? new InputError(problems as readonly InputProblem[]) : new Error(message);
  error.stack = stack;
  return error;
}
