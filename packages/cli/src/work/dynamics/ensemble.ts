import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { InputError } from '@qntk/core';
import type { Failure } from '../../messages.ts';
import type { SeedRecord } from './seed-run.ts';
import { type SeedTask, workOf } from './seed-task.ts';

/** What a thread says of a seed. */
export type SeedMessage = { readonly record: SeedRecord } | { readonly failure: Failure };

/** Milliseconds: the first seeds are slow, as code is still being compiled, so that nothing can be told before `warm`. */
const warm = 300;
/** Milliseconds of work left from which threads pay. */
const worthThreads = 1000;

/**
 * Does all seeds of a task, in this thread as long as little is left to do, and tells of each as soon as it is there. A
 * seed's record depends on its own number alone: not on the thread, and not on how many others there are.
 */
export async function runSeeds(task: SeedTask, onRecord: (record: SeedRecord) => void): Promise<void> {
  const work = workOf(task);
  const threads = Math.min(os.availableParallelism(), task.seeds.length);
  const start = performance.now();
  for (const [done, seed] of task.seeds.entries()) {
    const rest = task.seeds.slice(done);
    const spent = performance.now() - start;
    if (threads > 1 && spent > warm && (spent / done) * rest.length > worthThreads) {
      const parts = Array.from({ length: threads }, (_, t) => rest.filter((__, i) => i % threads === t));
      await Promise.all(parts.map((seeds) => inThread({ ...task, seeds }, onRecord)));
      return;
    }
    onRecord(work(seed));
  }
}

function inThread(task: SeedTask, onRecord: (record: SeedRecord) => void): Promise<void> {
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

function asError({ input, message, stack }: Failure): Error {
  const error = input ? new InputError(message) : new Error(message);
  error.stack = stack;
  return error;
}
