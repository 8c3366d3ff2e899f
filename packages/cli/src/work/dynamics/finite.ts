import { type FiniteOptions, finiteBytes, finiteSetting, finiteTimes } from '@qntk/core/dynamics';
import { finiteKind } from '@qntk/study';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, runEnsemble } from './ensemble-run.ts';
import { namingOptions } from './options.ts';

export function run(given: FiniteOptions & EnsembleOptions, listener: Listener): Promise<Outcome> {
  const setting = namingOptions(() => finiteSetting(given));
  const ensemble = { setting, times: finiteTimes(setting), bytes: finiteBytes(setting) };
  return runEnsemble(finiteKind, ensemble, given, listener);
}
