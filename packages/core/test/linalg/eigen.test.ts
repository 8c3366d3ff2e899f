import fc from 'fast-check';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { eigenMethods, symmetricEigen, symmetricEigenvalues } from '../../src/linalg/eigen.ts';
import { gram, multiply, multiplyTransposed, norm } from '../../src/linalg/matrix.ts';
import { largest, orthonormalityError, randomMatrix, toRows } from './helpers.ts';

const SEED = 20240603;

type Method = (typeof eigenMethods)[keyof typeof eigenMethods];

/** Checks A·V = V·Λ, orthonormality and order, and returns the eigenvalues. */
function checkedValues(a: Float64Array, n: number, method?: Method): Float64Array {
  const kept = a.slice();
  const { values, vectors } = symmetricEigen(a, n, method);
  expect(a).toEqual(kept);
  expect(orthonormalityError(vectors, n, n)).toBeLessThan(1e-13);
  for (let i = 1; i < n; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
  // Scaled by the norm: huge matrices must not overflow in the test.
  const unit = norm(a) || 1;
  const mapped = multiply(
    a.map((value) => value / unit),
    vectors,
    n,
    n,
    n,
  );
  expect(norm(mapped.map((value, k) => value - vectors[k] * (values[k % n] / unit)))).toBeLessThan(1e-13);
  const alone = symmetricEigenvalues(a, n);
  expect(largest(alone.map((value, i) => value / unit - values[i] / unit))).toBeLessThan(1e-14 * Math.sqrt(n) + 1e-14);
  return values;
}

function randomSymmetric(n: number, ...words: number[]): Float64Array {
  const b = randomMatrix(n, n, ...words);
  return b.map((value, k) => value + b[(k % n) * n + Math.floor(k / n)]);
}

/** Q·diag(values)·Qᵀ with a random orthogonal Q. */
function withSpectrum(values: number[], ...words: number[]): Float64Array {
  const n = values.length;
  const { vectors } = symmetricEigen(randomSymmetric(n, ...words), n);
  const product = multiplyTransposed(
    vectors.map((value, k) => value * values[k % n]),
    vectors,
    n,
    n,
    n,
  );
  return product.map((value, k) => (value + product[(k % n) * n + Math.floor(k / n)]) / 2);
}

describe('symmetricEigen', () => {
  it('diagonalises random matrices, with the eigenvalues of ml-matrix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (n, word) => {
        const a = randomSymmetric(n, word);
        const values = checkedValues(a, n);
        const oracle = new EigenvalueDecomposition(new Matrix(toRows(a, n, n)), { assumeSymmetric: true });
        const expected = Float64Array.from(oracle.realEigenvalues).sort().reverse();
        expect(largest(values.map((value, i) => value - expected[i]))).toBeLessThan(1e-13 * norm(a));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('spans several strips of columns and batches of rotations', () => {
    const n = 150;
    const values = checkedValues(randomSymmetric(n, SEED), n);
    expect(values.length).toBe(n);
  });

  it('finds degenerate eigenvalues as often as they occur', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        (spectrum, word) => {
          const values = checkedValues(withSpectrum(spectrum, word), spectrum.length);
          const expected = [...spectrum].sort((x, y) => y - x);
          expect(largest(values.map((value, i) => value - expected[i]))).toBeLessThan(1e-13);
        },
      ),
      { seed: SEED },
    );
  });

  it('orders the entries of a diagonal matrix, exactly', () => {
    const entries = [2, -7, 0, 1e-30, 2, 5e10];
    const n = entries.length;
    const a = new Float64Array(n * n);
    for (const [i, entry] of entries.entries()) a[i * n + i] = entry;
    expect([...checkedValues(a, n)]).toEqual([5e10, 2, 2, 1e-30, 0, -7]);
  });

  it('zero matrix, 1×1, no rows', () => {
    expect([...checkedValues(new Float64Array(25), 5)]).toEqual([0, 0, 0, 0, 0]);
    expect(symmetricEigen(Float64Array.of(-4), 1)).toEqual({
      values: Float64Array.of(-4),
      vectors: Float64Array.of(1),
    });
    expect(symmetricEigen(new Float64Array(0), 0).values.length).toBe(0);
  });

  it('2×2 with zero diagonal, where the shift meets a tie', () => {
    const values = checkedValues(Float64Array.of(0, 3, 3, 0), 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(-3, 14);
  });

  it.each([
    ['all equal', () => 1],
    ['smooth', (x: number, y: number) => Math.exp(-3 * (x - y) ** 2)],
    ['rank 3', (x: number, y: number) => Math.cos(6 * (x - y)) + x * y],
  ])('numerical rank far below the size: %s', (_, f) => {
    // What is left over after the first few reflectors is noise, and noise of noise.
    const n = 60;
    checkedValues(
      new Float64Array(n * n).map((_, k) => f(Math.floor(k / n) / n, (k % n) / n)),
      n,
    );
  });

  it('a block of subnormal numbers leaves the vectors orthonormal', () => {
    const n = 5;
    const block = randomSymmetric(n - 1, SEED);
    const a = new Float64Array(n * n);
    a[0] = 1;
    for (let i = 1; i < n; i++) for (let j = 1; j < n; j++) a[i * n + j] = 1e-318 * block[(i - 1) * (n - 1) + j - 1];
    checkedValues(a, n);
  });

  it.each([1e-300, 1e-150, 1e150, 1e300])('entries of size %d', (unit) => {
    const a = gram(randomMatrix(6, 9, SEED), 6, 9);
    const expected = symmetricEigen(a, 6).values;
    const found = checkedValues(
      a.map((value) => value * unit),
      6,
    );
    for (let i = 0; i < 6; i++) expect(found[i] / unit / expected[i]).toBeCloseTo(1, 12);
  });

  it('rejects what is not finite, not symmetric or not square', () => {
    const a = Float64Array.of(1, 2, 3, 2, 5, 6, 3, 6.5, 9);
    expect(() => symmetricEigen(a, 3)).toThrow(new RangeError('A is not symmetric: A[2, 1] is 6.5, A[1, 2] is 6'));
    a[7] = Infinity;
    expect(() => symmetricEigen(a, 3)).toThrow(new RangeError('A[2, 1] is Infinity, expected a finite number'));
    expect(() => symmetricEigen(a, 2)).toThrow(new RangeError('A has 9 numbers, expected 2×2 = 4'));
  });

  it('takes the mean of a pair that differs by rounding', () => {
    const difference = 5e-9;
    const { values } = symmetricEigen(Float64Array.of(0, 1 + difference, 1 - difference, 0), 2);
    expect(values[0]).toBeCloseTo(1, 14);
    expect(values[1]).toBeCloseTo(-1, 14);
    expect(() => symmetricEigen(Float64Array.of(0, 1, 1 - 2e-8, 0), 2)).toThrow('not symmetric');
  });
});

