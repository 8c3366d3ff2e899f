import type { InputError, InputProblem } from '@qntk/core';
import type { Outcome, OutputFolder } from './command.ts';

/** What the working thread is started with. */
export interface Task {
  readonly command: string;
  readonly given: Record<string, unknown>;
}

/** What the working thread says. */
export type Message =
  | { readonly type: 'warning'; readonly text: string }
  | { readonly type: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  | { readonly type: 'keep'; readonly output: OutputFolder }
  | { readonly type: 'done'; readonly outcome: Outcome }
  | { readonly type: 'failed'; readonly cause: Failure };

/** An error, as far as it can be sent. */
export interface Failure {
  /** The user's input is wrong, not the program. */
  readonly input: boolean;
  readonly message: string;
  readonly stack: string;
  /** Of an InputError: the facts, so that it can be made again in another thread. */
  readonly problems?: readonly InputProblem[];
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { input: false, message: String(error), stack: String(error) };
  // By name: errors that come from another thread or bundle are of another class.
  const input = error.name === 'InputError';
  const { message, stack = message } = error;
  return { input, message, stack, ...(input && { problems: (error as InputError).problems }) };
}
