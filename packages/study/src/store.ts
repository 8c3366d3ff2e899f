import type { TaskRecord } from './task.ts';

/** Where records are kept: append-only, by the key of their task. */
export interface Store {
  /** Records of the tasks with these keys, as far as there are any. */
  find(keys: readonly string[]): Map<string, TaskRecord>;
  /** Keeps a record; of several with one key any is as good as another. */
  add(record: TaskRecord): void;
}

/** A store that lives as long as the program. */
export function memoryStore(): Store {
  const records = new Map<string, TaskRecord>();
  return {
    find: (keys) => new Map(keys.flatMap((key) => (records.has(key) ? [[key, records.get(key)!]] : []))),
    add: (record) => {
      records.set(record.key, record);
    },
  };
}
