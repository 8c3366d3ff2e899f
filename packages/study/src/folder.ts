import fs from 'node:fs';
import path from 'node:path';
import type { Store } from './store.ts';
import { isRecord, type TaskRecord } from './task.ts';

/** A store in a folder, and what in the folder is no record. */
export interface FolderStore extends Store {
  /** Files that are damaged or of another kind, by path: they are neither used nor changed. */
  readonly foreign: readonly string[];
}

/**
 * A store in a folder: a file a record, named by its key. Files are only added, each written whole under a temporary name
 * first, so that several programs may write at once and one may be killed at any moment; two that do the same task write
 * the same result. The folder is made when the first record comes.
 *
 * @throws the file system's error where a file cannot be read or written.
 */
export function folderStore(folder: string): FolderStore {
  const foreign: string[] = [];
  const records = new Map<string, TaskRecord>();
  for (const name of namesIn(folder)) {
    const record = readRecord(path.join(folder, name));
    if (record) records.set(record.key, record);
    else foreign.push(path.join(folder, name));
  }
  return {
    foreign,
    find: (keys) => new Map(keys.flatMap((key) => (records.has(key) ? [[key, records.get(key)!]] : []))),
    add: (record) => {
      records.set(record.key, record);
      write(folder, record);
    },
  };
}

function namesIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

function readRecord(file: string): TaskRecord | undefined {
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch (error) {
    // What is no JSON, or a folder by this name, is no record; anything else is the file system's own trouble.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    throw error;
  }
}

function write(folder: string, record: TaskRecord): void {
  fs.mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify(record)}\n`;
  const temporary = path.join(folder, `.${record.key}.${process.pid}.tmp`);
  try {
    fs.writeFileSync(temporary, text);
    fs.renameSync(temporary, freeName(folder, record.key));
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

/** The key's own name, or where something else has it that is no record, another one. */
function freeName(folder: string, key: string): string {
  for (let copy = 0; ; copy++) {
    const file = path.join(folder, copy === 0 ? `${key}.json` : `${key}-${copy}.json`);
    if (!fs.existsSync(file) || readRecord(file)?.key === key) return file;
  }
}
