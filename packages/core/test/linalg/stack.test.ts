import { describe, expect, test } from 'vitest';
import { dot, multiplyVector, transposeMultiplyVector } from '../../src/linalg/matrix.ts';
import { fastStack, plainStack } from '../../src/linalg/wasm/stack.ts';
import { defaultMachine } from '../../src/wasm/machine.ts';
import { largest, randomMatrix } from './helpers.ts';

const seed = 2811;

/** Sums of n products in another order: each differs by at most n·ε of the sum of sizes, here of numbers of about 1. */
const tolerance = (n: number) => 8 * n * Number.EPSILON;

describe.each([
  [1, 1, 1],
  [1, 3, 7],
  [2, 4, 8],
  [3, 5, 9],
  [6, 50, 33],
  [2, 129, 64],
])('%i matrices of %i × %i and vectors', (count, m, n) => {
  const matrices = Array.from({ length: count }, (_, i) => randomMatrix(m, n, seed, m, n, i));
  const x = randomMatrix(1, n, seed, n);
  const rows = randomMatrix(1, count * m, seed, count, m);

  test('fast and plain agree, also where memory was used in between', () => {
    const [plain, fast] = [plainStack(matrices, m, n), fastStack(matrices, m, n)];
    for (const between of [
      () => {},
      () => fastStack([x], 1, n).times(x),
      () => defaultMachine.reserve(2 ** 24, String),
    ]) {
      between();
      const [products, sums] = [fast.times(x), fast.transposeTimes(rows)];
      expect(products).toHaveLength(count * m);
      expect(largest(plain.times(x).map((value, i) => value - products[i]!))).toBeLessThan(tolerance(n));
      expect(largest(plain.transposeTimes(rows).map((value, i) => value - sums[i]!))).toBeLessThan(
        tolerance(count * m),
      );
    }
  });

  test('a fit by both is that of the combined matrix', () => {
    const shares = randomMatrix(1, count, seed, count);
    const y = randomMatrix(1, m, seed, m);
    const combined = Float64Array.from({ length: m * n }, (_, k) =>
      matrices.reduce((sum, matrix, i) => sum + shares[i]! * matrix[k]!, 0),
    );
    const residual = multiplyVector(combined, x, m, n).map((value, i) => y[i]! - value);
    const product = transposeMultiplyVector(combined, residual, m, n);
    const size = 1 + largest(residual);
    for (const stack of [plainStack(matrices, m, n), fastStack(matrices, m, n)]) {
      const found = stack.fit(x, shares, y);
      expect(largest(found.residual.map((value, i) => value - residual[i]!))).toBeLessThan(tolerance(count * n));
      expect(largest(found.product.map((value, i) => value - product[i]!))).toBeLessThan(
        size * tolerance(count * m * n),
      );
      const images = stack.times(x);
      found.overlaps.forEach((overlap, i) => {
        expect(Math.abs(overlap - dot(images, i * m, residual, 0, m))).toBeLessThan(size * tolerance(count * m * n));
      });
    }
  });
});
