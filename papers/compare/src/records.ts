import { join } from 'node:path';
import { type Half, sets } from '../../forecast/src/problems.ts';
import { runsOf } from '../../forecast/src/records.ts';
import { candidates } from './candidates.ts';
import type { Predictors } from './predictors.ts';

/** One candidate on one data set from one initialisation, trained in full on every fold and on all training rows. */
export interface TruthRun {
  readonly set: string;
  readonly candidate: number;
  readonly seed: number;
  /** R² on the rows that were kept out by one Jacobian: Eq. 4 of Scala et al. 2025 at the budget, and at t = ∞. */
  readonly frozen: number;
  readonly infinity: number;
  /** After each of the stops: R² on the rows that were kept out, by what the last quarter of the iterations changed its outputs, gradients of a fold's rows. */
  readonly r2: readonly number[];
  readonly change: readonly number[];
  readonly gradients: readonly number[];
  /** On the test rows, by the training on all training rows, after each of the stops that are looked at there. */
  readonly testR2: readonly number[];
  readonly testAccuracy?: readonly number[];
}

/** The runs of a half, by data set, initialisation and candidate; initialisations that are not complete are left out. */
export function truthOfHalf(folder: string, half: Half): Map<string, TruthRun[][]> {
  const runs = runsOf<TruthRun>(join(folder, 'records', `truth-${half}.jsonl`));
  const found = new Map<string, TruthRun[][]>();
  for (const { name } of sets.filter((set) => set.half === half)) {
    const ofSet: TruthRun[][] = [];
    for (const run of runs.filter((one) => one.set === name)) {
      ofSet[run.seed] ??= [];
      ofSet[run.seed]![run.candidate] = run;
    }
    found.set(
      name,
      ofSet.filter((of) => of.filter(Boolean).length === candidates.length),
    );
  }
  return found;
}

export const predictorsOfHalf = (folder: string, half: Half): Predictors[] =>
  runsOf(join(folder, 'records', `predictors-${half}.jsonl`));
