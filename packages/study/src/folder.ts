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

/** Bytes that a record may have. */
const largest = 2 ** 28;

function readRecord(file: string): TaskRecord | undefined {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  // A pipe would be waited for without end.
  if (!stats?.isFile() || stats.size > largest) return undefined;
  try {
    const value: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch (error) {
    // No JSON, numbers that JSON has not, or brackets too deep to follow; anything else is the file system's own trouble.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function write(folder: string, record: TaskRecord): void {
  makeFolder(path.resolve(folder));
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

/** One folder after the other: Node's own recursive mkdir never returns in /proc. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another writer was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The key's own name, or where something else has it that is no record, another one. */
function freeName(folder: string, key: string): string {
  for (let copy = 0; ; copy++) {
    const file = path.join(folder, copy === 0 ? `${key}.json` : `${key}-${copy}.json`);
    if (!fs.existsSync(file) || readRecord(file)?.key === key) return file;
  }
}
