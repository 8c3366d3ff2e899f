import { limitTimes, readoutFrom } from '@qntk/core';
import type { Listener, Outcome } from '../../command.ts';
import { type EnsembleOptions, runEnsemble } from './ensemble-run.ts';
import { type DynamicsProblem, type ProblemOptions, problemOf } from './problem.ts';
import { timesTo } from './times.ts';

interface Given extends ProblemOptions, EnsembleOptions {
  readonly time?: number;
}

export function run(given: Given, listener: Listener): Promise<Outcome> {
  const problem = problemOf(given);
  const time = timeOf(given.time, problem);
  return runEnsemble({ kind: 'asymptotic', setting: { ...problem, time } }, timesTo(time), given, listener);
}

/** The end of a run: 20/γ² where nothing else is asked for. */
export function timeOf(given: number | undefined, { spectrum }: DynamicsProblem): number {
  return given ?? limitTimes(readoutFrom(spectrum)).at(-1)!;
}
