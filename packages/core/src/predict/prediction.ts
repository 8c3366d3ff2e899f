import { InputError } from '../errors.ts';
import { dot } from '../linalg/matrix.ts';
import { residual } from '../model/loss.ts';
import { descentLaw, type Law, limitLaw, rateLimit } from './law.ts';
import { type LinearModel, lossAt, outputsAt, residualLoss } from './linear.ts';

/** How long, and how fast, a frozen kernel is trained. */
export interface PredictOptions {
  /** Learning rate η of gradient descent; half its stability limit where none is given. */
  readonly rate?: number;
  /** Numbers of steps to give the outputs at; none: t = ∞, where every stable rate ends. */
  readonly steps?: readonly number[];
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
 * @throws InputError where the length of `y` does not fit, or the rate is beyond the stability limit.
 */
export function predict(linear: LinearModel, y: Float64Array, { rate: given, steps }: PredictOptions = {}): Prediction {
  if (y.length === 0 || y.length !== linear.f0.length)
    throw new InputError({
      where: 'y',
      found: `${y.length} numbers`,
      expected: `${linear.f0.length || 'at least one'}`,
    });
  const { spectrum, weight, nullResidual } = linear;
  const largest = spectrum.values[0] ?? 0;
  const rate = rateOf(rateLimit(largest, weight), given);
  const at = (count: number) => forecastAt(linear, y, count, descentLaw(count, rate.value, weight, largest));
  return {
    rate,
    frozen: { residualLoss: residualLoss(linear), residualMse: meanSquare(nullResidual) },
    forecasts: steps ? steps.map(at) : [forecastAt(linear, y, null, limitLaw)],
  };
}

function rateOf(limit: number, given: number | undefined): PredictedRate {
  // Of a kernel that is 0 any rate tells the same: nothing.
  if (!Number.isFinite(limit)) return { value: given ?? 1, limit: null, given: given !== undefined };
  return { value: given ?? limit / 2, limit, given: given !== undefined };
}

function forecastAt(linear: LinearModel, y: Float64Array, steps: number | null, law: Law): StepForecast {
  const { train, test } = outputsAt(linear, law);
  return { steps, trainLoss: lossAt(linear, law), trainMse: meanSquare(residual(y, train)), train, test };
}

const meanSquare = (r: Float64Array) => dot(r, 0, r, 0, r.length) / r.length;
