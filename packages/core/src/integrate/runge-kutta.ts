import { norm } from '../linalg/matrix.ts';
import { cannotFollow } from './cannot-follow.ts';

/** dx/dt of an autonomous system. */
export type Derivative = (x: Float64Array) => Float64Array;

/** Solution of an ordinary differential equation. */
export interface Solution {
  /** x at each of the times asked for. */
  readonly states: readonly Float64Array[];
  /** Evaluations of the derivative. */
  readonly evaluations: number;
}

/** Dormand and Prince's stages: row s gives the weights of the earlier slopes. The last row is the step itself. */
const stages = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** Fifth-order weights minus fourth-order ones. */
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
/** The fourth-order interpolant's last coefficient. */
const denseWeights = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

/** Bounds on how much a step may grow or shrink, and the share of the largest promising step that is taken. */
const growth = { least: 0.2, most: 5, caution: 0.9 };
/** A step that has shrunk to this share of the time cannot be seen any more: the solution ends in a pole. */
const smallest = 1e-14;

/**
 * Solves dx/dt = f(x) by the Runge-Kutta pair of Dormand and Prince, orders 5 and 4, with their interpolant (Hairer,
 * Nørsett, Wanner, Solving Ordinary Differential Equations I, 1993, §II.5 and II.6). The estimated error of a step stays
 * below `tolerance` times the largest of 1 and ‖x‖, in Euclidean norm.
 *
 * @param times - ascending, from 0 on, where x = x0.
 * @throws InputError where the solution cannot be followed to the end, or is not finite.
 */
export function solve(f: Derivative, x0: Float64Array, times: Float64Array, tolerance: number): Solution {
  const end = times[times.length - 1] ?? 0;
  const states: Float64Array[] = [];
  let t = 0;
  let x = x0.slice();
  let slope = f(x);
  let evaluations = 1;
  while (states.length < times.length && times[states.length] <= 0) states.push(x.slice());
  let h = Math.min(end, firstStep(x, slope, tolerance));
  while (states.length < times.length) {
    if (!(h > smallest * end)) throw cannotFollow(t, end);
    const slopes = [slope];
    for (const weights of stages.slice(1)) slopes.push(f(advanced(x, slopes, weights, h)));
    evaluations += stages.length - 1;
    const next = advanced(x, slopes, stages[stages.length - 1], h);
    const error = (h * norm(combined(slopes, errorWeights))) / (tolerance * Math.max(1, norm(x)));
    if (error <= 1) {
      const last = t + h >= end * (1 - smallest);
      for (; states.length < times.length && (last || times[states.length] <= t + h); )
        states.push(interpolated(x, next, slopes, h, Math.min(1, (times[states.length] - t) / h)));
      t += h;
      x = next;
      // The last stage is the slope at the new point.
      slope = slopes[slopes.length - 1];
    }
    // NaN, from a step far too long, shrinks the step too.
    const factor = growth.caution * error ** -0.2;
    h = Math.min(end - t, h * (factor > growth.least ? Math.min(growth.most, factor) : growth.least));
  }
  return { states, evaluations };
}

/** A step over which x moves by about the fifth root of the tolerance, as its error has the fifth power. */
function firstStep(x: Float64Array, slope: Float64Array, tolerance: number): number {
  const speed = norm(slope);
  return speed > 0 ? (0.1 * tolerance ** 0.2 * Math.max(1, norm(x))) / speed : Number.POSITIVE_INFINITY;
}

function combined(slopes: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sum = new Float64Array(slopes[0].length);
  weights.forEach((weight, s) => {
    if (weight !== 0) for (let i = 0; i < sum.length; i++) sum[i] += weight * slopes[s][i];
  });
  return sum;
}

function advanced(x: Float64Array, slopes: readonly Float64Array[], weights: readonly number[], h: number) {
  const change = combined(slopes, weights);
  return change.map((value, i) => x[i] + h * value);
}

/** x at the share `theta` of a step. */
function interpolated(
  from: Float64Array,
  to: Float64Array,
  slopes: readonly Float64Array[],
  h: number,
  theta: number,
): Float64Array {
  const first = slopes[0];
  const last = slopes[slopes.length - 1];
  const fifth = combined(slopes, denseWeights);
  return from.map((start, i) => {
    const change = to[i] - start;
    const bend = h * first[i] - change;
    const twist = change - h * last[i] - bend;
    return start + theta * (change + (1 - theta) * (bend + theta * (twist + (1 - theta) * h * fifth[i])));
  });
}
