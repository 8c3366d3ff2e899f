import type { Worker } from 'node:worker_threads';
import type { Likely, WorkerData } from './messages.ts';
import { threadOn } from './thread.ts';

/**
 * The thread that does what a command asks for is started before anything else is loaded: it loads what the command needs while
 * this one reads the command line, which takes either a twentieth of a second. Not where the command line asks for no command.
 */
const words = process.argv.slice(2);
const isCall = /^[a-z]/.test(words[0] ?? '') && !words.some((word) => word === '--help' || word === '-h');
const ahead = isCall ? started() : undefined;
// Where nothing comes of it nobody waits for it.
ahead?.unref();

/** The thread, which begins with its call. */
export function threadFor(call: WorkerData): Worker {
  const worker = ahead ?? started();
  worker.ref();
  worker.postMessage(call);
  return worker;
}

function started(): Worker {
  return threadOn('worker', { workerData: { words: words.slice(0, 2).join(' ') } satisfies Likely, argv: words });
}
