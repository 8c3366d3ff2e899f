import { expect, test } from 'vitest';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { createLeastEigenvalue } from '../../src/linalg/least-eigenvalue.ts';
import { gram } from '../../src/linalg/matrix.ts';
import { randomMatrix } from './helpers.ts';

const printed = 271;

/** Rounding of a matrix whose largest entry is `size`. */
const rounding = (size: number, n: number) => 20 * n * Number.EPSILON * size;

test.each([1, 2, 3, 4, 7, 16, 40])('is the least of all eigenvalues, n = %i', (n) => {
  const least = createLeastEigenvalue(n);
  for (let word = 0; word < 20; word++) {
    const b = randomMatrix(n, n, printed, n, word);
    const symmetric = b.map((entry, i) => entry + b[(i % n) * n + Math.floor(i / n)]);
    for (const a of [symmetric, gram(b, n, n), gram(randomMatrix(n, 1, printed, word), n, 1)]) {
      const { values } = symmetricEigen(a, n);
      const found = least(Float64Array.of(7, 7, ...a), 2);
      expect(Math.abs(found - values[n - 1])).toBeLessThan(rounding(Math.max(...values.map(Math.abs)), n));
    }
  }
});

test('of diagonal matrices, of zero and of multiples of the identity', () => {
  const least = createLeastEigenvalue(3);
  expect(least(Float64Array.of(3, 0, 0, 0, -2, 0, 0, 0, 5), 0)).toBeCloseTo(-2, 14);
  expect(least(new Float64Array(9), 0)).toBe(0);
  expect(least(Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4), 0)).toBe(4);
});
