import fc from 'fast-check';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it, test } from 'vitest';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { gram, multiply, multiplyTransposed, norm } from '../../src/linalg/matrix.ts';
import { svd as decompose, type Svd, svdMethods } from '../../src/linalg/svd.ts';
import { integerEntry, largest, orthonormalityError, randomMatrix, toRows } from './helpers.ts';

const SEED = 20240602;

/** Checks all that a thin SVD promises except the values themselves, and returns them. */
function checked(
  svd: (a: Float64Array, rows: number, cols: number) => Svd,
  a: Float64Array,
  rows: number,
  cols: number,
) {
  const k = Math.min(rows, cols);
  const kept = a.slice();
  const { u, s, v } = svd(a, rows, cols);
  expect(a).toEqual(kept);
  expect([u.length, s.length, v.length]).toEqual([rows * k, k, cols * k]);
  expect(orthonormalityError(u, rows, k)).toBeLessThan(1e-13);
  expect(orthonormalityError(v, cols, k)).toBeLessThan(1e-13);
  for (let i = 0; i < k; i++) expect(s[i]).toBeGreaterThanOrEqual(i + 1 < k ? s[i + 1] : 0);
  // Scaled by the norm: wild matrices must not overflow in the test.
  const unit = norm(a) || 1;
  const weighted = u.map((value, i) => value * (s[i % k] / unit));
  const rebuilt = multiplyTransposed(weighted, v, rows, k, cols);
  expect(norm(rebuilt.map((value, i) => value - a[i] / unit))).toBeLessThan(1e-13);
  return s;
}

function relativeError(found: ArrayLike<number>, expected: number[]): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value) / value));
}

/** rows×cols with at most the given rank. */
function lowRank(rows: number, cols: number, rank: number, word: number): Float64Array {
  return multiply(randomMatrix(rows, rank, word, 0), randomMatrix(rank, cols, word, 1), rows, rank, cols);
}

