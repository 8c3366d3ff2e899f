import { InputError } from '../../errors.ts';
import { type Complex, order } from '../../linalg/complex.ts';
import { counted } from '../../wording.ts';
import type { Readout } from '../readout.ts';
import { hermitianFactor } from './factor.ts';

/**
 * m inputs ρ_j, known by how they lie to each other and by nothing else: ρ_j = Σ_a w_a |v_a⟩⟨v_a| over the columns a that
 * belong to input j, V = [v_1 … v_c] = Q·`frame` with n orthonormal columns Q, n the rank of V†V.
 */
export interface LimitInputs {
  /** m. */
  readonly count: number;
  /** n, the dimension of the space that the inputs span. */
  readonly rank: number;
  /** Pure and orthonormal: n = m and the frame is the identity. */
  readonly orthonormal: boolean;
  /** n × c, row-major, interleaved; frame†·frame = V†V. */
  readonly frame: Float64Array;
  /** n columns that are linearly independent; row r of the frame is 0 at the first r of them. */
  readonly pivots: Int32Array;
  /** The input (sample) that column a belongs to. */
  readonly sample: Int32Array;
  /** w_a; those of one input add up to 1. */
  readonly weights: Float64Array;
}

/** The over-parameterised limit of training on m labelled inputs. */
export interface LimitProblem {
  readonly readout: Readout;
  readonly inputs: LimitInputs;
  /** y, one for each input. */
  readonly labels: Float64Array;
}

/**
 * @throws InputError where the inputs do not fit into d dimensions, or labels are not one finite number for each.
 */
export function limitProblem(readout: Readout, inputs: LimitInputs, labels: ArrayLike<number>): LimitProblem {
  const d = readout.dimension;
  if (inputs.rank > d)
    throw new InputError({
      where: 'inputs',
      found: `${inputs.rank} ${inputs.orthonormal ? 'orthogonal' : 'linearly independent'} ones`,
      expected: `at most d = ${d}, the dimension`,
    });
  if (labels.length !== inputs.count)
    throw new InputError({
      where: 'labels',
      found: `${labels.length}`,
      expected: `one for each of ${counted(inputs.count, 'input')}`,
    });
  const wrong = Array.from(labels).findIndex((label) => !Number.isFinite(label));
  if (wrong >= 0)
    throw new InputError({ where: `labels[${wrong}]`, found: `${labels[wrong]}`, expected: 'a finite number' });
  return { readout, inputs, labels: Float64Array.from(labels) };
}

/** m pure inputs, orthogonal to each other. */
export function orthonormalInputs(m: number): LimitInputs {
  if (!(Number.isInteger(m) && m > 0))
    throw new InputError({ where: 'm', found: `${m}`, expected: 'a positive integer' });
  const frame = new Float64Array(2 * m * m);
  for (let j = 0; j < m; j++) frame[2 * (j * m + j)] = 1;
  return {
    count: m,
    rank: m,
    orthonormal: true,
    frame,
    pivots: Int32Array.from({ length: m }, (_, j) => j),
    sample: Int32Array.from({ length: m }, (_, j) => j),
    weights: new Float64Array(m).fill(1),
  };
}

/**
 * Pure inputs of any overlaps.
 *
 * @param S - m × m, S_ij = ⟨v_i|v_j⟩.
 * @throws InputError where S is not the Gram matrix of normalised vectors.
 */
export function overlappingInputs(S: Complex): LimitInputs {
  const m = order(S);
  return mixtures(
    S,
    new Float64Array(m).fill(1),
    Int32Array.from({ length: m }, (_, j) => j),
  );
}

/**
 * Mixed inputs: one column for each eigenvector of each ρ_j, or any other decomposition into pure states.
 *
 * @param S - c × c, S_ab = ⟨v_a|v_b⟩, ones on the diagonal.
 * @param weights - w_a ≥ 0 of each column; those of one input add up to 1.
 * @param sample - the input 0 … m − 1 that each column belongs to.
 * @throws InputError where S is not the Gram matrix of normalised vectors, or the weights are not those of states.
 */
export function mixtures(S: Complex, weights: ArrayLike<number>, sample: ArrayLike<number>): LimitInputs {
  const c = order(S);
  if (!(Number.isInteger(c) && c > 0))
    throw new InputError({ where: 'S', found: counted(S.length, 'number'), expected: '2c² of a c × c matrix' });
  for (let a = 0; a < c; a++)
    if (!(Math.abs(S[2 * (a * c + a)] - 1) < tolerance))
      throw new InputError({
        where: `S[${a}, ${a}]`,
        found: `${S[2 * (a * c + a)]}`,
        expected: '1',
        advice: 'inputs are normalised',
      });
  const factor = hermitianFactor(S, tolerance);
  if (!factor)
    throw new InputError({
      where: 'S',
      found: 'a matrix that is no Gram matrix of inputs',
      expected: 'a Hermitian and positive semidefinite one',
    });
  const count = requireStates(c, weights, sample);
  return {
    count,
    rank: factor.rank,
    orthonormal: false,
    frame: factor.rows,
    pivots: factor.pivots,
    sample: Int32Array.from(sample),
    weights: Float64Array.from(weights),
  };
}

/** Digits that a matrix given by a user is asked to have. */
const tolerance = 1e-9;

/** The number of inputs. */
function requireStates(c: number, weights: ArrayLike<number>, sample: ArrayLike<number>): number {
  if (weights.length !== c || sample.length !== c)
    throw new InputError({
      where: 'weights, sample',
      found: `${weights.length} and ${counted(sample.length, 'number')}`,
      expected: `one for each of ${c} columns`,
    });
  const sums: number[] = [];
  for (let a = 0; a < c; a++) {
    if (!(weights[a] >= 0))
      throw new InputError({ where: `weights[${a}]`, found: `${weights[a]}`, expected: 'a number from 0 on' });
    if (!(Number.isInteger(sample[a]) && sample[a] >= 0 && sample[a] < c))
      throw new InputError({
        where: `sample[${a}]`,
        found: `${sample[a]}`,
        expected: 'the integer of an input, from 0 on',
      });
    sums[sample[a]] = (sums[sample[a]] ?? 0) + weights[a];
  }
  for (let j = 0; j < sums.length; j++)
    if (!(Math.abs((sums[j] ?? 0) - 1) < tolerance))
      throw new InputError({ where: 'weights', found: `the sum ${sums[j] ?? 0} for input ${j}`, expected: '1' });
  return sums.length;
}

/** Q†ρ_jQ of each input, in matrices of `size` ≥ n rows whose rest is 0. */
export function densitiesOf(inputs: LimitInputs, size = inputs.rank): readonly Complex[] {
  const { count, rank, frame, sample, weights } = inputs;
  const c = sample.length;
  const densities = Array.from({ length: count }, () => new Float64Array(2 * size * size));
  for (let a = 0; a < c; a++)
    for (let i = 0; i < rank; i++)
      for (let j = 0; j < rank; j++) {
        const [u, v, at] = [2 * (i * c + a), 2 * (j * c + a), 2 * (i * size + j)];
        densities[sample[a]][at] += weights[a] * (frame[u] * frame[v] + frame[u + 1] * frame[v + 1]);
        densities[sample[a]][at + 1] += weights[a] * (frame[u + 1] * frame[v] - frame[u] * frame[v + 1]);
      }
  return densities;
}
