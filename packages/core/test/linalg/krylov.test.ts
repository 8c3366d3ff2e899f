import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { krylovMethods, krylovSpace } from '../../src/linalg/krylov.ts';
import { multiplyVector, norm, transposeMultiplyVector } from '../../src/linalg/matrix.ts';
import { svd } from '../../src/linalg/svd.ts';
import { largest, randomMatrix } from './helpers.ts';

const seed = 1992;
const phi = (s: number) => (lambda: number) =>
  Math.max(lambda, 0) * s < 1e-12 ? s : -Math.expm1(-Math.max(lambda, 0) * s) / Math.max(lambda, 0);

/** A positive semidefinite matrix with given eigenvalues, and its eigenvectors as columns. */
function matrixOf(values: readonly number[], word: number) {
  const n = values.length;
  const { u } = svd(randomMatrix(n, n, seed, n, word), n, n);
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) A[i * n + j] += u[i * n + k] * values[k] * u[j * n + k];
  return { A, u, n };
}

/** Only the lower triangle; what is above would be noticed. */
const writing = (A: Float64Array, n: number) => (to: Float64Array) => {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) to[i * n + j] = j <= i ? A[i * n + j] : Number.NaN;
};

const spectra: Record<string, (n: number) => number[]> = {
  even: (n) => Array.from({ length: n }, (_, j) => (j + 1) / n),
  graded: (n) => Array.from({ length: n }, (_, j) => 10 ** ((-14 * j) / n)),
  singular: (n) => Array.from({ length: n }, (_, j) => (j < n / 2 ? 1 / (j + 1) : 0)),
  degenerate: (n) => Array.from({ length: n }, (_, j) => (j % 3) / 2),
};

describe.each(Object.entries(krylovMethods))('krylovSpace, %s', (_, Method) => {
  test.each(Object.entries(spectra))('φ(A)·b and its share along any vector, spectrum %s', (_, spectrum) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 30, max: 70 })),
        fc.integer({ min: -3, max: 5 }),
        fc.nat(1000),
        (n, power, word) => {
          const { A, u } = matrixOf(spectrum(n), word);
          const s = 10 ** power;
          const [b, side] = [randomMatrix(n, 1, seed, word, 1), randomMatrix(n, 1, seed, word, 2)];
          const space = krylovSpace(b, writing(A, n), phi(s), 1e-13, Method);
          const weights = space.coefficients.map((c, j) => c * phi(s)(space.values[j]));
          // The same by all eigenvectors.
          const inModes = transposeMultiplyVector(u, b, n, n).map((c, j) => c * phi(s)(spectrum(n)[j]));
          const expected = multiplyVector(u, inModes, n, n);
          // An eigenvalue is right to rounding of the largest, which φ, of slope s²/2 at most, makes s² of at 0.
          const tolerance = s * norm(b) * (2e-13 + 16 * n * Number.EPSILON * (1 + s));
          expect(largest(space.combine(weights).map((value, i) => value - expected[i]))).toBeLessThan(tolerance);
          const along = space.project(side).reduce((sum, value, j) => sum + value * weights[j], 0);
          const wanted = expected.reduce((sum, value, i) => sum + value * side[i], 0);
          expect(Math.abs(along - wanted)).toBeLessThan(tolerance * norm(side));
        },
      ),
      { seed, numRuns: 40 },
    );
  });

  test('no more vectors than the time, or the start, asks for', () => {
    const { A, u, n } = matrixOf(spectra.even(60), 1);
    const b = randomMatrix(n, 1, seed, 3);
    const counts = [1e-3, 1, 10, 100].map((s) => krylovSpace(b, writing(A, n), phi(s), 1e-13, Method).values.length);
    expect(counts).toEqual([...counts].sort((x, y) => x - y));
    expect(counts[0]).toBeLessThanOrEqual(8);
    expect(counts[2]).toBeLessThan(40);
    const two = Float64Array.from({ length: n }, (_, i) => u[i * n + 4] - 2 * u[i * n + 50]);
    const found = krylovSpace(two, writing(A, n), phi(1e4), 1e-13, Method);
    expect(found.values.length).toBeLessThanOrEqual(4);
    // What else is found is rounding.
    const shares = found.values.filter((_, j) => Math.abs(found.coefficients[j]) > 1e-12);
    expect([...shares]).toEqual([51, 5].map((entry) => expect.closeTo(entry / 60, 12)));
  });

  test('nothing to start from, or nothing there', () => {
    const none = krylovSpace(new Float64Array(3), (to) => to.fill(1), phi(1), 1e-13, Method);
    expect([none.values.length, ...none.combine(none.coefficients)]).toEqual([0, 0, 0, 0]);
    const still = krylovSpace(Float64Array.of(3, 4), (to) => to.fill(0), phi(2), 1e-13, Method);
    expect([...still.values]).toEqual([0]);
    expect([...still.combine(still.coefficients)]).toEqual([3, 4].map((entry) => expect.closeTo(entry, 14)));
  });

  test('the vectors are orthonormal and the matrix between them is tridiagonal, up to the last', () => {
    const { A, n } = matrixOf(spectra.graded(80), 2);
    const b = randomMatrix(n, 1, seed, 4);
    const steps = new Method(
      b.map((entry) => entry / norm(b)),
      writing(A, n),
    );
    steps.extend(11);
    const { diagonal, beside } = steps.extend(n);
    const k = diagonal.length;
    const V = steps.vectors(k);
    expect(k).toBe(n);
    for (let i = 0; i < k; i++) {
      const row = V.subarray(i * n, (i + 1) * n);
      const overlaps = multiplyVector(V, row, k, n);
      const images = multiplyVector(V, multiplyVector(A, row, n, n), k, n);
      for (let j = 0; j < k; j++) {
        expect(Math.abs(overlaps[j] - (i === j ? 1 : 0))).toBeLessThan(1e-14);
        const entry = i === j ? diagonal[i] : Math.abs(i - j) === 1 ? beside[Math.min(i, j)] : 0;
        expect(Math.abs(images[j] - entry)).toBeLessThan(1e-14);
      }
    }
    const T = new Float64Array(k * k);
    for (let i = 0; i < k; i++) {
      T[i * k + i] = diagonal[i];
      if (i > 0) T[i * k + i - 1] = T[(i - 1) * k + i] = beside[i - 1];
    }
    expect(symmetricEigen(T, k).values[0]).toBeCloseTo(1, 13);
  });
});
