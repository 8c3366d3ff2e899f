import {
  type AsymptoticSetting,
  boundsDocument,
  boundsOf,
  type FiniteSetting,
  type ProblemOptions,
  problemOf,
  requireRoom,
  timeOf,
} from '@qntk/core/dynamics';
import { boundsText } from '@qntk/report';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, wantedSeeds } from './ensemble-run.ts';
import { namingOptions } from './options.ts';

interface Given extends ProblemOptions, EnsembleOptions {
  readonly p?: number;
  readonly time?: number;
}

export function run(given: Given, listener: Listener): Outcome {
  const setting = namingOptions(() => settingOf(given));
  const bounds = boundsOf(setting);
  const wanted = wantedSeeds(given);
  const seeds = wanted.map((seed, k) => {
    const found = bounds(seed);
    listener.progress('seeds', k + 1, wanted.length);
    return found;
  });
  const document = boundsDocument(setting, seeds);
  return { text: boundsText(document), document };
}

function settingOf(given: Given): AsymptoticSetting | FiniteSetting {
  const problem = problemOf(given);
  const time = timeOf(given.time, problem);
  if (given.p === undefined) return { ...problem, time };
  const setting: FiniteSetting = { ...problem, p: given.p, training: { method: 'flow', time } };
  requireRoom(setting);
  return setting;
}
