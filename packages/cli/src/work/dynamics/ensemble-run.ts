import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleDocument, ensembleDocument } from './document.ts';
import { runSeeds } from './ensemble.ts';
import { ensembleText } from './ensemble-text.ts';
import { keptFile, readKept } from './kept.ts';
import type { SeedRecord } from './seed-run.ts';
import type { SeedTask } from './seed-task.ts';

/** Which seeds, and what becomes of them. */
export interface EnsembleOptions {
  readonly seeds?: number;
  readonly seed?: number;
  readonly curves?: boolean;
  readonly out?: string;
}

const defaults = { seeds: 10, seed: 1 };
/** Finished seeds are written to the folder as often as this, in milliseconds: so much is lost by an interruption. */
const pause = 1000;

/** Runs the seeds asked for, those that the folder does not have yet, and joins all of them. */
export async function runEnsemble(
  task: Omit<SeedTask, 'seeds'>,
  times: readonly number[],
  options: EnsembleOptions,
  listener: Listener,
): Promise<Outcome> {
  const { out } = options;
  const wanted = wantedSeeds(options);
  const schema = `qntk/dynamics-${task.kind}/1` as const;
  const kept = out === undefined ? new Map<number, SeedRecord>() : readKept(out, { schema, ...task }, listener);
  const records = wanted.flatMap((seed) => kept.get(seed) ?? []);
  const joined = () => ensembleDocument(schema, task.setting, times, records);
  let saved = performance.now();
  await runSeeds({ ...task, seeds: wanted.filter((seed) => !kept.has(seed)) } as SeedTask, (record) => {
    records.push(record);
    listener.progress('seeds', records.length, wanted.length);
    if (out === undefined || performance.now() - saved < pause) return;
    saved = performance.now();
    listener.keep({ folder: out, files: { [keptFile]: asFile(joined()) } });
  });
  const document = joined();
  const output = out === undefined ? undefined : { folder: out, files: await filesOf(document) };
  const { curves, ...figures } = document;
  const written = output ? [`Written to ${out}: ${Object.keys(output.files).join(', ')}`] : [];
  return {
    text: [ensembleText(document), ...written].join('\n\n'),
    document: options.curves ? document : figures,
    ...(output && { output }),
  };
}

/** The numbers of the seeds asked for. */
export function wantedSeeds(options: EnsembleOptions): number[] {
  const { seeds, seed } = { ...defaults, ...options };
  return Array.from({ length: seeds }, (_, k) => seed + k);
}

async function filesOf(document: EnsembleDocument): Promise<Record<string, string>> {
  // Plots are most of the program's size: loaded only where they are wanted.
  const { dynamicsFigures } = await import('./ensemble-figures.ts');
  return { [keptFile]: asFile(document), ...(await dynamicsFigures(document)) };
}

function asFile(document: EnsembleDocument): string {
  return `${JSON.stringify(document)}\n`;
}
