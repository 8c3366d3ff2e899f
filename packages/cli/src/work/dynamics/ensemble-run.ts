import { type EnsembleDocument, ensembleDocument, type SeedRecord } from '@qntk/core/dynamics';
import { ensembleText } from '@qntk/report';
import { type Kind, schedule } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { version } from '../../version.ts';
import { recordsText, storeFor } from '../records.ts';
import { taskThreads } from '../threads.ts';
import { documentFile, refuseForeign } from './results.ts';

/** Which seeds, and what becomes of them. */
export interface EnsembleOptions {
  readonly seeds?: number;
  readonly seed?: number;
  readonly curves?: boolean;
  readonly out?: string;
}

const defaults = { seeds: 10, seed: 1 };

/** Runs the seeds asked for, those that the folder has no record of yet, and joins all of them. */
export async function runEnsemble<Setting extends EnsembleDocument['setting']>(
  kind: Kind<Setting, undefined, SeedRecord> & { readonly name: 'dynamics-asymptotic' | 'dynamics-finite' },
  setting: Setting,
  times: readonly number[],
  options: EnsembleOptions,
  listener: Listener,
): Promise<Outcome> {
  const { out } = options;
  if (out !== undefined) refuseForeign(out);
  const { records, found } = await schedule(
    { kind, spec: setting, data: undefined, seeds: wantedSeeds(options) },
    {
      store: storeFor(out, listener),
      version,
      threads: taskThreads,
      onProgress: ({ label, done, total }) => listener.progress(label, done, total),
    },
  );
  const results = records.map(({ result }) => result);
  const document = ensembleDocument(`qntk/${kind.name}/1`, setting, times, results, version);
  const output = out === undefined ? undefined : { folder: out, files: await filesOf(document) };
  const { curves, ...rest } = document;
  return {
    text: [ensembleText(document), ...(output ? [written(output, found)] : [])].join('\n\n'),
    document: options.curves ? document : rest,
    ...(output && { output }),
  };
}

function written({ folder, files }: { folder: string; files: Record<string, string> }, found: number): string {
  return `Written to ${folder}: ${Object.keys(files).join(', ')}${recordsText(found)}`;
}

/** The numbers of the seeds asked for. */
export function wantedSeeds(options: EnsembleOptions): number[] {
  const { seeds, seed } = { ...defaults, ...options };
  return Array.from({ length: seeds }, (_, k) => seed + k);
}

async function filesOf(document: EnsembleDocument): Promise<Record<string, string>> {
  // Plots are most of the program's size: loaded only where they are wanted.
  const { dynamicsFigures } = await import('@qntk/report/plots');
  return { [documentFile]: `${JSON.stringify(document)}\n`, ...(await dynamicsFigures(document)) };
}
