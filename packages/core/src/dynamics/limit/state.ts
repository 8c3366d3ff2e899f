import { InputError } from '../../errors.ts';
import type { Complex } from '../../linalg/complex.ts';
import { orthonormalise } from '../../random/haar.ts';
import type { Random } from '../../random/random.ts';
import { wishartFactor } from '../../random/wishart.ts';
import { hermitianFactor } from './factor.ts';
import type { LimitProblem } from './problem.ts';

/**
 * The n orthonormal columns Q that span the inputs, as the network's unitary has turned them, seen from the readout:
 * X = U(t)·Q, n rows of N amplitudes (interleaved), one row for each column of Q. Of an eigenspace of dimension d_k,
 * min(d_k, n) coordinates are kept, which is all that n vectors can fill: N = Σ min(d_k, n), whatever d.
 */
export type LimitState = Float64Array;

/** Where the coordinates of each eigenspace stand in a row of a state. */
export interface Segment {
  /** λ_k. */
  readonly value: number;
  /** The first coordinate, and the one behind the last. */
  readonly from: number;
  readonly to: number;
}

/** One segment for each eigenspace of the readout. */
export function segmentsOf({ readout, inputs }: LimitProblem): readonly Segment[] {
  let end = 0;
  return readout.eigenspaces.map(({ value, dimension }) => {
    const from = end;
    end += Math.min(dimension, inputs.rank);
    return { value, from, to: end };
  });
}

/**
 * A start for a Haar-random unitary, exact for any d in O(n³): n columns of a Haar unitary are d × n normal numbers made
 * orthonormal, and of those in an eigenspace only their Wishart matrix matters, of which a triangular factor is drawn.
 */
export function haarState(problem: LimitProblem, draw: Random): LimitState {
  const n = problem.inputs.rank;
  const segments = segmentsOf(problem);
  const N = segments[segments.length - 1].to;
  const state = new Float64Array(2 * n * N);
  segments.forEach(({ from }, k) => {
    const factor = wishartFactor(n, problem.readout.eigenspaces[k].dimension, draw);
    place(factor, n, state, N, from);
  });
  orthonormalise(state, n);
  return state;
}

/**
 * The start given by V†Π_kV (c × c) for the columns V of the inputs and the projectors Π_k onto the eigenspaces of M(0),
 * in the order of the readout's eigenspaces.
 *
 * @throws InputError where they are not the projections of such vectors onto spaces of those dimensions.
 */
export function stateOfProjections(problem: LimitProblem, projections: readonly Complex[]): LimitState {
  const { rank: n, sample } = problem.inputs;
  const segments = segmentsOf(problem);
  const N = segments[segments.length - 1].to;
  const state = new Float64Array(2 * n * N);
  segments.forEach(({ value, from, to }, k) => {
    const factor = hermitianFactor(projections[k], given, to - from);
    if (!factor)
      throw new InputError({
        where: `projections[${k}]`,
        found: `a matrix that is no projection of vectors onto the eigenspace of ${value}`,
        expected: `a positive semidefinite one of rank ${to - from} or less`,
      });
    place(inFrame(problem, factor.rows, sample.length), n, state, N, from);
  });
  const apart = departure(state, n);
  if (!(apart < given))
    throw new InputError({
      where: 'projections',
      found: `a sum ${apart} away from the Gram matrix of the inputs`,
      expected: 'that matrix',
    });
  orthonormalise(state, n);
  return state;
}

/** Q†Π_kQ (n × n), one for each eigenspace of the readout: what the run's invariants speak of. They add up to 1. */
export function projectionsOf(problem: LimitProblem, state: LimitState): readonly Complex[] {
  const n = problem.inputs.rank;
  const width = state.length / n;
  return segmentsOf(problem).map(({ from, to }) => {
    const out = new Float64Array(2 * n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let a = 2 * from; a < 2 * to; a += 2) {
          const [p, q, at] = [i * width + a, j * width + a, 2 * (i * n + j)];
          out[at] += state[p] * state[q] + state[p + 1] * state[q + 1];
          out[at + 1] += state[p] * state[q + 1] - state[p + 1] * state[q];
        }
    return out;
  });
}

/** Y·frame⁻¹ on the pivots, for rows Y of c numbers: what belongs to V turned into what belongs to Q. */
function inFrame({ inputs }: LimitProblem, rows: Float64Array, c: number): Float64Array {
  const { rank: n, frame, pivots } = inputs;
  const count = rows.length / (2 * c);
  const out = new Float64Array(2 * count * n);
  for (let a = 0; a < count; a++)
    pivots.forEach((pivot, s) => {
      let re = rows[2 * (a * c + pivot)];
      let im = rows[2 * (a * c + pivot) + 1];
      for (let t = 0; t < s; t++) {
        const [x, f] = [2 * (a * n + t), 2 * (t * c + pivot)];
        re -= out[x] * frame[f] - out[x + 1] * frame[f + 1];
        im -= out[x] * frame[f + 1] + out[x + 1] * frame[f];
      }
      const diagonal = frame[2 * (s * c + pivot)];
      out[2 * (a * n + s)] = re / diagonal;
      out[2 * (a * n + s) + 1] = im / diagonal;
    });
  return out;
}

/** Digits that projections given by a user are asked to have. */
const given = 1e-9;

/** Largest |X†X − 1| of the columns X of a state. */
function departure(state: LimitState, n: number): number {
  const width = state.length / n;
  let largest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let re = i === j ? -1 : 0;
      let im = 0;
      for (let a = 0; a < width; a += 2) {
        const [p, q] = [i * width + a, j * width + a];
        re += state[p] * state[q] + state[p + 1] * state[q + 1];
        im += state[p] * state[q + 1] - state[p + 1] * state[q];
      }
      largest = Math.max(largest, Math.hypot(re, im));
    }
  return largest;
}

/** Column j of some rows becomes the part of row j of the state that starts at a coordinate. */
function place(rows: Float64Array, n: number, state: LimitState, N: number, from: number): void {
  for (let a = 0; a < rows.length / (2 * n); a++)
    for (let j = 0; j < n; j++) {
      state[2 * (j * N + from + a)] = rows[2 * (a * n + j)];
      state[2 * (j * N + from + a) + 1] = rows[2 * (a * n + j) + 1];
    }
}
