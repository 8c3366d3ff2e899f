import { type EnsembleDocument, ensembleDocument, type SeedRecord } from '@qntk/core/dynamics';
import { ensembleWords } from '@qntk/report';
import type { Kind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { version } from '../../version.ts';
import { outcomeOf } from './results.ts';
import { runSeeds, type SeedOptions, wantedSeeds } from './seeds.ts';

/** Which seeds, what becomes of them, and what is printed. */
export interface EnsembleOptions extends SeedOptions {
  readonly curves?: boolean;
}

/** A setting, its times and what a seed takes. */
interface Ensemble<Setting> {
  readonly setting: Setting;
  readonly times: readonly number[];
  readonly bytes?: number;
}

/** Runs the seeds asked for and joins all of them. */
export async function runEnsemble<Setting extends EnsembleDocument['setting']>(
  kind: Kind<Setting, undefined, SeedRecord> & { readonly name: 'dynamics-asymptotic' | 'dynamics-finite' },
  { setting, times, ...cost }: Ensemble<Setting>,
  options: EnsembleOptions,
  listener: Listener,
): Promise<Outcome> {
  const { out } = options;
  const ensemble = { kind, spec: setting, data: undefined, seeds: wantedSeeds(options) };
  const { results, found } = await runSeeds(ensemble, { out, ...cost }, listener);
  const document = ensembleDocument(`qntk/${kind.name}/1`, setting, times, results, version);
  const { curves, ...rest } = document;
  return outcomeOf({
    words: ensembleWords(document),
    document: options.curves ? document : rest,
    saved: document,
    figures: async () => {
      const { dynamicsFigures, ensemblePlots } = await import('@qntk/report/plots');
      return { files: await dynamicsFigures(document), plots: ensemblePlots(document) };
    },
    out,
    found,
  });
}
