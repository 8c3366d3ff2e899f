import fs from 'node:fs';
import path from 'node:path';
import { formatRecord, parseRecord } from './record-file.ts';
import type { Store } from './store.ts';
import type { TaskRecord } from './task.ts';

/**
 * A store in a folder: a file a record, named by its key. Files are only added, each written whole under a temporary name
 * first, so that several programs may write at once and one may be killed at any moment; two that do the same task write
 * the same result. The folder is made when the first record comes.
 *
 * @param onUnusable - told once of each file that is damaged, or no record at all: it is neither used nor changed. Records
 * are read when they are asked for, so that a damaged one is found then.
 * @throws the file system's error where a file cannot be read or written.
 */
export function folderStore(folder: string, onUnusable: (file: string) => void = () => undefined): Store {
  const told = new Set<string>();
  const tell = (name: string) => {
    if (told.has(name)) return;
    told.add(name);
    onUnusable(path.join(folder, name));
  };
  const read = (name: string, key: string) => {
    const record = readRecord(path.join(folder, name));
    if (record?.key === key) return record;
    tell(name);
    return undefined;
  };
  let first = true;
  return {
    find(keys) {
      const names = namesByKey(folder, tell);
      const records = keys.map((key) => firstOf(names.get(key) ?? [], (name) => read(name, key)));
      return new Map(records.flatMap((record) => (record ? [[record.key, record]] : [])));
    },
    add(record) {
      if (first) {
        makeFolder(path.resolve(folder));
        removeLeftovers(folder);
      }
      first = false;
      write(folder, record);
    },
  };
}

/** `KEY.json`, or `KEY-1.json` where something else had that name. */
const recordName = /^([0-9a-f]{64})(?:-\d+)?\.json$/;
/** What a writer that was killed leaves behind. */
const temporaryName = /^\.[0-9a-f]{64}\.\d+\.tmp$/;
/** Milliseconds after which no writer can be at work on a temporary file any more: a day. */
const abandoned = 86_400_000;
/** Bytes that a record may have. */
const largest = 2 ** 28;

/** Names of records in the folder by key; every other .json file is told of. */
function namesByKey(folder: string, tell: (name: string) => void): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).sort() : []) {
    const key = recordName.exec(name)?.[1];
    if (key !== undefined) names.set(key, [...(names.get(key) ?? []), name]);
    else if (name.endsWith('.json')) tell(name);
  }
  return names;
}

function firstOf(names: readonly string[], read: (name: string) => TaskRecord | undefined): TaskRecord | undefined {
  for (const name of names) {
    const record = read(name);
    if (record) return record;
  }
  return undefined;
}

function readRecord(file: string): TaskRecord | undefined {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  // A pipe would be waited for without end.
  if (!stats?.isFile() || stats.size > largest) return undefined;
  return parseRecord(fs.readFileSync(file, 'utf8'));
}

function write(folder: string, record: TaskRecord): void {
  const temporary = path.join(folder, `.${record.key}.${process.pid}.tmp`);
  try {
    fs.writeFileSync(temporary, formatRecord(record));
    fs.renameSync(temporary, freeName(folder, record.key));
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}

function removeLeftovers(folder: string): void {
  for (const name of fs.readdirSync(folder).filter((each) => temporaryName.test(each))) {
    const file = path.join(folder, name);
    const written = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (Date.now() - written > abandoned) fs.rmSync(file, { force: true });
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
