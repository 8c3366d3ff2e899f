import { canonical } from './canonical.ts';
import { textHash } from './content.ts';

/**
 * Goes up by one whenever tasks of all kinds would give other numbers than before: results of an older revision are then found
 * no more. Formats of files and words have no part in it. What changes one kind alone raises that kind's own.
 */
export const revision = 2;

/** One piece of work: everything that can change its result, as plain data. */
export interface Task<Spec = unknown> {
  /** What is done, such as `dynamics-asymptotic`. */
  readonly kind: string;
  /** With what settings. */
  readonly spec: Spec;
  /** {@link contentHash} of the data it is done on, where there are any. */
  readonly data?: string;
  readonly seed: number;
  readonly revision: number;
}

/** A finished task and where its result comes from. */
export interface TaskRecord<Result = unknown, Spec = unknown> {
  readonly schema: 'qntk/record/1';
  readonly key: string;
  readonly task: Task<Spec>;
  /** Of the program that did it. */
  readonly version: string;
  readonly seconds: number;
  readonly result: Result;
}

/**
 * The task's identity: SHA-256, in hexadecimal, of the task as canonical JSON. Equal tasks have equal keys, anywhere.
 *
 * @throws RangeError where it holds something that is no plain data.
 */
export function keyOf(task: Task): string {
  return keysOf(task)(task.seed);
}

/** Keys of tasks that differ in their seed alone, by seed: what they share is put into words once. */
export function keysOf({ kind, spec, data, revision: taskRevision }: Omit<Task, 'seed'>): (seed: number) => string {
  const before = `{${data === undefined ? '' : `"data":${canonical(data)},`}"kind":${canonical(kind)}`;
  const after = `"spec":${canonical(spec)}}`;
  return (seed) => textHash(`${before},"revision":${canonical(taskRevision)},"seed":${canonical(seed)},${after}`);
}

/** The record of a finished task. */
export function recordOf<Result, Spec>(
  task: Task<Spec>,
  result: Result,
  made: { readonly version: string; readonly seconds: number },
): TaskRecord<Result, Spec> {
  return { schema: 'qntk/record/1', key: keyOf(task), task, ...made, result };
}
