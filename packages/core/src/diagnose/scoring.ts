import { accuracy, decisionOf, mse, r2, type Score } from '../model/scores.ts';
import type { Problem } from './problem.ts';

/** Scores of outputs on the unseen rows; null where undefined, with the reason kept under its name. */
export interface UnseenScores {
  readonly testMse: number | null;
  readonly testR2: number | null;
  readonly testAccuracy: number | null;
}

/** Scores the outputs on the unseen rows. Reasons for nulls are added to `reasons` under `prefix`. */
export function scoreUnseen(
  problem: Problem,
  f: Float64Array,
  prefix: string,
  reasons: Record<string, string>,
): UnseenScores {
  const { yTest, dataset } = problem;
  const decision = decisionOf(dataset);
  const keep = (name: string, score: Score) => {
    if (score.value === null) reasons[`${prefix}.${name}`] = score.reason;
    return score.value;
  };
  return {
    testMse: keep('testMse', mse(yTest, f)),
    testR2: keep('testR2', r2(yTest, f, dataset.outputs)),
    testAccuracy: decision
      ? keep('testAccuracy', accuracy(yTest, f, decision))
      : keep('testAccuracy', { value: null, reason: 'the labels are no classes' }),
  };
}
