import { InputError } from '../../errors.ts';
import { type Complex, order } from '../../linalg/complex.ts';
import { orthonormalise } from '../../random/haar.ts';
import type { Random } from '../../random/random.ts';
import { counted } from '../../wording.ts';
import { givenEigen } from './given-hermitian.ts';

/** Inputs ρ_1 … ρ_m in dimension d as weighted columns: ρ_j = Σ weights[k]·v_k v_k† over the columns k of sample j. */
export interface InputStates {
  /** d. */
  readonly dimension: number;
  /** m. */
  readonly count: number;
  /** n ≥ m unit vectors v_k, n × 2d, amplitudes interleaved, sample after sample. */
  readonly columns: Float64Array;
  /** Of each column, above 0; those of one sample add up to 1. */
  readonly weights: Float64Array;
  /** The sample of each column. */
  readonly sample: Int32Array;
}

/** A norm or a trace that is off by this much is no rounding any more. */
const slack = 1e-8;

/**
 * m pure inputs, Haar-random and mutually orthogonal, as You et al. 2023 draw them.
 *
 * @throws InputError where d < m: so many orthogonal states do not fit.
 */
export function orthogonalInputs(d: number, m: number, draw: Random): InputStates {
  if (d < m)
    throw new InputError({
      where: 'inputs',
      found: `${m} orthogonal states in dimension ${d}`,
      expected: 'at most as many as dimensions',
    });
  const columns = Float64Array.from({ length: 2 * d * m }, () => draw.normal());
  orthonormalise(columns, m);
  return pure(d, m, columns);
}

/** m pure inputs, Haar-random and independent of each other. */
export function independentInputs(d: number, m: number, draw: Random): InputStates {
  const columns = Float64Array.from({ length: 2 * d * m }, () => draw.normal());
  for (let j = 0; j < m; j++) orthonormalise(columns.subarray(2 * d * j, 2 * d * (j + 1)), 1);
  return pure(d, m, columns);
}

/**
 * Pure inputs from their amplitudes, m × 2d.
 *
 * @throws InputError where a vector has not the norm 1.
 */
export function pureInputs(d: number, columns: Float64Array): InputStates {
  const m = columns.length / (2 * d);
  if (!Number.isInteger(m) || m === 0)
    throw new InputError({
      where: 'inputs',
      found: counted(columns.length, 'number'),
      expected: `a multiple of 2d = ${2 * d}`,
    });
  for (let j = 0; j < m; j++) {
    const size = columns.subarray(2 * d * j, 2 * d * (j + 1)).reduce((sum, value) => sum + value * value, 0);
    if (!(Math.abs(size - 1) <= slack))
      throw new InputError({ where: `inputs[${j}]`, found: `a state of norm ${size}`, expected: 'norm 1' });
  }
  return pure(d, m, columns);
}

/**
 * Inputs from density matrices, d × d each: one column an eigenvector.
 *
 * @throws InputError where a matrix is not Hermitian, has not the trace 1 or has a negative eigenvalue.
 */
export function mixedInputs(matrices: readonly Complex[]): InputStates {
  if (matrices.length === 0) throw new InputError({ where: 'inputs', found: 'none', expected: 'at least one' });
  const d = order(matrices[0]);
  const parts = matrices.map((matrix, j) => {
    const { values, vectors } = givenEigen(matrix, d, `inputs[${j}]`);
    const trace = values.reduce((sum, value) => sum + value, 0);
    if (!(Math.abs(trace - 1) <= slack))
      throw new InputError({ where: `inputs[${j}]`, found: `a state of trace ${trace}`, expected: 'trace 1' });
    if (values[d - 1] < -slack)
      throw new InputError({
        where: `inputs[${j}]`,
        found: `the eigenvalue ${values[d - 1]}`,
        expected: 'none below 0',
      });
    const nonzero = [...values.keys()].filter((k) => values[k] > slack * values[0]);
    const sum = nonzero.reduce((total, k) => total + values[k], 0);
    return nonzero.map((k) => ({ j, weight: values[k] / sum, column: columnOf(vectors, d, k) }));
  });
  const columns = parts.flat();
  return {
    dimension: d,
    count: matrices.length,
    columns: Float64Array.from(columns.flatMap(({ column }) => [...column])),
    weights: Float64Array.from(columns, ({ weight }) => weight),
    sample: Int32Array.from(columns, ({ j }) => j),
  };
}

/** ρ_j, d × d. */
export function densityMatrix({ dimension: d, columns, weights, sample }: InputStates, j: number): Complex {
  const rho = new Float64Array(2 * d * d);
  weights.forEach((weight, k) => {
    if (sample[k] !== j) return;
    const v = columns.subarray(2 * d * k, 2 * d * (k + 1));
    for (let r = 0; r < d; r++)
      for (let c = 0; c < d; c++) {
        rho[2 * (r * d + c)] += weight * (v[2 * r] * v[2 * c] + v[2 * r + 1] * v[2 * c + 1]);
        rho[2 * (r * d + c) + 1] += weight * (v[2 * r + 1] * v[2 * c] - v[2 * r] * v[2 * c + 1]);
      }
  });
  return rho;
}

/** Σ over the columns of each sample: from one number a column (n) to one a sample (m). */
export function perSample({ count, weights, sample }: InputStates, values: Float64Array): Float64Array {
  const out = new Float64Array(count);
  for (let k = 0; k < weights.length; k++) out[sample[k]] += weights[k] * values[k];
  return out;
}

/** The same for both indices of a matrix: n × n to m × m. */
export function perSamplePair({ count, weights, sample }: InputStates, matrix: Float64Array): Float64Array {
  const n = weights.length;
  const out = new Float64Array(count * count);
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++) out[sample[k] * count + sample[l]] += weights[k] * weights[l] * matrix[k * n + l];
  return out;
}

function pure(d: number, m: number, columns: Float64Array): InputStates {
  return {
    dimension: d,
    count: m,
    columns,
    weights: new Float64Array(m).fill(1),
    sample: Int32Array.from({ length: m }, (_, j) => j),
  };
}

function columnOf(vectors: Complex, d: number, k: number): Float64Array {
  return Float64Array.from({ length: 2 * d }, (_, i) => vectors[2 * ((i >> 1) * d + k) + (i % 2)]);
}
