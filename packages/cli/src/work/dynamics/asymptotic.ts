import { type AsymptoticSetting, type ProblemOptions, problemOf, timeOf, timesTo } from '@qntk/core/dynamics';
import { asymptoticKind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, runEnsemble } from './ensemble-run.ts';
import { namingOptions } from './options.ts';

interface Given extends ProblemOptions, EnsembleOptions {
  readonly time?: number;
}

export function run(given: Given, listener: Listener): Promise<Outcome> {
  const setting = namingOptions((): AsymptoticSetting => {
    const problem = problemOf(given);
    return { ...problem, time: timeOf(given.time, problem) };
  });
  return runEnsemble(asymptoticKind, setting, timesTo(setting.time), given, listener);
}