describe.each(Object.entries(svdMethods))('svd, %s', (_, method) => {
  const svd = (a: Float64Array, rows: number, cols: number) => decompose(a, rows, cols, method);
  const checkedValues = (a: Float64Array, rows: number, cols: number) => checked(svd, a, rows, cols);

  it('rebuilds A from orthonormal factors, with the singular values of ml-matrix', () => {
    const size = fc.integer({ min: 1, max: 24 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 24 }), fc.nat(), (rows, cols, rank, word) => {
        const a = lowRank(rows, cols, rank, word);
        const s = checkedValues(a, rows, cols);
        const oracle = new SingularValueDecomposition(new Matrix(toRows(a, rows, cols)), { autoTranspose: true });
        expect(largest(s.map((value, i) => value - oracle.diagonal[i]))).toBeLessThan(1e-13 * norm(a));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it.each([
    ['1×1', 1, 1],
    ['1×n', 1, 40],
    ['n×1', 40, 1],
    ['wide', 20, 90],
    ['tall', 90, 20],
    ['square', 60, 60],
    ['very tall', 3000, 7],
  ])('%s', (_, rows, cols) => {
    const a = randomMatrix(rows, cols, SEED, rows, cols);
    checkedValues(a, rows, cols);
  });

  it('gives the absolute value and a sign for 1×1', () => {
    const { u, s, v } = svd(Float64Array.of(-3), 1, 1);
    expect(s[0]).toBe(3);
    expect(u[0] * v[0]).toBe(-1);
  });

  it.each([
    ['square', 8, 8],
    ['wide', 3, 7],
    ['tall', 7, 3],
  ])('completes the bases of the zero matrix (%s)', (_, rows, cols) => {
    const s = checkedValues(new Float64Array(rows * cols), rows, cols);
    expect(largest(s)).toBe(0);
  });

  it('has empty factors without rows or columns', () => {
    expect(svd(new Float64Array(0), 0, 3)).toEqual(svd(new Float64Array(0), 3, 0));
  });

  it('zero rows and duplicate rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (rows, cols, word) => {
        const a = randomMatrix(rows, cols, word);
        a.fill(0, 0, cols);
        if (rows > 3) a.copyWithin(2 * cols, cols, 2 * cols);
        const s = checkedValues(a, rows, cols);
        const rank = Math.min(cols, rows > 3 ? rows - 2 : rows - 1);
        for (let i = rank; i < s.length; i++) expect(s[i]).toBeLessThan(1e-14 * s[0]);
      }),
      { seed: SEED },
    );
  });

  it.each([
    ['all equal', () => 1],
    ['smooth', (x: number, y: number) => Math.exp(-3 * (x - y) ** 2)],
    ['checkerboard', (x: number, y: number) => Math.round(60 * (x + y)) % 2],
  ])('numerical rank far below the size: %s', (_, f) => {
    // What is left over after the first few reflectors is noise, and noise of noise.
    const n = 60;
    const a = new Float64Array(n * n).map((_, k) => f(Math.floor(k / n) / n, (k % n) / n));
    checkedValues(a, n, n);
  });

  it.each([1e-320, 1e-300, 1e-150, 1e150, 1e300])('entries of size %d', (unit) => {
    const whole = new Float64Array(12).map((_, k) => integerEntry(Math.floor(k / 3), k % 3));
    const expected = Array.from(svd(whole, 4, 3).s, (value) => value * unit);
    // 1e-320 has four digits left in the input itself.
    const s = svd(
      whole.map((value) => value * unit),
      4,
      3,
    ).s;
    expect(relativeError(s, expected)).toBeLessThan(unit < 1e-310 ? 1e-3 : 1e-14);
  });

  it('rows or columns from 1e-150 to 1e150 leave every vector orthonormal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -150, max: 150 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        fc.boolean(),
        (exponents, other, word, byRow) => {
          const rows = byRow ? exponents.length : other;
          const cols = byRow ? other : exponents.length;
          const a = randomMatrix(rows, cols, word).map(
            (value, k) => value * 10 ** exponents[byRow ? Math.floor(k / cols) : k % cols],
          );
          checkedValues(a, rows, cols);
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('vectors far below the largest are orthogonalised by their angles, not by products that vanish', () => {
    const a = randomMatrix(5, 8, SEED).map((value, k) => value * (k < 8 ? 1e300 : 1e-110));
    const s = checkedValues(a, 5, 8);
    expect(s[1]).toBeGreaterThan(1e-110);
    expect(s[4]).toBeGreaterThan(1e-112);
  });

  it('numbers that would be subnormal next to the largest one leave the bases orthonormal', () => {
    const a = Float64Array.of(1e300, 0, 0, 0, 3e-160, 4.1e-160, 0, 1e-160, 2e-160);
    checkedValues(a, 3, 3);
  });

  it('names the entry that is not finite, and the length that does not fit', () => {
    const a = new Float64Array(6);
    a[5] = NaN;
    expect(() => svd(a, 2, 3)).toThrow(new RangeError('A[1, 2] is NaN, expected a finite number'));
    a[1] = -Infinity;
    expect(() => svd(a, 3, 2)).toThrow(new RangeError('A[0, 1] is -Infinity, expected a finite number'));
    expect(() => svd(a, 2, 2)).toThrow(new RangeError('A has 6 numbers, expected 2×2 = 4'));
  });
});

/*
 * References by mpmath 1.3.0 (Python 3), rounded to doubles:
 *
 *   mp.dps = 700
 *   def entry(i, j): return (7*i*i + 13*j + 5*i*j + 3) % 19 - 9 + (20 if i == j else 0)
 *   [float(x) for x in svd_r(matrix([[mpf(float(f'1e{left(i)}') * entry(i, j) * float(f'1e{right(j)}'))
 *     for j in range(cols)] for i in range(rows)]), compute_uv=False)]
 */
interface Graded {
  name: string;
  rows: number;
  cols: number;
  /** Row i is scaled by 10^left(i), column j by 10^right(j). */
  left: (i: number) => number;
  right: (j: number) => number;
  values: number[];
}

const none = () => 0;

const BY_ROW: Graded = {
  name: 'rows 10^0 … 10^-14',
  rows: 8,
  cols: 8,
  left: (i) => -2 * i,
  right: none,
  values: [
    20.880664699432238, 0.21689174856212637, 0.00177464106862467, 3.0052686522083776e-5, 1.566433809763842e-7,
    1.6844417284507754e-9, 4.840129521189523e-12, 1.3422199417530763e-13,
  ],
};

const GRADED: Graded[] = [
  BY_ROW,
  {
    name: 'columns 10^0 … 10^-14',
    rows: 8,
    cols: 8,
    left: none,
    right: (j) => -2 * j,
    values: [
      17.320550003306344, 0.2540625440476885, 0.0015155306128571643, 2.7452273503431756e-5, 1.3431344338741456e-7,
      2.1004407400001706e-9, 3.747279550210125e-12, 2.139136646323804e-13,
    ],
  },
  {
    name: 'tall, rows falling',
    rows: 15,
    cols: 8,
    left: (i) => -2 * i,
    right: none,
    values: [
      20.880664699432238, 0.21689174856212637, 0.00177464106862467, 3.0052686522083776e-5, 1.566433809763842e-7,
      1.6844417284508014e-9, 4.8401295266371124e-12, 1.342235135709788e-13,
    ],
  },
  {
    name: 'tall, rows rising',
    rows: 15,
    cols: 8,
    left: (i) => 2 * i - 28,
    right: none,
    values: [
      15.394892058663673, 0.1545948350063718, 0.001191279190168173, 1.3014942504441852e-5, 1.3327800243709424e-7,
      1.381000445956306e-9, 5.833268813464791e-12, 9.499999979405363e-16,
    ],
  },
  {
    name: 'square, rows rising',
    rows: 8,
    cols: 8,
    left: (i) => 2 * i - 14,
    right: none,
    values: [
      30.78964221339919, 0.1625811634433012, 0.001804499055725202, 1.5205911358640212e-5, 2.70432891882166e-7,
      5.829832206011825e-10, 1.570891884172063e-11, 1.217093778932633e-13,
    ],
  },
  {
    name: 'wide, rows falling',
    rows: 5,
    cols: 12,
    left: (i) => -3 * i,
    right: none,
    values: [
      23.47339100899327, 0.026106301072990973, 2.0521546068134188e-5, 3.143423509158126e-8, 2.0195010174940903e-11,
    ],
  },
  {
    name: 'rows falling and columns rising',
    rows: 8,
    cols: 8,
    left: (i) => -5 * i,
    right: (j) => 5 * j - 35,
    values: [
      9.000000000288889, 7.666666666622832e-10, 3.855072464871126e-20, 1.9000000000255265e-29, 1.7481203009306106e-39,
      7.973217882540774e-49, 1.8107594777818725e-59, 3.245853660363905e-69,
    ],
  },
  {
    name: 'rows 10^150 … 10^-150',
    rows: 6,
    cols: 6,
    left: (i) => 150 - 60 * i,
    right: none,
    values: [
      1.8411952639521968e151, 1.950327103644268e91, 1.3023275376152291e31, 2.912893734870191e-29,
      1.5464937649457705e-89, 1.6033799251786825e-149,
    ],
  },
];

function gradedMatrix({ rows, cols, left, right }: Graded): Float64Array {
  // Decimal literals, as in Python: 10 ** −14 may differ from 1e-14 in its last digit.
  const power = (exponent: number) => Number(`1e${exponent}`);
  return new Float64Array(rows * cols).map((_, k) => {
    const i = Math.floor(k / cols);
    const j = k % cols;
    return power(left(i)) * integerEntry(i, j) * power(right(j));
  });
}

describe.each(Object.entries(svdMethods))('svd of graded matrices, %s', (_, method) => {
  const svd = (a: Float64Array, rows: number, cols: number) => decompose(a, rows, cols, method);
  const checkedValues = (a: Float64Array, rows: number, cols: number) => checked(svd, a, rows, cols);

  it.each(GRADED)('$name: relative accuracy in every singular value', (graded) => {
    const s = checkedValues(gradedMatrix(graded), graded.rows, graded.cols);
    expect(relativeError(s, graded.values)).toBeLessThan(1e-12);
  });

  it('which the eigenvalues of A·Aᵀ do not have', () => {
    const { values } = symmetricEigen(gram(gradedMatrix(BY_ROW), 8, 8), 8);
    const roots = values.map((value) => Math.sqrt(Math.max(value, 0)));
    expect(relativeError(roots.subarray(0, 1), BY_ROW.values.slice(0, 1))).toBeLessThan(1e-14);
    expect(relativeError(roots, BY_ROW.values)).toBeGreaterThan(0.1);
  });
});

test.each([
  ['of similar length', () => 1],
  ['graded by rows', (i: number) => 10 ** (-0.25 * i)],
  ['in steps', (i: number) => 10 ** (-5 * Math.floor(i / 20))],
])('the fast steps find what the obvious ones find, small values included: rows %s', (_, scale) => {
  const n = 60;
  const a = randomMatrix(n, n, SEED, 9).map((entry, at) => entry * scale(Math.floor(at / n)));
  const [fast, reference] = [svdMethods.fast, svdMethods.reference].map((method) => decompose(a, n, n, method).s);
  expect(relativeError(fast, [...reference])).toBeLessThan(2e-12);
});