/** The symmetric tridiagonal matrix of a diagonal and what stands below it. */
function tridiagonal(diagonal: readonly number[], below: (i: number) => number): Float64Array {
  const n = diagonal.length;
  const a = new Float64Array(n * n);
  diagonal.forEach((entry, i) => {
    a[i * n + i] = entry;
    if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = below(i - 1);
  });
  return a;
}

/** Wilkinson's W⁺ of 21 rows, whose eigenvalues come in pairs that agree to 14 digits. */
const wilkinson = Array.from({ length: 21 }, (_, i) => Math.abs(i - 10));

const n = 97;
const hard: readonly (readonly [string, number, Float64Array])[] = [
  ['random', n, randomSymmetric(n, SEED, 1)],
  ['order 1', 1, Float64Array.of(3)],
  ['just more than a leaf', 33, randomSymmetric(33, SEED, 2)],
  ['four panels and tiles that are not whole', 203, randomSymmetric(203, SEED, 3)],
  ['zero', n, new Float64Array(n * n)],
  ['the identity: everything is deflated', n, tridiagonal(Array(n).fill(1), () => 0)],
  ['second differences', n, tridiagonal(Array(n).fill(2), () => -1)],
  ['of both signs beside the diagonal', n, tridiagonal(Array(n).fill(0), (i) => (i % 3 ? 1 : -1))],
  [
    "Wilkinson's W21+, five times, all but uncoupled",
    105,
    tridiagonal(Array(5).fill(wilkinson).flat(), (i) => (i % 21 === 20 ? 1e-14 : 1)),
  ],
  [
    "Wilkinson's W21+, five times, loosely coupled",
    105,
    tridiagonal(Array(5).fill(wilkinson).flat(), (i) => (i % 21 === 20 ? 1e-7 : 1)),
  ],
  [
    'three eigenvalues only',
    n,
    withSpectrum(
      Array.from({ length: n }, (_, i) => (i % 3) - 1),
      SEED,
    ),
  ],
  [
    'all but equal eigenvalues',
    n,
    withSpectrum(
      Array.from({ length: n }, (_, i) => 1 + i * 1e-15),
      SEED,
    ),
  ],
  [
    'falling to 1e-30',
    n,
    withSpectrum(
      Array.from({ length: n }, (_, i) => 10 ** ((-30 * i) / n)),
      SEED,
    ),
  ],
  ['rank 2', n, gram(randomMatrix(n, 2, SEED), n, 2)],
  ['graded', n, new Float64Array(n * n).map((_, k) => 10 ** (-0.3 * (Math.floor(k / n) + (k % n))))],
  ['huge', n, randomSymmetric(n, SEED, 4).map((entry) => entry * 1e300)],
  ['tiny', n, randomSymmetric(n, SEED, 5).map((entry) => entry * 1e-300)],
];

describe.each(Object.entries(eigenMethods))('symmetricEigen by %s', (_, method) => {
  it.each(hard)('%s', (_, order, a) => {
    const values = checkedValues(a, order, method);
    const expected = symmetricEigen(a, order, eigenMethods.ql).values;
    const size = norm(a);
    expect(largest(values.map((value, i) => value - expected[i]))).toBeLessThanOrEqual(2e-14 * size);
  });

  it('random spectra with clusters, of orders from 1 to 150', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 1e-16, 1e-13, 1e-8, 0.3)), {
          minLength: 1,
          maxLength: 150,
        }),
        fc.nat(),
        (pairs, word) => {
          const spectrum = pairs.map(([centre, width], i) => centre + width * Math.sin(i + 1));
          const values = checkedValues(withSpectrum(spectrum, word), spectrum.length, method);
          const expected = [...spectrum].sort((x, y) => y - x);
          expect(largest(values.map((value, i) => value - expected[i]))).toBeLessThan(1e-13);
        },
      ),
      { seed: SEED, numRuns: 40 },
    );
  });
});
