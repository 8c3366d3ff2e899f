import { dot } from './matrix.ts';

/** A = L·Lᵀ: L, n × n, row-major; what stands above its diagonal is 0. */
export interface Cholesky {
  readonly n: number;
  readonly L: Float64Array;
}

/**
 * Cholesky factor of a small symmetric positive definite matrix (n × n, row-major); the lower triangle is read.
 *
 * @throws RangeError where a pivot is not positive.
 */
export function cholesky(a: Float64Array, n: number): Cholesky {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const left = a[i * n + j] - dot(L, i * n, L, j * n, j);
      if (i !== j) L[i * n + j] = left / L[j * n + j];
      else if (left > 0) L[i * n + i] = Math.sqrt(left);
      else throw new RangeError(`the matrix is not positive definite: pivot ${i} is ${left}`);
    }
  return { n, L };
}

/** X of A·X = B for B (n × columns). */
export function choleskySolve({ n, L }: Cholesky, b: Float64Array, columns: number): Float64Array {
  const x = b.slice();
  const reduce = (i: number, k: number, factor: number) => {
    const [to, from] = [i * columns, k * columns];
    for (let c = 0; c < columns; c++) x[to + c] -= factor * x[from + c];
  };
  const divide = (i: number) => {
    const pivot = L[i * n + i];
    for (let c = i * columns; c < (i + 1) * columns; c++) x[c] /= pivot;
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) reduce(i, k, L[i * n + k]);
    divide(i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) reduce(i, k, L[k * n + i]);
    divide(i);
  }
  return x;
}

/** ln det A. */
export function logDeterminant({ n, L }: Cholesky): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 2 * Math.log(L[i * n + i]);
  return sum;
}
