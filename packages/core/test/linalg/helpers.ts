import { transposeMultiply } from '../../src/linalg/matrix.ts';
import { random } from '../../src/random/random.ts';

/** rows×cols standard normal numbers, fixed by the words. */
export function randomMatrix(rows: number, cols: number, ...words: number[]): Float64Array {
  const generator = random(...words);
  return new Float64Array(rows * cols).map(() => generator.normal());
}

/** Largest |(QᵀQ − 1)ᵢⱼ| of Q (rows×cols). */
export function orthonormalityError(q: Float64Array, rows: number, cols: number): number {
  const product = transposeMultiply(q, q, rows, cols, cols);
  for (let j = 0; j < cols; j++) product[j * cols + j] -= 1;
  return largest(product);
}

export function largest(x: Float64Array): number {
  return x.reduce((soFar, value) => Math.max(soFar, Math.abs(value)), 0);
}

/** Row-major numbers as an array of rows, for the oracle. */
export function toRows(a: Float64Array, rows: number, cols: number): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(a.subarray(i * cols, (i + 1) * cols)));
}

/** The matrix of small integers behind the graded tests, and behind test/linalg/svd.test.ts's mpmath references. */
export function integerEntry(i: number, j: number): number {
  return ((7 * i * i + 13 * j + 5 * i * j + 3) % 19) - 9 + (i === j ? 20 : 0);
}
