import { limitTimes, readoutFrom } from '@qntk/core';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, runEnsemble } from './ensemble-run.ts';
import { type ProblemOptions, problemOf } from './problem.ts';
import { timesTo } from './times.ts';

interface Given extends ProblemOptions, EnsembleOptions {
  readonly time?: number;
}

export function run(given: Given, listener: Listener): Promise<Outcome> {
  const problem = problemOf(given);
  const time = given.time ?? limitTimes(readoutFrom(problem.spectrum)).at(-1)!;
  return runEnsemble({ kind: 'asymptotic', setting: { ...problem, time } }, timesTo(time), given, listener);
}
