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

/** tr(A⁻¹·S) for a symmetric S (n × n, the lower triangle is read): Σ xᵢᵀ·S·xᵢ over the rows xᵢ of L⁻¹, a sixth of the work of solving. */
export function traceOfSolution({ n, L }: Cholesky, S: Float64Array): number {
  const inverse = new Float64Array(n * n);
  let trace = 0;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let k = 0; k < i; k++) {
      const factor = L[row + k];
      for (let c = 0; c <= k; c++) inverse[row + c] -= factor * inverse[k * n + c];
    }
    inverse[row + i] = 1;
    for (let c = 0; c <= i; c++) inverse[row + c] /= L[row + i];
    for (let a = 0; a <= i; a++) {
      const beside = dot(S, a * n, inverse, row, a);
      trace += inverse[row + a] * (2 * beside + S[a * n + a] * inverse[row + a]);
    }
  }
  return trace;
}

/** ln det A. */
export function logDeterminant({ n, L }: Cholesky): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 2 * Math.log(L[i * n + i]);
  return sum;
}
