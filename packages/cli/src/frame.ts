import { styleText } from 'node:util';
import { errorOf, type Failure, failureOf } from '@qntk/study';
import { threadFor } from './ahead.ts';
import type { Outcome } from './command.ts';
import { writeFiles, writeOutput, writeOutputs } from './files/output.ts';
import { explained } from './files/reasons.ts';
import { asJson } from './json.ts';
import type { Call, Message, WorkerData } from './messages.ts';
import { printable, printableMessage } from './printable.ts';
import { type ProgressBars, progressBars } from './progress.ts';
import { newLock, waitForEnd } from './uninterrupted.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Exit codes are fixed: scripts depend on them. */
const exitCodes = { done: 0, defect: 1, input: 2, interrupted: 130, terminated: 143 } as const;

/**
 * Does what a call asks for in a thread of its own, then writes its files and prints what it found. This thread stays free
 * meanwhile, so that Ctrl-C ends the process at once, however long a computation takes.
 */
export async function perform(call: Call, options: CommonOptions): Promise<void> {
  // A document that goes to a file or another program leaves the terminal to the bar.
  const alone = !options.json || !process.stdout.isTTY;
  const progress = await progressBars(!options.quiet && alone);
  const lock = newLock();
  const end = (code: number) => () => {
    waitForEnd(lock);
    progress.stop();
    process.exit(code);
  };
  process.once('SIGINT', end(exitCodes.interrupted));
  process.once('SIGTERM', end(exitCodes.terminated));
  try {
    const outcome = await outcomeOf({ ...call, lock }, options, progress);
    progress.stop();
    await write(outcome.output);
    if (outcome.notice !== undefined && !options.quiet && !options.json)
      process.stderr.write(`qntk: ${printableMessage(outcome.notice)}\n`);
    print(options.json ? asJson(outcome.document) : await inColour(printable(outcome.text)));
  } catch (error) {
    progress.stop();
    report(failureOf(error), options.debug === true);
  }
}

/** A closed pipe, as in `qntk … | head -1`, is no error: whoever read has enough. */
export function leaveQuietlyWhenUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.done);
    report(failureOf(explained({ where: 'the standard output', expected: 'to be written to' }, error)), false);
    process.exit();
  });
  process.stderr.on('error', () => undefined);
}

/** Says on stderr what went wrong and sets the exit code. */
function report({ problems, message, stack }: Failure, debug: boolean): void {
  const input = problems !== undefined;
  process.exitCode = input ? exitCodes.input : exitCodes.defect;
  const text = input ? message : `this is a defect of ours, please report it: ${message}`;
  const hint = debug || input ? '' : '\n--debug shows where it happened';
  process.stderr.write(`${onStderr('red', 'qntk:')} ${printableMessage(text)}${hint}\n${debug ? `${stack}\n` : ''}`);
}

function outcomeOf(data: WorkerData, { quiet }: CommonOptions, progress: ProgressBars): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = threadFor(data);
    worker.on('message', (message: Message) => {
      if (message.type === 'done') resolve(message.outcome);
      else if (message.type === 'failed') reject(errorOf(message.failure));
      else if (message.type === 'progress') progress.show(message);
      else if (!quiet) {
        progress.stop();
        process.stderr.write(`qntk: ${onStderr('yellow', 'warning:')} ${printableMessage(message.text)}\n`);
      }
    });
    worker.on('error', reject);
    // Only comes first where the thread ended without a word.
    worker.on('exit', (code) => reject(new Error(`the working thread ended with code ${code}`)));
  });
}

async function write(output: Outcome['output']): Promise<void> {
  if (!output) return;
  if ('file' in output) await writeOutput(output.file, output.content);
  else if (Array.isArray(output)) await writeFiles(output);
  else await writeOutputs(output.folder, output.files);
}

/** In colour where stdout takes any; what paints is loaded only then. */
async function inColour(text: string): Promise<string> {
  return styleText('bold', text, { stream: process.stdout }) === text
    ? text
    : (await import('./colour.ts')).painted(text);
}

const onStderr = (colour: 'red' | 'yellow', word: string): string =>
  styleText(colour, word, { stream: process.stderr });

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}
