import path from 'node:path';
import { memoryStore, type Store } from '@qntk/study';
import { folderStore } from '@qntk/study/folder';
import type { Listener } from '../command.ts';
import { explained } from '../files/reasons.ts';

/** The folder in a folder of results that has the record of every task, of any setting. */
const recordsFolder = 'records';

/** Where records of tasks are kept: in the folder of results where there is one, else as long as the program runs. */
export function storeFor(out: string | undefined, listener: Listener): Store {
  if (out === undefined) return memoryStore();
  const folder = path.join(out, recordsFolder);
  const { find, add } = folderStore(folder, (file) =>
    listener.warn(`${file}: found no record of a seed, or a damaged one; it is left as it is and not used`),
  );
  return {
    find: (keys) => explaining(folder, 'a folder that can be read', () => find(keys)),
    add: (record) =>
      explaining(folder, 'a folder that can be written to', () => listener.uninterrupted(() => add(record))),
  };
}

function explaining<T>(where: string, expected: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained({ where, expected }, error);
  }
}

/** How many of the results were found, and where the others are now. */
export function recordsText(found: number): string {
  const before = found > 0 ? ` ${found} of the seeds were found there and not computed again.` : '';
  return `; records of all seeds in ${recordsFolder}.${before}`;
}
