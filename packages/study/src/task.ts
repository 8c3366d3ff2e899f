import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Goes up by one whenever the same task would give other numbers than before: results of an older revision are then found
 * no more. Formats of files and words have no part in it.
 */
export const revision = 1;

/** One piece of work: everything that can change its result, as plain data. */
export interface Task<Spec = unknown> {
  /** What is done, such as `dynamics-asymptotic`. */
  readonly kind: string;
  /** With what; where it names data, their content or its hash is part of it. */
  readonly spec: Spec;
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

/** The task's identity: SHA-256, in hexadecimal, of the task as canonical JSON. Equal tasks have equal keys, anywhere. */
export function keyOf({ kind, spec, seed, revision: own }: Task): string {
  return bytesToHex(sha256(utf8ToBytes(canonical({ kind, spec, seed, revision: own }))));
}

/** JSON whose keys are sorted, without white space. @throws RangeError at a number that JSON has not. */
export function canonical(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no place in a task`);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

/** The record of a finished task. */
export function recordOf<Result, Spec>(
  task: Task<Spec>,
  result: Result,
  made: { readonly version: string; readonly seconds: number },
): TaskRecord<Result, Spec> {
  return { schema: 'qntk/record/1', key: keyOf(task), task, ...made, result };
}

/** Whether a value is a record whose key is that of its task: neither damaged nor of another kind. */
export function isRecord(value: unknown): value is TaskRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, key, task, result } = value as Partial<TaskRecord>;
  if (schema !== 'qntk/record/1' || result === undefined || typeof task !== 'object' || task === null) return false;
  return key === keyOf(task);
}
