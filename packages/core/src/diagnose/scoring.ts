import { labelUnitsOf, mseInLabelUnits } from '../model/label-units.ts';
import { mseOn, r2On, type Score, scoresOn } from '../model/scores.ts';
import type { TestScores } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';

/** Why there is no score on test points. */
export const noTestPoints = 'there are no test points';

/** Scores of outputs on the test rows. Reasons for nulls are added to `reasons` under `prefix`. */
export function scoreTest(
  { dataset }: Pick<DiagnosisProblem, 'dataset'>,
  f: Float64Array,
  prefix: string,
  reasons: Record<string, string>,
): TestScores {
  const scores = scoresOn(dataset, dataset.test, f);
  const take = (name: string, score: Score) => {
    if (score.value === null) reasons[`${prefix}.${name}`] = score.reason;
    return score.value;
  };
  return {
    testMse: take('testMse', scores.mse),
    testR2: take('testR2', scores.r2),
    testAccuracy: take('testAccuracy', scores.accuracy),
  };
}

/**
 * R² of outputs on the training rows, as that on the test rows the mean of the outputs' coefficients; null where it is
 * undefined, with the reason under `prefix`.
 */
export function scoreTrain(
  { dataset }: Pick<DiagnosisProblem, 'dataset'>,
  f: Float64Array,
  prefix: string,
  reasons: Record<string, string>,
): { readonly trainR2: number | null } {
  const score = r2On(dataset, dataset.train, f);
  if (score.value === null) reasons[`${prefix}.trainR2`] = score.reason;
  return { trainR2: score.value };
}

/** Mean squared error over training points and outputs that belongs to a training loss, in the labels' own units. */
export function mseOfLoss({ options, dataset, y }: DiagnosisProblem, loss: number): number {
  // The factor first: it is exactly 2 for the mean loss of one output.
  const mse = ((2 * (options.loss === 'mean' ? dataset.train.length : 1)) / y.length) * loss;
  return mseInLabelUnits(mse, labelUnitsOf(dataset));
}

/** The training loss that belongs to such an error: both are shares of each other. */
export const lossOfMse = (problem: DiagnosisProblem, mse: number): number => mse / mseOfLoss(problem, 1);

/** Mean squared error of outputs on the test rows; there has to be one. */
export function testMseOf({ dataset }: DiagnosisProblem, f: Float64Array): number {
  return mseOn(dataset, dataset.test, f).value as number;
}
