import { plainHash } from './content.ts';
import { keyOf, type TaskRecord } from './task.ts';

/** A record as text, a line of JSON with a checksum of its result; what a store keeps. */
export function formatRecord(record: TaskRecord): string {
  return `${JSON.stringify({ ...record, checksum: plainHash(record.result) })}\n`;
}

/** The record in a text, or undefined where it is none: cut off, changed in task or result, or of another kind. */
export function parseRecord(text: string): TaskRecord | undefined {
  try {
    const { checksum, ...record } = JSON.parse(text);
    return isRecord(record) && checksum === plainHash(record.result) ? record : undefined;
  } catch (error) {
    // No JSON, no object, numbers that JSON has not, or brackets too deep to follow.
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function isRecord(value: Partial<TaskRecord>): value is TaskRecord {
  const { schema, key, task, version, seconds, result } = value;
  if (schema !== 'qntk/record/1' || result === undefined || typeof task !== 'object' || task === null) return false;
  return typeof version === 'string' && typeof seconds === 'number' && key === keyOf(task);
}
