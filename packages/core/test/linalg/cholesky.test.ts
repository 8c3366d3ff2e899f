import { expect, test } from 'vitest';
import { cholesky, choleskySolve, logDeterminant, traceOfSolution } from '../../src/linalg/cholesky.ts';
import { gram, multiply } from '../../src/linalg/matrix.ts';
import { largest, randomMatrix } from './helpers.ts';

const seed = 4021;

test.each([1, 2, 3, 8, 37])('factor, solution, determinant and trace of order %i', (n) => {
  // Eigenvalues of A are at least 1: errors of the solution are of the order of n·ε.
  const A = gram(randomMatrix(n, n, seed, n), n, n).map((value, k) => value + (k % (n + 1) === 0 ? 1 : 0));
  const S = gram(randomMatrix(n, 2, seed, n, 1), n, 2);
  const factor = cholesky(A, n);
  const tolerance = 100 * n * n * Number.EPSILON;
  expect(largest(gram(factor.L, n, n).map((value, k) => value - A[k]!))).toBeLessThan(tolerance * (1 + largest(A)));
  const X = choleskySolve(factor, S, n);
  expect(largest(multiply(A, X, n, n, n).map((value, k) => value - S[k]!))).toBeLessThan(tolerance * (1 + largest(A)));
  let trace = 0;
  for (let i = 0; i < n; i++) trace += X[i * n + i]!;
  expect(Math.abs(traceOfSolution(factor, S) - trace)).toBeLessThan(tolerance * (1 + Math.abs(trace)));
  const identity = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 2 : 0));
  expect(logDeterminant(cholesky(identity, n))).toBeCloseTo(n * Math.LN2, 12);
});

test('a matrix that is not positive definite is refused', () => {
  expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow('pivot 1 is -3');
});
