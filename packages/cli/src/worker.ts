import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from '@qntk/study';
import type { CommandOption, Listener } from './command.ts';
import { table } from './commands/index.ts';
import { checkCollisions } from './files/collisions.ts';
import { checkDestination } from './files/destinations.ts';
import { wasRead } from './files/input.ts';
import type { Likely, Message, WorkerData } from './messages.ts';
import { uninterrupted } from './uninterrupted.ts';

// Loaded while the command line is still being read; what goes wrong then goes wrong again below.
const { words } = workerData as Likely;
const likely = table.commands.find((entry) => `${words} `.startsWith(`${entry.name} `));
likely?.load().catch(() => undefined);

const { command: name, given, lock } = await new Promise<WorkerData>((resolve) => parentPort!.once('message', resolve));
const say = (message: Message) => parentPort?.postMessage(message);
/** Milliseconds between two looks at a bar; how something ends is always shown. */
const pause = 50;
let shown = 0;
const progress: Listener['progress'] = (label, done, total, seconds) => {
  const now = performance.now();
  if (now - shown < pause && done < total) return;
  shown = now;
  say({ type: 'progress', label, done, total, ...(seconds !== undefined && { seconds }) });
};

try {
  const command = table.commands.find((entry) => entry.name === name);
  if (!command) throw new Error(`there is no command ${name}`);
  const { run } = await command.load();
  const listener: Listener = {
    warn: (text) => say({ type: 'warning', text }),
    progress,
    uninterrupted: (work) => uninterrupted(lock, work),
  };
  listener.uninterrupted(() => checkDestinations(command.options, given));
  const outcome = await run(given, listener, table);
  checkCollisions(outcome.output, wasRead);
  say({ type: 'done', outcome });
} catch (error) {
  say({ type: 'failed', failure: failureOf(error) });
}

/** @throws InputError naming the first option that names what cannot be written. */
function checkDestinations(options: readonly CommandOption[], values: Record<string, unknown>): void {
  for (const { flags, writes } of options) {
    const [, name = ''] = /^--(\w+)/.exec(flags) ?? [];
    const value = values[name];
    if (writes && typeof value === 'string') checkDestination(`--${name} ${value}`.trim(), value, writes);
  }
}
