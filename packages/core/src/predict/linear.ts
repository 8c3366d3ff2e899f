import { InputError } from '../errors.ts';
import type { Jacobian } from '../kernel/jacobian.ts';
import { type Spectrum, spectrumOfJacobian, spectrumOfKernel } from '../kernel/spectrum.ts';
import { multiply, multiplyTransposed, multiplyVector, transposeMultiplyVector } from '../linalg/matrix.ts';
import { checkFinite } from '../magnitude.ts';
import { checkNumbers } from '../model/checks.ts';
import { type LossKind, lossOf, lossWeight, residual } from '../model/loss.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { counted, shown } from '../wording.ts';
import { checkTimes, flowLaw, type Law } from './law.ts';

/**
 * The network with its tangent kernel frozen at θ₀, taken apart into eigenmodes (Scala et al. 2025, Eqs. 3–5).
 * Rows are (point, output) pairs; m training rows, m′ test rows, k = spectrum.rank modes.
 */
export interface LinearModel {
  readonly spectrum: Spectrum;
  readonly loss: LossKind;
  /** Number of training points (not rows). */
  readonly points: number;
  /** w of dr/dt = −wKr. */
  readonly weight: number;
  /** Outputs at θ₀ on the training rows and on the test rows. */
  readonly f0: Float64Array;
  readonly f0Test: Float64Array;
  /** Residual at θ₀ in each mode, Uᵀ(y − f₀), length k. */
  readonly coefficients: Float64Array;
  /** Projection of y − f₀ on the null space of K, which the frozen kernel never learns; length m. */
  readonly nullResidual: Float64Array;
  /** K(x, X)·U: what each mode contributes on the test rows, m′ × k. */
  readonly testModes: Float64Array;
}

/** What a linear model is made of besides the kernel. */
export interface LinearData {
  /** Labels of the training rows, length m. */
  readonly y: Float64Array;
  readonly loss: LossKind;
  /** Number of training points, m divided by the number of outputs. */
  readonly points: number;
}

/**
 * Linear model from the Jacobians on the training and (optionally no) test points.
 *
 * @throws InputError where lengths do not fit together, or a number is not finite.
 */
export function linearFromJacobian(train: Jacobian, test: Jacobian | undefined, data: LinearData): LinearModel {
  checkLabels(data, train.f);
  checkNumbers('train.J', train.J, train.rows * train.columns);
  if (test) {
    checkNumbers('test.f', test.f, test.rows);
    checkNumbers('test.J', test.J, test.rows * train.columns);
  }
  const spectrum = spectrumOfJacobian(train.J, train.rows, train.columns);
  const { rank, directions } = spectrum;
  const testModes = new Float64Array((test?.rows ?? 0) * rank);
  if (test && directions) {
    // J(x)·V·Σ is K(x, X)·U without ever forming K(x, X).
    testModes.set(multiply(test.J, directions, test.rows, test.columns, rank));
    for (let i = 0; i < testModes.length; i++) testModes[i] *= Math.sqrt(spectrum.values[i % rank]);
  }
  return assemble(spectrum, train.f, test?.f ?? new Float64Array(0), testModes, data);
}

/** A kernel whose least eigenvalue is this far below 0, relative to the largest, is no kernel. */
const positivityTolerance = 1e-6;

/**
 * Linear model from a kernel K (m × m) and K(x, X) (m′ × m), with the outputs at θ₀ on both. Eigenvalues that rounding has
 * put below 0 are taken as 0: {@link negativeEigenvalue} tells of them.
 *
 * @throws InputError where lengths do not fit together, a number is not finite, or K is not positive semidefinite within 10⁻⁶ of its largest
 * eigenvalue and so comes from no Jacobian.
 */
export function linearFromKernel(
  K: Float64Array,
  f0: Float64Array,
  test: { readonly K: Float64Array; readonly f0: Float64Array } | undefined,
  data: LinearData,
): LinearModel {
  checkLabels(data, f0);
  if (test) {
    checkFinite('test.f0', test.f0);
    checkNumbers('test.K', test.K, test.f0.length * f0.length);
  }
  const spectrum = spectrumOfKernel(K, f0.length);
  checkPositive(spectrum);
  const rows = test?.f0.length ?? 0;
  const testModes = test ? multiply(test.K, spectrum.modes, rows, f0.length, spectrum.rank) : new Float64Array(0);
  return assemble(spectrum, f0, test?.f0 ?? new Float64Array(0), testModes, data);
}

function checkPositive({ values, order }: Spectrum): void {
  const largest = values[0] ?? 0;
  const least = values[order - 1] ?? 0;
  const tolerance = positivityTolerance * Math.max(largest, -least);
  if (least < -tolerance || largest < 0)
    throw new InputError({
      where: 'K',
      found: `the least eigenvalue ${least.toPrecision(6)}`,
      expected: `a positive semidefinite kernel: none below ${(-tolerance).toPrecision(3)} (rounding, as the largest is ${largest.toPrecision(6)})`,
    });
}

/** The least eigenvalue where it is further below 0 than double precision explains, and was taken as 0; else null. */
export function negativeEigenvalue({ values, order, cutoff }: Spectrum): number | null {
  const least = values[order - 1] ?? 0;
  return least < -10 * cutoff ? least : null;
}

