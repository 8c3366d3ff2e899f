import type { Jacobian } from '../kernel/jacobian.ts';
import { type Spectrum, spectrumOfJacobian, spectrumOfKernel } from '../kernel/spectrum.ts';
import { multiply, multiplyVector, transposeMultiplyVector } from '../linalg/matrix.ts';
import { type LossKind, lossOf, lossWeight, residual } from '../model/loss.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { flowLaw, type Law } from './law.ts';

/**
 * The network with its tangent kernel frozen at θ₀, taken apart into modes (Scala et al. 2025, Eqs. 3–5). Rows are
 * (point, output) pairs; m training rows, m′ unseen rows, k = spectrum.rank modes.
 */
export interface LinearModel {
  readonly spectrum: Spectrum;
  readonly loss: LossKind;
  /** Number of training points (not rows). */
  readonly points: number;
  /** w of dr/dt = −wKr. */
  readonly weight: number;
  /** Outputs at θ₀ on the training rows and on the unseen rows. */
  readonly f0: Float64Array;
  readonly f0Test: Float64Array;
  /** Residual at θ₀ in each mode, Uᵀ(y − f₀), length k. */
  readonly coefficients: Float64Array;
  /** What of y − f₀ lies outside all modes and is never learned, length m. */
  readonly unreachable: Float64Array;
  /** K(x, X)·U: carries modes to the unseen rows, m′ × k. */
  readonly carry: Float64Array;
}

/** What a linear model is made of besides the kernel. */
export interface LinearData {
  readonly y: Float64Array;
  readonly loss: LossKind;
  readonly points: number;
}

/** Linear model from the Jacobians on the training and (optionally no) unseen points. */
export function linearFromJacobian(train: Jacobian, test: Jacobian | undefined, data: LinearData): LinearModel {
  const spectrum = spectrumOfJacobian(train.J, train.rows, train.columns);
  const { rank, directions } = spectrum;
  const carry = new Float64Array((test?.rows ?? 0) * rank);
  if (test && directions) {
    // J(x)·V·Σ is K(x, X)·U without ever forming K(x, X).
    carry.set(multiply(test.J, directions, test.rows, test.columns, rank));
    for (let i = 0; i < carry.length; i++) carry[i] *= Math.sqrt(spectrum.values[i % rank]);
  }
  return assemble(spectrum, train.f, test?.f ?? new Float64Array(0), carry, data);
}

/** Linear model from a kernel K (m × m) and K(x, X) (m′ × m). */
export function linearFromKernel(
  K: Float64Array,
  f0: Float64Array,
  test: { readonly K: Float64Array; readonly f0: Float64Array } | undefined,
  data: LinearData,
): LinearModel {
  const spectrum = spectrumOfKernel(K, f0.length);
  const rows = test?.f0.length ?? 0;
  const carry = test ? multiply(test.K, spectrum.modes, rows, f0.length, spectrum.rank) : new Float64Array(0);
  return assemble(spectrum, f0, test?.f0 ?? new Float64Array(0), carry, data);
}

function assemble(
  spectrum: Spectrum,
  f0: Float64Array,
  f0Test: Float64Array,
  carry: Float64Array,
  { y, loss, points }: LinearData,
): LinearModel {
  const r = residual(y, f0);
  const { modes, rank } = spectrum;
  const coefficients = transposeMultiplyVector(modes, r, f0.length, rank);
  const unreachable = residual(r, multiplyVector(modes, coefficients, f0.length, rank));
  const weight = lossWeight(loss, points);
  return { spectrum, loss, points, weight, f0, f0Test, coefficients, unreachable, carry };
}

/** Outputs of the linear model when training has come as far as `law` says. */
export interface Outputs {
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** f_t = f₀ + K(x, X)K⁻¹(1 − e^{−ηKt/m})(y − f₀) on training and unseen rows, never forming K⁻¹. */
export function outputsAt(linear: LinearModel, law: Law): Outputs {
  const { spectrum, coefficients, f0, f0Test, carry } = linear;
  const { rank, modes, values } = spectrum;
  const learned = coefficients.map((c, j) => c * law.gain(values[j]));
  const carried = coefficients.map((c, j) => c * law.gainOverLambda(values[j]));
  const train = multiplyVector(modes, learned, f0.length, rank).map((value, i) => value + f0[i]);
  const test = multiplyVector(carry, carried, f0Test.length, rank).map((value, i) => value + f0Test[i]);
  return { train, test };
}

/** Training loss when training has come as far as `law` says. */
export function lossAt(linear: LinearModel, law: Law): number {
  const { coefficients, spectrum, unreachable, loss, points } = linear;
  const left = coefficients.map((c, j) => c * (1 - law.gain(spectrum.values[j])));
  return lossOf(loss, left, points) + lossOf(loss, unreachable, points);
}

/** Loss that no training time takes away: that of the part of y − f₀ outside all modes. */
export function lossFloor(linear: LinearModel): number {
  return lossOf(linear.loss, linear.unreachable, linear.points);
}

/** Number of modes of which gradient flow has learned more than 1 − 1/e by time t: those with wλt ≥ 1. */
export function learnedModes(linear: LinearModel, t: number): number {
  const { values, rank } = linear.spectrum;
  return values.subarray(0, rank).filter((lambda) => linear.weight * lambda * t >= 1).length;
}

/** When the training loss of the flow falls to `target`, or why it never does. */
export type Time = { readonly t: number } | { readonly t: null; readonly reason: string };

/** Time at which the frozen-kernel flow first has the training loss `target`. */
export function timeOfLoss(linear: LinearModel, target: number): Time {
  const floor = lossFloor(linear);
  const { values, rank } = linear.spectrum;
  if (lossAt(linear, flowLaw(0, linear.weight)) <= target) return { t: 0 };
  if (rank === 0 || target <= floor)
    return { t: null, reason: `the training loss never falls below its floor ${floor.toPrecision(3)}` };
  const loss = (t: number) => lossAt(linear, flowLaw(t, linear.weight));
  let low = 1e-12 / (linear.weight * values[0]);
  let high = 1e3 / (linear.weight * values[rank - 1]);
  if (loss(high) > target)
    return { t: null, reason: `the training loss comes no closer to its floor ${floor.toPrecision(3)} than rounding` };
  // The loss falls monotonically, and times spread over many powers of ten: bisection in log t.
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    if (loss(middle) > target) low = middle;
    else high = middle;
  }
  return { t: high };
}

/** The forecast as a trajectory: the frozen-kernel flow at the given times. */
export function linearTrajectory(linear: LinearModel, times: Float64Array): Trajectory {
  const { f0, f0Test } = linear;
  const train = new Float64Array(times.length * f0.length);
  const test = new Float64Array(times.length * f0Test.length);
  const trainLoss = new Float64Array(times.length);
  times.forEach((t, k) => {
    const law = flowLaw(t, linear.weight);
    const outputs = outputsAt(linear, law);
    train.set(outputs.train, k * f0.length);
    test.set(outputs.test, k * f0Test.length);
    trainLoss[k] = lossAt(linear, law);
  });
  return { clock: 't', times, trainLoss, train, test };
}
