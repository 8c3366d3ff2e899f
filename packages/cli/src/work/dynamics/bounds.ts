import { boundsSetting, finiteBytes, joiningBounds, type ProblemOptions } from '@qntk/core/dynamics';
import { runSync } from '@qntk/core/progress';
import { boundsWords } from '@qntk/report';
import { boundsKind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { namingOptions } from './options.ts';
import { outcomeOf } from './results.ts';
import { runSeeds, type SeedOptions, wantedSeeds } from './seeds.ts';

interface Given extends ProblemOptions, SeedOptions {
  readonly p?: number;
  readonly time?: number;
}

export async function run(given: Given, listener: Listener): Promise<Outcome> {
  const { out } = given;
  const setting = namingOptions(() => boundsSetting(given));
  const ensemble = { kind: boundsKind, spec: setting, data: undefined, seeds: wantedSeeds(given) };
  const bytes = 'p' in setting ? finiteBytes(setting) : 0;
  const { results, found } = await runSeeds(ensemble, { out, bytes }, listener);
  const document = runSync(joiningBounds(setting, results), ({ label, done, total }) =>
    listener.progress(label, done, total),
  );
  return outcomeOf({ words: boundsWords(document), document, saved: document, out, found });
}