/** @throws InputError where the labels do not fit the outputs, or are not those of a whole number of points. */
function checkLabels({ y, points }: LinearData, f0: Float64Array): void {
  checkNumbers('y', y, f0.length);
  checkFinite('f0', f0);
  if (!(points >= 1 && f0.length % points === 0))
    throw new InputError({
      where: 'points',
      found: shown(points),
      expected: `a number of points that share ${counted(f0.length, 'label')} evenly`,
    });
}

function assemble(
  spectrum: Spectrum,
  f0: Float64Array,
  f0Test: Float64Array,
  testModes: Float64Array,
  { y, loss, points }: LinearData,
): LinearModel {
  const r = residual(y, f0);
  const { modes, rank } = spectrum;
  const coefficients = transposeMultiplyVector(modes, r, f0.length, rank);
  const nullResidual = residual(r, multiplyVector(modes, coefficients, f0.length, rank));
  const weight = lossWeight(loss, points);
  return { spectrum, loss, points, weight, f0, f0Test, coefficients, nullResidual, testModes };
}

/** Outputs of the linear model when training has come as far as `law` says. */
export interface Outputs {
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/**
 * f_t(x) = f₀(x) + K(x, X)·K⁺·(1 − e^{−wKt})·(y − f₀(X)) on training and test rows for gradient flow, t = η × steps and
 * w = 1/m for the mean loss, 1 for the sum; `law` says what stands for 1 − e^{−wKt}. K⁺ is never formed. Eq. 4 of Scala et al. 2025
 * leaves out f₀, whose average over random deep circuits is 0; a single initialisation needs it.
 */
export function outputsAt(linear: LinearModel, law: Law): Outputs {
  return outputsOfLaws(linear, [law]);
}

/** The same for many laws, one row of outputs each: one product of matrices serves them all. */
function outputsOfLaws({ spectrum, coefficients, f0, f0Test, testModes }: LinearModel, laws: readonly Law[]): Outputs {
  const { rank, modes, values } = spectrum;
  const factors = (of: (law: Law, lambda: number) => number) =>
    Float64Array.from(
      { length: laws.length * rank },
      (_, i) => coefficients[i % rank] * of(laws[Math.floor(i / rank)], values[i % rank]),
    );
  const outputs = (weights: Float64Array, columns: Float64Array, start: Float64Array) =>
    multiplyTransposed(weights, columns, laws.length, rank, start.length).map(
      (value, i) => value + start[i % start.length],
    );
  return {
    train: outputs(
      factors((law, lambda) => law.gain(lambda)),
      modes,
      f0,
    ),
    test: outputs(
      factors((law, lambda) => law.gainOverLambda(lambda)),
      testModes,
      f0Test,
    ),
  };
}

/** Training loss when training has come as far as `law` says. */
export function lossAt(linear: LinearModel, law: Law): number {
  const { coefficients, spectrum, nullResidual, loss, points } = linear;
  const left = coefficients.map((c, j) => c * (1 - law.gain(spectrum.values[j])));
  return lossOf(loss, left, points) + lossOf(loss, nullResidual, points);
}

/** Loss of the frozen kernel at t = ∞: that of the part of y − f₀ in the null space of K. */
export function residualLoss(linear: LinearModel): number {
  return lossOf(linear.loss, linear.nullResidual, linear.points);
}

/** Number of modes of which gradient flow has learned more than 1 − 1/e by time t: those with wλt ≥ 1. */
export function learnedModes(linear: LinearModel, t: number): number {
  const { values, rank } = linear.spectrum;
  return values.subarray(0, rank).filter((lambda) => linear.weight * lambda * t >= 1).length;
}

/** When the training loss of the flow falls to `target`, or why it never does. */
export type Time = { readonly t: number } | { readonly t: null; readonly reason: string };

/** Time t at which the frozen-kernel flow first has the training loss `target`. */
export function timeOfLoss(linear: LinearModel, target: number): Time {
  const least = residualLoss(linear);
  const { values, rank } = linear.spectrum;
  if (lossAt(linear, flowLaw(0, linear.weight)) <= target) return { t: 0 };
  if (rank === 0 || target <= least)
    return {
      t: null,
      reason: `the training loss never falls below ${least.toPrecision(3)}, the residual of the frozen kernel`,
    };
  const loss = (t: number) => lossAt(linear, flowLaw(t, linear.weight));
  let low = 1e-12 / (linear.weight * values[0]);
  let high = 1e3 / (linear.weight * values[rank - 1]);
  if (loss(high) > target)
    return {
      t: null,
      reason: `the training loss comes no closer to ${least.toPrecision(3)}, the residual of the frozen kernel, than rounding`,
    };
  // The loss falls monotonically, and times spread over many powers of ten: bisection in log t.
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    if (loss(middle) > target) low = middle;
    else high = middle;
  }
  return { t: high };
}

/**
 * The forecast as a trajectory: the frozen-kernel flow at the given times.
 *
 * @throws InputError where a time is negative or not finite, or times do not ascend.
 */
export function linearTrajectory(linear: LinearModel, times: Float64Array): Trajectory {
  checkTimes(times);
  const laws = Array.from(times, (t) => flowLaw(t, linear.weight));
  const { train, test } = outputsOfLaws(linear, laws);
  const trainLoss = Float64Array.from(laws, (law) => lossAt(linear, law));
  return { clock: 't', times, trainLoss, train, test };
}
