import { dot } from './matrix.ts';

/** A = L·Lᵀ: L, n × n, row-major; what stands above its diagonal is 0. */
export interface Cholesky {
  readonly n: number;
  readonly L: Float64Array;
}

/** The factor without haste. */
export function plainCholesky(a: Float64Array, n: number): Cholesky {
  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const left = a[i * n + j] - dot(L, i * n, L, j * n, j);
      if (i !== j) L[i * n + j] = left / L[j * n + j];
      else if (left > 0) L[i * n + i] = Math.sqrt(left);
      else throw notPositive(i, left);
    }
  return { n, L };
}

/** The solution without haste. */
export function plainSolve({ n, L }: Cholesky, b: Float64Array, columns: number): Float64Array {
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtract(x, i, k, L[i * n + k], columns);
    divide(x, i, L[i * n + i], columns);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtract(x, i, k, L[k * n + i], columns);
    divide(x, i, L[i * n + i], columns);
  }
  return x;
}

/** Row i ← row i − factor·row k. */
function subtract(x: Float64Array, i: number, k: number, factor: number, columns: number): void {
  const [to, from] = [i * columns, k * columns];
  for (let c = 0; c < columns; c++) x[to + c] -= factor * x[from + c];
}

function divide(x: Float64Array, i: number, pivot: number, columns: number): void {
  for (let c = i * columns; c < (i + 1) * columns; c++) x[c] /= pivot;
}

/** What is wrong with a matrix that has no factor. */
export const notPositive = (place: number, pivot: number): RangeError =>
  new RangeError(`the matrix is not positive definite: pivot ${place} is ${pivot}`);
