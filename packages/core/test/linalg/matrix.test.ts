import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { describe, expect, it, test } from 'vitest';
import {
  dot,
  gram,
  multiply,
  multiplyTransposed,
  multiplyVector,
  norm,
  transpose,
  transposeGram,
  transposeMultiply,
  transposeMultiplyVector,
} from '../../src/linalg/matrix.ts';
import { largest, randomMatrix, toRows } from './helpers.ts';

const SEED = 20240601;
const size = fc.integer({ min: 1, max: 37 });

/** Difference to the oracle's product, relative to its largest entry. */
function distance(found: Float64Array, expected: Matrix): number {
  const flat = Float64Array.from(expected.to1DArray());
  expect(found.length).toBe(flat.length);
  return largest(found.map((value, i) => value - flat[i])) / Math.max(largest(flat), 1);
}

describe('products', () => {
  it('agree with ml-matrix for all shapes', () => {
    fc.assert(
      fc.property(size, size, size, fc.nat(), (m, k, n, word) => {
        const a = randomMatrix(m, k, word, 0);
        const b = randomMatrix(k, n, word, 1);
        const expected = new Matrix(toRows(a, m, k)).mmul(new Matrix(toRows(b, k, n)));
        expect(distance(multiply(a, b, m, k, n), expected)).toBeLessThan(1e-14);
        expect(distance(multiplyTransposed(a, transpose(b, k, n), m, k, n), expected)).toBeLessThan(1e-14);
        expect(distance(transposeMultiply(transpose(a, m, k), b, k, m, n), expected)).toBeLessThan(1e-14);
        const x = b.filter((_, i) => i % n === 0);
        expect(distance(multiplyVector(a, x, m, k), expected.subMatrix(0, m - 1, 0, 0))).toBeLessThan(1e-14);
        expect(
          distance(transposeMultiplyVector(transpose(a, m, k), x, k, m), expected.subMatrix(0, m - 1, 0, 0)),
        ).toBeLessThan(1e-14);
      }),
      { seed: SEED },
    );
  });

  it('adds up every slab of a long Aᵀ·B', () => {
    // n = 2000 makes slabs of eight rows; 21 rows need three of them.
    const a = randomMatrix(21, 3, 1);
    const b = randomMatrix(21, 2000, 2);
    const expected = new Matrix(toRows(a, 21, 3)).transpose().mmul(new Matrix(toRows(b, 21, 2000)));
    expect(distance(transposeMultiply(a, b, 21, 3, 2000), expected)).toBeLessThan(1e-14);
    const c = randomMatrix(30, 1100, 3);
    const whole = new Matrix(toRows(c, 30, 1100));
    expect(distance(transposeGram(c, 30, 1100), whole.transpose().mmul(whole))).toBeLessThan(1e-14);
  });

  it('gram is A·Aᵀ, transposeGram is Aᵀ·A, both exactly symmetric', () => {
    fc.assert(
      fc.property(size, size, fc.nat(), (m, n, word) => {
        const a = randomMatrix(m, n, word);
        const oracle = new Matrix(toRows(a, m, n));
        const found = gram(a, m, n);
        expect(distance(found, oracle.mmul(oracle.transpose()))).toBeLessThan(1e-14);
        expect(transpose(found, m, m)).toEqual(found);
        const inner = transposeGram(a, m, n);
        expect(distance(inner, oracle.transpose().mmul(oracle))).toBeLessThan(1e-14);
        expect(transpose(inner, n, n)).toEqual(inner);
      }),
      { seed: SEED },
    );
  });

  it('transpose moves entry (i, j) to (j, i), across tiles too', () => {
    const a = randomMatrix(70, 45, 3);
    const found = transpose(a, 70, 45);
    for (let i = 0; i < 70; i++) for (let j = 0; j < 45; j++) expect(found[j * 70 + i]).toBe(a[i * 45 + j]);
  });

  it('dot takes the asked parts of both vectors', () => {
    const a = Float64Array.from([9, 1, 2, 3, 4, 5, 9]);
    const b = Float64Array.from([9, 9, 1, 10, 100, 1000, 10000, 9]);
    expect(dot(a, 1, b, 2, 5)).toBe(54321);
    expect(dot(a, 1, b, 2, 0)).toBe(0);
  });

  it('rejects lengths that do not fit', () => {
    const six = new Float64Array(6);
    const four = new Float64Array(4);
    for (const call of [
      () => multiply(six, four, 2, 3, 2),
      () => multiply(four, six, 2, 3, 2),
      () => multiplyTransposed(four, six, 2, 3, 2),
      () => multiplyTransposed(six, four, 2, 3, 2),
      () => transposeMultiply(four, six, 3, 2, 2),
      () => transposeMultiply(six, four, 3, 2, 2),
      () => multiplyVector(six, four, 2, 3),
      () => transposeMultiplyVector(six, four, 2, 3),
      () => gram(four, 2, 3),
      () => transpose(four, 2, 3),
    ])
      expect(call).toThrow(RangeError);
    expect(() => multiply(six, four, 2, 3, 2)).toThrow('b has 4 numbers, expected 6');
  });
});

describe('norm', () => {
  it('neither overflows nor vanishes', () => {
    for (const unit of [1, 1e-161, 1e-200, 1e-310, 1e200, 1e307])
      expect(norm(Float64Array.from([3 * unit, 0, -4 * unit])) / (5 * unit)).toBeCloseTo(1, 12);
    expect(norm(Float64Array.from([1e-170, 1e-170, 1]))).toBe(1);
  });

  it('passes on what has no finite norm', () => {
    expect(norm(new Float64Array(3))).toBe(0);
    expect(norm(new Float64Array(0))).toBe(0);
    expect(norm(Float64Array.from([1, -Infinity]))).toBe(Infinity);
    expect(norm(Float64Array.from([1, NaN]))).toBeNaN();
  });
});

test('norm takes a vector alone, so that it can be mapped over a list of them', () => {
  expect([Float64Array.of(3, 4), Float64Array.of(5, 12)].map(norm)).toEqual([5, 13]);
});
