import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from './messages.ts';
import type { SeedMessage } from './work/dynamics/ensemble.ts';
import { type SeedTask, workOf } from './work/dynamics/seed-task.ts';

const task = workerData as SeedTask;
const say = (message: SeedMessage) => parentPort?.postMessage(message);

try {
  const work = workOf(task);
  for (const seed of task.seeds) say({ record: work(seed) });
} catch (error) {
  say({ failure: failureOf(error) });
}
