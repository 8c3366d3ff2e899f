import { asymptoticSetting, type ProblemOptions, timesTo } from '@qntk/core/dynamics';
import { asymptoticKind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, runEnsemble } from './ensemble-run.ts';
import { namingOptions } from './options.ts';

interface Given extends ProblemOptions, EnsembleOptions {
  readonly time?: number;
}

export function run(given: Given, listener: Listener): Promise<Outcome> {
  const setting = namingOptions(() => asymptoticSetting(given));
  return runEnsemble(asymptoticKind, { setting, times: timesTo(setting.time) }, given, listener);
}
