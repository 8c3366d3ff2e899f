import { describe, expect, test } from 'vitest';
import { cholesky, choleskySolve, logDeterminant, traceOfSolution } from '../../src/linalg/cholesky.ts';
import { gram, multiply, transpose } from '../../src/linalg/matrix.ts';
import { plainCholesky, plainSolve } from '../../src/linalg/plain-cholesky.ts';
import { choleskyFast, choleskySolveFast } from '../../src/linalg/wasm/cholesky.ts';
import { defaultMachine } from '../../src/wasm/machine.ts';
import { startThreads } from '../../src/wasm/threads/pool.ts';
import { largest, randomMatrix } from './helpers.ts';

const seed = 4021;

/** Eigenvalues are at least 1 and about n at most: errors of a solution are of the order of n·ε. */
const wellPosed = (n: number) =>
  gram(randomMatrix(n, n, seed, n), n, n).map((value, k) => value + (k % (n + 1) === 0 ? 1 : 0));

const less = (a: Float64Array, b: Float64Array) => largest(a.map((value, k) => value - b[k]!));

describe.each([
  ['plain', plainCholesky, plainSolve],
  ['fast', choleskyFast, choleskySolveFast],
  ['by size', cholesky, choleskySolve],
] as const)('%s', (_, factorOf, solve) => {
  // Below and above the sizes of blocks, and of strips of columns.
  test.each([
    [1, 1],
    [3, 2],
    [8, 8],
    [31, 9],
    [33, 65],
    [64, 7],
    [131, 20],
    [270, 3],
  ])('order %i: the factor, and solutions of %i right-hand sides', (n, columns) => {
    const A = wellPosed(n);
    const factor = factorOf(A, n);
    const tolerance = 10 * n * n * Number.EPSILON * largest(A);
    expect(less(gram(factor.L, n, n), A)).toBeLessThan(tolerance);
    for (let i = 0; i < n; i++) expect(largest(factor.L.subarray(i * n + i + 1, (i + 1) * n))).toBe(0);
    const B = randomMatrix(n, columns, seed, n, 1);
    expect(less(multiply(A, solve(factor, B, columns), n, n, columns), B)).toBeLessThan(tolerance);
  });

  test('only the lower triangle is read', () => {
    const n = 70;
    const A = wellPosed(n);
    const lower = A.map((value, k) => (k % n > Math.floor(k / n) ? Number.NaN : value));
    expect(factorOf(lower, n).L).toEqual(factorOf(A, n).L);
  });

  // Scales of rows and columns pass through factor and solution: what is small has as many digits as what is large.
  test.each([20, 50, 90])('a graded matrix of order %i: every entry to its own digits', (n) => {
    const A = wellPosed(n);
    const scale = Float64Array.from({ length: n }, (_, i) => 2 ** -Math.round((90 * i) / n));
    const graded = A.map((value, k) => value * scale[Math.floor(k / n)]! * scale[k % n]!);
    const back = (L: Float64Array) => L.map((value, k) => value / scale[Math.floor(k / n)]!);
    const tolerance = 10 * n * n * Number.EPSILON * largest(A);
    expect(less(back(factorOf(graded, n).L), factorOf(A, n).L)).toBeLessThan(tolerance);
    const b = Float64Array.from(scale);
    const x = solve(factorOf(graded, n), b, 1).map((value, i) => value * scale[i]!);
    expect(less(multiply(A, x, n, n, 1), new Float64Array(n).fill(1))).toBeLessThan(tolerance);
  });

  test.each([2, 33, 64, 150])('order %i: a matrix that is not positive definite is refused where it is', (n) => {
    const place = n - 1;
    const A = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 4 : 0));
    A[place * n] = A[place] = 6;
    expect(() => factorOf(A, n)).toThrow(`pivot ${place} is -5`);
    A[place * n + place] = Number.NaN;
    expect(() => factorOf(A, n)).toThrow(`pivot ${place} is NaN`);
  });
});

test.each([1, 2, 8, 37])('trace of a solution and determinant of order %i', (n) => {
  const A = wellPosed(n);
  const factor = cholesky(A, n);
  // tr(A⁻¹·A·Q) is tr(Q).
  const Q = randomMatrix(n, n, seed, n, 2);
  const expected = Q.reduce((sum, value, k) => sum + (k % (n + 1) === 0 ? value : 0), 0);
  expect(traceOfSolution(factor, multiply(A, Q, n, n, n))).toBeCloseTo(expected, 9);
  const doubled = multiply(transpose(factor.L, n, n), factor.L, n, n, n);
  expect(logDeterminant(cholesky(doubled, n))).toBeCloseTo(logDeterminant(factor), 9);
  const identity = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 2 : 0));
  expect(logDeterminant(cholesky(identity, n))).toBeCloseTo(n * Math.LN2, 12);
});

test('threads share out equations, and the numbers are the same to the last bit', async () => {
  const n = 200;
  const A = wellPosed(n);
  const B = randomMatrix(n, 150, seed, n, 3);
  const found = () => {
    const factor = choleskyFast(A, n);
    return [factor.L, choleskySolveFast(factor, B, 150)];
  };
  const alone = found();
  expect(await startThreads(defaultMachine, 2)).toBe(2);
  for (let call = 0; call < 10; call++) expect(found()).toEqual(alone);
});
