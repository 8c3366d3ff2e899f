import { parentPort, workerData } from 'node:worker_threads';
import { workOf } from '@qntk/core/dynamics';
import { running, type Store } from '@qntk/study';
import { failureOf } from './messages.ts';
import { version } from './version.ts';
import type { SeedMessage, ThreadTask } from './work/dynamics/ensemble.ts';

const { task, ensemble } = workerData as ThreadTask;
const say = (message: SeedMessage) => parentPort?.postMessage(message);

/** Records go to the thread that asked for them. */
const sent: Store = { find: () => new Map(), add: (record) => say({ record }) };

try {
  const work = running(ensemble, () => workOf(task), sent, version);
  while (!work.next().done);
} catch (error) {
  say({ failure: failureOf(error) });
}
