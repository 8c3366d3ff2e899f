import fs from 'node:fs';
import path from 'node:path';
import type { Listener } from '../../command.ts';
import { largest, readContent } from '../../files/input.ts';
import { version } from '../../version.ts';
import type { EnsembleDocument } from './document.ts';
import type { SeedRecord } from './seed-run.ts';

/** The file in a folder of results that a later call goes on from. */
export const keptFile = 'dynamics.json';

/** Seeds that an earlier call of the same version with the same setting has left in a folder, by number. */
export function readKept(
  folder: string,
  { schema, setting }: Pick<EnsembleDocument, 'schema' | 'setting'>,
  listener: Listener,
): Map<number, SeedRecord> {
  const file = path.join(folder, keptFile);
  if (!fs.existsSync(file)) return new Map();
  const found = documentIn(file);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  if (!found || found.schema !== schema || found.version !== version || !same(found.setting, setting)) {
    listener.warn(`${file} is of another setting: its seeds are not used, and it will be replaced`);
    return new Map();
  }
  return new Map(
    found.seeds.map((run, k) => {
      const { seed: _, ...curves } = found.curves.seeds[k]!;
      return [run.seed, { run, curves }];
    }),
  );
}

/** The document in a file, or nothing where it holds something else. */
function documentIn(file: string): EnsembleDocument | undefined {
  try {
    const value = JSON.parse(readContent(file, largest.table).toString('utf8'));
    return value?.curves?.seeds?.length === value?.seeds?.length ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
