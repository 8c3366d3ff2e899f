import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '@qntk/study';
import type { Listener } from './command.ts';
import { table } from './commands/index.ts';
import { checkCollisions } from './files/collisions.ts';
import { wasRead } from './files/input.ts';
import type { Message, WorkerData } from './messages.ts';
import { uninterrupted } from './uninterrupted.ts';

const { command: name, given, lock } = workerData as WorkerData;
const say = (message: Message) => parentPort?.postMessage(message);

try {
  const command = table.commands.find((entry) => entry.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  const { run } = await command.load();
  const listener: Listener = {
    warn: (text) => say({ type: 'warning', text }),
    progress: (label, done, total) => say({ type: 'progress', label, done, total }),
    uninterrupted: (work) => uninterrupted(lock, work),
  };
  const outcome = await run(given, listener, table);
  checkCollisions(outcome.output, wasRead);
  say({ type: 'done', outcome });
} catch (error) {
  say({ type: 'failed', failure: failureOf(error) });
}
