import { describe, expect, test } from 'vitest';
import { adjoint, type Complex, largestDifference, product } from '../../src/linalg/complex.ts';
import { hermitianEigen } from '../../src/linalg/hermitian.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';

const seed = 20_261_121;

/** V·diag(values)·V†. */
function withSpectrum(values: ArrayLike<number>, V: Complex): Complex {
  const n = values.length;
  const scaled = V.map((entry, i) => entry * values[(i >> 1) % n]);
  return product(scaled, adjoint(V));
}

describe('Hermitian eigenvalues', () => {
  test.each([
    ['distinct', [5, 3.5, 1, 0.25, -2, -7, -7.5]],
    ['two-valued', [1, 1, 1, 1, -1, -1, -1, -1]],
    ['graded', [1e8, 1, 1e-3, 0, 0, -1e2]],
    ['one', [3]],
    ['zero', [0, 0, 0]],
  ])('of a matrix with a known spectrum: %s', (_, values) => {
    const V = haarUnitary(values.length, random(seed, values.length));
    const A = withSpectrum(values, V);
    const found = hermitianEigen(A);
    const size = Math.max(1, ...values.map(Math.abs));
    values.forEach((value, j) => {
      expect(Math.abs(found.values[j] - value)).toBeLessThan(1e-13 * size);
    });
    expect(largestDifference(withSpectrum(found.values, found.vectors), A)).toBeLessThan(1e-13 * size);
    const unit = withSpectrum(new Float64Array(values.length).fill(1), found.vectors);
    expect(largestDifference(unit, withSpectrum(new Float64Array(values.length).fill(1), V))).toBeLessThan(1e-13);
  });

  test('the second Pauli matrix: its eigenvectors are complex', () => {
    const { values, vectors } = hermitianEigen(Float64Array.of(0, 0, 0, -1, 0, 1, 0, 0));
    expect([...values]).toEqual([expect.closeTo(1, 14), expect.closeTo(-1, 14)]);
    // Column 0 is (1, i)/√2 up to a phase: v₁ = i·v₀.
    expect(vectors[4]).toBeCloseTo(-vectors[1], 14);
    expect(vectors[5]).toBeCloseTo(vectors[0], 14);
  });

  test('refuses what is not Hermitian', () => {
    expect(() => hermitianEigen(Float64Array.of(0, 0, 1, 0, 2, 0, 0, 0))).toThrow(/not Hermitian/);
    expect(() => hermitianEigen(Float64Array.of(Number.NaN, 0))).toThrow(RangeError);
  });
});
