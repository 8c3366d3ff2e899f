import type { Progress } from '@qntk/core';
import type { Failure } from '@qntk/study';
import type { Outcome } from './command.ts';
import type { Lock } from './uninterrupted.ts';

/** What the working thread is started with: the first two words of the command line, which are likely those of a command. */
export interface Likely {
  readonly words: string;
}

/** What is asked for. */
export interface Call {
  readonly command: string;
  readonly given: Record<string, unknown>;
}

/** What the working thread is told first: the same, and the lock that it shares with the thread that gets signals. */
export interface WorkerData extends Call {
  readonly lock: Lock;
}

/** What the working thread says. */
export type Message =
  | { readonly type: 'warning'; readonly text: string }
  | ({ readonly type: 'progress' } & Progress)
  | { readonly type: 'done'; readonly outcome: Outcome }
  | { readonly type: 'failed'; readonly failure: Failure };
