import { type Cholesky, plainCholesky, plainSolve } from './plain-cholesky.ts';
import { choleskyFast, choleskySolveFast } from './wasm/cholesky.ts';

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
