import path from 'node:path';
import { type EnsembleDocument, ensembleDocument, type SeedRecord, type SeedTask } from '@qntk/core/dynamics';
import { memoryStore, pending, revision, type Store } from '@qntk/study';
import { folderStore } from '@qntk/study/folder';
import type { Listener, Outcome } from '../../command.ts';
import { explained } from '../../files/reasons.ts';
import { version } from '../../version.ts';
import { runSeeds } from './ensemble.ts';
import { ensembleText } from './ensemble-text.ts';
import { documentFile, refuseForeign } from './results.ts';

/** Which seeds, and what becomes of them. */
export interface EnsembleOptions {
  readonly seeds?: number;
  readonly seed?: number;
  readonly curves?: boolean;
  readonly out?: string;
}

const defaults = { seeds: 10, seed: 1 };

/** The folder in a folder of results that has the record of every seed, of any setting. */
const recordsFolder = 'records';

/** Runs the seeds asked for, those that the folder has no record of yet, and joins all of them. */
export async function runEnsemble(
  task: SeedTask,
  times: readonly number[],
  options: EnsembleOptions,
  listener: Listener,
): Promise<Outcome> {
  const { out } = options;
  if (out !== undefined) refuseForeign(out);
  const kind = `dynamics-${task.kind}` as const;
  const ensemble = { kind, spec: task.setting, revision, seeds: wantedSeeds(options) };
  const store = out === undefined ? memoryStore() : storeIn(out, listener);
  const found = pending(ensemble, store).found.length;
  await runSeeds({ task, ensemble }, store, (done) => listener.progress('seeds', done, ensemble.seeds.length));
  const records = pending(ensemble, store).found.map(({ result }) => result as SeedRecord);
  const document = ensembleDocument(`qntk/${kind}/1`, task.setting, times, records, version);
  const output = out === undefined ? undefined : { folder: out, files: await filesOf(document) };
  const { curves, ...rest } = document;
  return {
    text: [ensembleText(document), ...(output ? [written(output, found)] : [])].join('\n\n'),
    document: options.curves ? document : rest,
    ...(output && { output }),
  };
}

function storeIn(out: string, listener: Listener): Store {
  const folder = path.join(out, recordsFolder);
  try {
    const { foreign, find, add } = folderStore(folder);
    for (const file of foreign)
      listener.warn(`${file}: found no record of a seed, or a damaged one; it is left as it is and not used`);
    return { find, add: (record) => explaining(folder, () => add(record)) };
  } catch (error) {
    throw explained({ where: folder, expected: 'a folder that can be read' }, error);
  }
}

function explaining(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw explained({ where: folder, expected: 'a folder that can be written to' }, error);
  }
}

function written({ folder, files }: { folder: string; files: Record<string, string> }, found: number): string {
  const before = found > 0 ? ` ${found} of the seeds were found there and not computed again.` : '';
  return `Written to ${folder}: ${Object.keys(files).join(', ')}; records of all seeds in ${recordsFolder}.${before}`;
}

/** The numbers of the seeds asked for. */
export function wantedSeeds(options: EnsembleOptions): number[] {
  const { seeds, seed } = { ...defaults, ...options };
  return Array.from({ length: seeds }, (_, k) => seed + k);
}

async function filesOf(document: EnsembleDocument): Promise<Record<string, string>> {
  // Plots are most of the program's size: loaded only where they are wanted.
  const { dynamicsFigures } = await import('./ensemble-figures.ts');
  return { [documentFile]: `${JSON.stringify(document)}\n`, ...(await dynamicsFigures(document)) };
}
