import { InputError } from '../errors.ts';
import { dot } from '../linalg/matrix.ts';
import { checkNumbers, checkShared } from '../model/checks.ts';
import { residual } from '../model/loss.ts';
import { decisionOf, type Score, scoresOf } from '../model/scores.ts';
import { shown } from '../wording.ts';
import { descentLaw, type Law, limitLaw, rateLimit } from './law.ts';
import { type LinearModel, lossAt, outputsAt, residualLoss } from './linear.ts';

/** How long, and how fast, a frozen kernel is trained. */
export interface PredictOptions {
  /** Learning rate η of gradient descent; half its stability limit where none is given. */
  readonly rate?: number;
  /** Numbers of steps to give the outputs at; none: t = ∞, where every stable rate ends. */
  readonly steps?: readonly number[];
  /** Outputs of the network; rows are (point, output) pairs, the output running fastest. 1 where left out. */
  readonly outputs?: number;
  /** Labels of the test rows, to score against. */
  readonly testLabels?: Float64Array;
}

/** How well outputs fit labels, or why that is undefined. */
export interface PredictionScores {
  readonly trainR2: Score;
  readonly trainAccuracy: Score;
  readonly testMse: Score;
  readonly testR2: Score;
  readonly testAccuracy: Score;
}

/** Outputs and errors of a frozen kernel after so many steps of gradient descent. */
export interface StepForecast {
  /** null at t = ∞. */
  readonly steps: number | null;
  readonly trainLoss: number;
  readonly trainMse: number;
  /** Outputs on the training rows and on the test rows, in the rows' order. */
  readonly train: Float64Array;
  readonly test: Float64Array;
  readonly scores: PredictionScores;
}

/** A learning rate and its stability limit 2/(wλmax), null where the kernel is 0 and no rate moves anything. */
export interface PredictedRate {
  readonly value: number;
  readonly limit: number | null;
  readonly given: boolean;
}

/** What a frozen kernel says of a training: {@link predict}. */
export interface Prediction {
  readonly rate: PredictedRate;
  /** Training loss and mean squared error at t = ∞: of the part of y − f₀ in the null space of K. */
  readonly frozen: { readonly residualLoss: number; readonly residualMse: number };
  /** One for each number of steps, in their order. */
  readonly forecasts: readonly StepForecast[];
}

/**
 * Training with the kernel frozen (Scala et al. 2025, Eqs. 4 and 5), from anybody's kernel or Jacobian
 * ({@link linearFromKernel}, {@link linearFromJacobian}). `y` are the labels of the training rows, length m.
 *
 * @throws InputError where the length of `y` or of the test labels does not fit, or the rate is beyond the stability limit.
 */
export function predict(linear: LinearModel, y: Float64Array, options: PredictOptions = {}): Prediction {
  const { rate: given, steps, outputs = 1, testLabels } = options;
  if (y.length === 0) throw new InputError({ where: 'y', found: 'no numbers', expected: 'at least one' });
  checkNumbers('y', y, linear.f0.length);
  checkShared(y, outputs);
  if (testLabels) checkNumbers('testLabels', testLabels, linear.f0Test.length);
  const { spectrum, weight, nullResidual } = linear;
  const largest = spectrum.values[0] ?? 0;
  const rate = rateOf(rateLimit(largest, weight), given);
  const scores = scoring(y, testLabels, outputs);
  const at = (count: number | null, law: Law) => forecastAt(linear, y, count, law, scores);
  for (const [k, count] of (steps ?? []).entries())
    if (!(Number.isInteger(count) && count >= 0))
      throw new InputError({ where: `steps[${k}]`, found: shown(count), expected: 'a whole number from 0' });
  return {
    rate,
    frozen: { residualLoss: residualLoss(linear), residualMse: meanSquare(nullResidual) },
    forecasts: steps
      ? steps.map((count) => at(count, descentLaw(count, rate.value, weight, largest)))
      : [at(null, limitLaw)],
  };
}

type Scoring = (train: Float64Array, test: Float64Array) => PredictionScores;

/** Labels are classes where those of training and test together are. */
function scoring(y: Float64Array, testLabels: Float64Array | undefined, outputs: number): Scoring {
  const decision = decisionOf({ y: joined(y, testLabels), outputs });
  const noLabels: Score = { value: null, reason: 'there are no test labels' };
  return (train, test) => {
    const onTrain = scoresOf(y, train, outputs, decision);
    const onTest = testLabels && scoresOf(testLabels, test, outputs, decision);
    return {
      trainR2: onTrain.r2,
      trainAccuracy: onTrain.accuracy,
      testMse: onTest?.mse ?? noLabels,
      testR2: onTest?.r2 ?? noLabels,
      testAccuracy: onTest?.accuracy ?? noLabels,
    };
  };
}

function rateOf(limit: number, given: number | undefined): PredictedRate {
  if (given !== undefined && !(given > 0 && Number.isFinite(given)))
    throw new InputError({ where: 'rate', found: shown(given), expected: 'a number above 0' });
  // Of a kernel that is 0 any rate tells the same: nothing.
  if (!Number.isFinite(limit)) return { value: given ?? 1, limit: null, given: given !== undefined };
  return { value: given ?? limit / 2, limit, given: given !== undefined };
}

function forecastAt(
  linear: LinearModel,
  y: Float64Array,
  steps: number | null,
  law: Law,
  scores: Scoring,
): StepForecast {
  const { train, test } = outputsAt(linear, law);
  const trainMse = meanSquare(residual(y, train));
  return { steps, trainLoss: lossAt(linear, law), trainMse, train, test, scores: scores(train, test) };
}

function joined(a: Float64Array, b: Float64Array = new Float64Array(0)): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

const meanSquare = (r: Float64Array) => dot(r, 0, r, 0, r.length) / r.length;
