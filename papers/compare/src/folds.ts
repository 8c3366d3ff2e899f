import { type Dataset, initialTheta, runSync, selectionSplits, takeRows, training } from '@qntk/core';
import { runsOf } from '../../forecast/src/records.ts';
import { rankCorrelation } from '../../statistics.ts';
import { mean, table } from '../../table.ts';
import { candidates, datasetOf, modelOf, scales } from './candidates.ts';
import { type TruthRun, truthOfHalf } from './records.ts';
import { testScore } from './rules.ts';
import { plan, selection, stops } from './truth.ts';

type Wanted = Pick<TruthRun, 'set' | 'candidate' | 'seed'>;

/** A candidate trained on each fold by itself. */
interface FoldsRun extends Wanted {
  /** Sum of squared errors on the rows that each fold keeps out. */
  readonly squares: readonly number[];
}

/** Iterations: they rank as well as the whole training. */
const steps = 100;
const seeds = [0, 1, 2];

/** Candidates at γ = 1.5, on the design half. */
const chosen = candidates.flatMap((_, k) => (k % scales.length === scales.indexOf(1.5) ? [k] : []));

export const foldsRunsWanted = (sets: readonly string[]): Wanted[] =>
  seeds.flatMap((seed) => sets.flatMap((set) => chosen.map((candidate) => ({ set, candidate, seed }))));

const splitsOf = (dataset: Dataset): readonly Dataset[] => selectionSplits(dataset, selection, 1);

export function foldsRun(folder: string, run: Wanted): FoldsRun {
  const dataset = datasetOf(folder, run.set);
  const model = modelOf(run.candidate, dataset);
  const theta0 = initialTheta(model, 7, run.seed);
  const squares = splitsOf(dataset).map((split) => {
    const { trajectory } = runSync(training(model, split, { ...plan, steps, theta0, record: [steps] }));
    const y = takeRows(split.y, 1, split.test);
    const f = trajectory.test.slice(-y.length);
    return Number(y.reduce((sum, value, i) => sum + (value - f[i]!) ** 2, 0).toPrecision(5));
  });
  return { ...run, squares };
}

/** Rank correlation with the true score of a choice by some folds and some initialisations: the mean over all such choices and over the data sets. */
export function printFolds(folder: string, file: string): void {
  const runs = new Map(runsOf<FoldsRun>(file).map((run) => [`${run.set} ${run.candidate} ${run.seed}`, run.squares]));
  const ways = [1, 2, 4].flatMap((folds) => [1, 3].map((count) => ({ folds, count })));
  const rows = ways.map(({ folds, count }) => {
    const found = [...truthOfHalf(folder, 'design')].map(([set, truth]) => {
      const scores = chosen.map((k) => mean(truth.map((all) => testScore(all[k]!))));
      const sizes = splitsOf(datasetOf(folder, set)).map(labelSquares);
      const all = subsets(sizes.length, folds).flatMap((some) =>
        subsets(seeds.length, count).map((ids) =>
          rankCorrelation(
            chosen.map((k) => mean(ids.map((id) => scoreOn(some, runs.get(`${set} ${k} ${seeds[id]}`)!, sizes)))),
            scores,
          ),
        ),
      );
      return mean(all);
    });
    return [folds, count, folds * count, mean(found).toFixed(2)];
  });
  console.log(table(['folds', 'initialisations', 'trainings', 'rank correlation with the true score'], rows));
  console.log(`\nFour folds of all candidates\n\n${initialisationTable(folder)}`);
}

/** Rank correlation of the mean over some initialisations, which follow each other, with the true score; by half and iterations. */
function initialisationTable(folder: string): string {
  const rows = halves.flatMap((half) =>
    stopsShown.map((stop) => {
      const truths = [...truthOfHalf(folder, half).values()];
      const counts = Array.from({ length: Math.min(...truths.map(({ length }) => length)) }, (_, k) => k + 1);
      const of = (truth: readonly (readonly TruthRun[])[], count: number) => {
        const scores = truth[0]!.map((_, k) => mean(truth.map((all) => testScore(all[k]!))));
        const found = truth.map((_, first) => {
          const some = Array.from({ length: count }, (__, k) => truth[(first + k) % truth.length]!);
          const values = scores.map((__, k) => mean(some.map((all) => Math.max(-1, all[k]!.r2[stops.indexOf(stop)]!))));
          return rankCorrelation(values, scores);
        });
        return mean(found);
      };
      return [half, stop, ...counts.map((count) => mean(truths.map((truth) => of(truth, count))).toFixed(2))];
    }),
  );
  return table(['half', 'iterations', '1 initialisation', '2', '3', '4', '5'], rows);
}

const halves = ['design', 'held-out'] as const;
const stopsShown = [30, 100, 300] as const;

/** R² on the rows of some folds, at least −1. */
function scoreOn(some: readonly number[], squares: readonly number[], sizes: readonly number[]): number {
  const sum = (values: readonly number[]) => some.reduce((total, fold) => total + values[fold]!, 0);
  return Math.max(-1, 1 - sum(squares) / sum(sizes));
}

/** Squares of labels that are kept out around their mean. */
function labelSquares({ y, test }: Dataset): number {
  const labels = takeRows(y, 1, test);
  const middle = mean([...labels]);
  return labels.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}

/** All ways to take so many of the numbers below n. */
function subsets(n: number, count: number): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: n }, (_, first) => first).flatMap((first) =>
    subsets(first, count - 1).map((rest) => [...rest, first]),
  );
}
