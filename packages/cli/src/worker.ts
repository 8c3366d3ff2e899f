import { parentPort, workerData } from 'node:worker_threads';
import { commands } from './commands/index.ts';
import { checkCollisions } from './files/collisions.ts';
import { wasRead } from './files/input.ts';
import { failureOf, type Message, type Task } from './messages.ts';

const { command: name, given } = workerData as Task;
const say = (message: Message) => parentPort?.postMessage(message);

try {
  const command = commands.find((entry) => entry.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  const { run } = await command.load();
  const outcome = await run(given, {
    warn: (text) => say({ type: 'warning', text }),
    progress: (label, done, total) => say({ type: 'progress', label, done, total }),
    keep: (output) => say({ type: 'keep', output }),
  });
  checkCollisions(outcome.output, wasRead);
  say({ type: 'done', outcome });
} catch (error) {
  say({ type: 'failed', cause: failureOf(error) });
}
