import {
  accuracy,
  type Dataset,
  decisionOf,
  initialTheta,
  type Model,
  r2,
  rungOf,
  runSync,
  selectionSplits,
  type Training,
  takeRows,
  training,
} from '@qntk/core';
import { datasetOf, modelOf } from './candidates.ts';
import type { TruthRun } from './records.ts';

export const plan = { loss: 'mean', optimizer: 'lbfgs', steps: 300 } as const;
/** How training rows are kept out. */
export const selection = { folds: 4 } as const;
/** Of all initialisations, and of the split of the training rows. */
const [seed, splitSeed] = [7, 1];

/** Iterations after which a training is looked at. */
export const stops = [3, 5, 10, 20, 30, 50, 100, 200, 300] as const;
/** Of these the test rows are looked at, too. */
export const testStops = [10, 30, 100, 300] as const;
/** Below this R² is not told apart; where an output is undefined it stands for it. */
const least = -1;
/** Where a rung of so many iterations looks for what its last quarter changed. */
const earlierOf = (stop: number): number => Math.round(0.75 * stop);

/** Everything that a race or a rule may ask of a candidate and an initialisation: all trainings in full, each looked at on its way. */
export function truthOf(
  folder: string,
  { set, candidate, seed: index }: Pick<TruthRun, 'set' | 'candidate' | 'seed'>,
): TruthRun {
  const dataset = datasetOf(folder, set);
  const model = modelOf(candidate, dataset);
  const theta0 = initialTheta(model, seed, index);
  const splits = selectionSplits(dataset, selection, splitSeed);
  const size = squaresAround(dataset, dataset.train);
  const frozen = (steps: number) => {
    const options = { rung: { kind: 'frozen' }, training: { ...plan, steps }, seed, selection, splitSeed } as const;
    return rounded(runSync(rungOf(model, dataset, options)(index)).r2 ?? least);
  };
  const folds = splits.map((split) => ({
    y: takeRows(split.y, 1, split.test),
    ...trained(model, split, theta0),
  }));
  const over = (of: (fold: (typeof folds)[number]) => number) => folds.reduce((sum, fold) => sum + of(fold), 0);
  const whole = trained(model, dataset, theta0);
  const y = takeRows(dataset.y, 1, dataset.test);
  const decision = decisionOf(dataset);
  return {
    set,
    candidate,
    seed: index,
    frozen: frozen(plan.steps),
    // So long that the flow has come to its end.
    infinity: frozen(1e200),
    r2: stops.map((stop) => rounded(1 - over((fold) => squares(fold.y, fold.outputs(stop))) / size)),
    change: stops.map((stop) =>
      rounded(Math.sqrt(over(({ outputs }) => squares(outputs(earlierOf(stop)), outputs(stop))) / size)),
    ),
    gradients: stops.map((stop) => over(({ evaluations }) => evaluations(stop))),
    testR2: testStops.map((stop) => rounded(r2(y, whole.outputs(stop), 1).value ?? least)),
    ...(decision && {
      testAccuracy: testStops.map((stop) => rounded(accuracy(y, whole.outputs(stop), decision).value ?? 0)),
    }),
  };
}

/** Outputs on the test rows after an iteration, and gradients until then; a training that ended before stays where it was. */
function trained(model: Model, dataset: Dataset, theta0: Float64Array) {
  let count = 0;
  const counting: Model = {
    ...model,
    simulator: {
      expectations: (batch) => model.simulator.expectations(batch),
      jacobian(batch) {
        count++;
        return model.simulator.jacobian(batch);
      },
    },
  };
  const counts: number[] = [];
  const record = stops.flatMap((stop) => [earlierOf(stop), stop]);
  const work = training(counting, dataset, { ...plan, theta0, record });
  const { trajectory, iterations }: Training = runSync(work, ({ done }) => {
    counts[done] = count;
  });
  const times = Array.from(trajectory.times);
  const points = dataset.test.length;
  const outputs = (stop: number) => {
    const at = times.indexOf(Math.min(stop, iterations));
    return trajectory.test.subarray(at * points, (at + 1) * points);
  };
  // The last search of a training that ended before may have found nothing.
  const evaluations = (stop: number) => (stop > iterations ? count : counts[stop]!);
  return { outputs, evaluations };
}

const squares = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

function squaresAround({ y }: Dataset, rows: Int32Array): number {
  const labels = takeRows(y, 1, rows);
  const mean = labels.reduce((sum, value) => sum + value, 0) / labels.length;
  return labels.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** R² to three decimals; what is below −99 says no more. */
const rounded = (value: number): number => Number(Math.max(-99, value).toFixed(3));
