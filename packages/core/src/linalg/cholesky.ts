import { dot } from './matrix.ts';
import { choleskyFast, choleskySolveFast, notPositive } from './wasm/cholesky.ts';

/** A = L·Lᵀ: L, n × n, row-major; what stands above its diagonal is 0. */
export interface Cholesky {
  readonly n: number;
  readonly L: Float64Array;
}

/** Order from which on a factor, and multiplications from which on a solution, gain more in WebAssembly than the way there costs. */
const worthFactoring = 24;
const worthSolving = 2 ** 14;

/**
 * Cholesky factor of a symmetric positive definite matrix (n × n, row-major); the lower triangle is read.
 *
 * @throws RangeError where a pivot is not positive.
 */
export const cholesky = (a: Float64Array, n: number): Cholesky =>
  n < worthFactoring ? plainCholesky(a, n) : choleskyFast(a, n);

/** X of A·X = B for B (n × columns). */
export const choleskySolve = (factor: Cholesky, b: Float64Array, columns: number): Float64Array =>
  factor.n ** 2 * columns < worthSolving ? plainSolve(factor, b, columns) : choleskySolveFast(factor, b, columns);

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

/** tr(A⁻¹·S) for S (n × n). */
export function traceOfSolution(factor: Cholesky, S: Float64Array): number {
  const { n } = factor;
  const solution = choleskySolve(factor, S, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += solution[i * n + i];
  return trace;
}

/** ln det A. */
export function logDeterminant({ n, L }: Cholesky): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 2 * Math.log(L[i * n + i]);
  return sum;
}
