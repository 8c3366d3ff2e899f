import { symmetricEigen } from './eigen.ts';
import { dot, norm } from './matrix.ts';

/** An eigenvalue and its unit vector. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
}

/** Lanczos vectors between two looks at the residual. */
const between = 8;

/**
 * An eigenpair from the end of the spectrum of a symmetric operator by the Lanczos method, each vector made orthogonal
 * to all before, twice (G. H. Golub, C. F. Van Loan, "Matrix Computations", §10.1 and §10.3). What the start has no component of is
 * not found. A Hermitian operator on interleaved vectors is symmetric too.
 *
 * @param apply - A·v as a new vector.
 * @param start - any vector but 0.
 * @param end - the least eigenvalue, or the one largest in absolute value.
 * @param tolerance - of ‖Av − λv‖, as a share of the largest |λ|.
 */
export function lanczos(
  apply: (v: Float64Array) => Float64Array,
  start: Float64Array,
  end: 'least' | 'outermost',
  tolerance: number,
): Eigenpair {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let v = scaled(start, 1 / norm(start));
  for (;;) {
    basis.push(v);
    const next = apply(v);
    diagonal.push(dot(v, 0, next, 0, v.length));
    // Once is not enough: what cancels leaves components of the order of rounding, which grow from vector to vector.
    for (let round = 0; round < 2; round++) for (const known of basis) removeComponent(next, known);
    const length = norm(next);
    const size = largest(diagonal, beside);
    const exhausted = length <= tolerance * size;
    if (exhausted || basis.length % between === 0) {
      const { value, vector } = endOf(diagonal, beside, end);
      if (exhausted || length * Math.abs(vector[vector.length - 1]) <= tolerance * size)
        return { value, vector: combined(basis, vector) };
    }
    beside.push(length);
    v = scaled(next, 1 / length);
  }
}

/** The largest entry of a tridiagonal matrix: no more than its largest |λ|. */
function largest(diagonal: readonly number[], beside: readonly number[]): number {
  return [...diagonal, ...beside].reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}

/** Eigenpair of a symmetric tridiagonal matrix at an end of its spectrum. */
function endOf(diagonal: readonly number[], beside: readonly number[], end: 'least' | 'outermost'): Eigenpair {
  const n = diagonal.length;
  const matrix = new Float64Array(n * n);
  diagonal.forEach((value, i) => {
    matrix[i * n + i] = value;
    if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = beside[i - 1];
  });
  const { values, vectors } = symmetricEigen(matrix, n);
  const j = end === 'outermost' && values[0] >= -values[n - 1] ? 0 : n - 1;
  return { value: values[j], vector: Float64Array.from({ length: n }, (_, i) => vectors[i * n + j]) };
}

const scaled = (v: Float64Array, factor: number): Float64Array => v.map((entry) => entry * factor);

/** v ← v − w·⟨w|v⟩. */
function removeComponent(v: Float64Array, w: Float64Array): void {
  const overlap = dot(v, 0, w, 0, v.length);
  for (let i = 0; i < v.length; i++) v[i] -= overlap * w[i];
}

function combined(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(basis[0].length);
  basis.forEach((v, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[k] * v[i];
  });
  return sum;
}
