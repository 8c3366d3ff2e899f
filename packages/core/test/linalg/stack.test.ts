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

  test('many vectors at once, and products of all matrices', () => {
    for (const few of [1, Math.min(2, count), count]) {
      const vectors = randomMatrix(few, n, seed, few, n);
      for (const stack of [plainStack(matrices, m, n), fastStack(matrices, m, n)]) {
        const all = stack.timesEach(vectors);
        expect(all).toHaveLength(count * m * few);
        for (let j = 0; j < few; j++) {
          const one = stack.times(vectors.subarray(j * n, (j + 1) * n));
          expect(largest(one.map((value, i) => value - all[i * few + j]!))).toBeLessThan(tolerance(n));
        }
      }
    }
    for (const stack of [plainStack(matrices, m, n), fastStack(matrices, m, n)]) {
      const found = stack.products();
      matrices.forEach((a, i) => {
        matrices.forEach((b, j) => {
          const sum = a.reduce((soFar, value, k) => soFar + value * b[k]!, 0);
          expect(Math.abs(found[i * count + j]! - sum)).toBeLessThan(tolerance(m * n) * m);
        });
      });
    }
  });

  test.each([0, 1, count])('a fit by both, with %i columns beside them, is that of the combined matrix', (width) => {
    const shares = randomMatrix(1, count, seed, count);
    const y = randomMatrix(1, m, seed, m);
    const values = randomMatrix(m * count, width, seed, m, width);
    const all = Float64Array.of(...x, ...randomMatrix(1, width, seed, width));
    const beside = { values, x: all.subarray(n) };
    /** Matrix i with what stands beside it. */
    const wider = matrices.map((matrix, i) =>
      Float64Array.from({ length: m * (n + width) }, (_, k) => {
        const [row, column] = [Math.floor(k / (n + width)), k % (n + width)];
        return column < n ? matrix[row * n + column]! : values[(row * count + i) * width + column - n]!;
      }),
    );
    const combined = wider[0]!.map((_, k) => wider.reduce((sum, matrix, i) => sum + shares[i]! * matrix[k]!, 0));
    const residual = multiplyVector(combined, all, m, n + width).map((value, i) => y[i]! - value);
    const product = transposeMultiplyVector(combined, residual, m, n + width);
    const size = 1 + largest(residual);
    for (const stack of [plainStack(matrices, m, n), fastStack(matrices, m, n)]) {
      const found = stack.fit(x, shares, y, beside);
      expect(largest(found.residual.map((value, i) => value - residual[i]!))).toBeLessThan(
        tolerance(count * (n + width)),
      );
      expect(found.product).toHaveLength(n + width);
      expect(largest(found.product.map((value, i) => value - product[i]!))).toBeLessThan(
        size * tolerance(count * m * (n + width)),
      );
      found.overlaps.forEach((overlap, i) => {
        const image = multiplyVector(wider[i]!, all, m, n + width);
        expect(Math.abs(overlap - dot(image, 0, residual, 0, m))).toBeLessThan(size * tolerance(count * m * n));
      });
    }
  });
});

test('stacks that have matrices in common find them where they stand, in any order, and make room for others', () => {
  const [m, n] = [12, 50];
  const all = Array.from({ length: 30 }, (_, i) => randomMatrix(m, n, seed, i));
  const x = randomMatrix(1, n, seed, 1);
  const shares = randomMatrix(1, 20, seed, 2);
  const y = randomMatrix(1, m, seed, 3);
  const beside = { values: new Float64Array(0), x: new Float64Array(0) };
  const agree = (matrices: Float64Array[]) => {
    const [plain, fast] = [plainStack(matrices, m, n), fastStack(matrices, m, n)];
    const weights = shares.subarray(0, matrices.length);
    const [a, b] = [plain, fast].map((stack) => stack.fit(x, weights, y, beside));
    expect(largest(a!.product.map((value, i) => value - b!.product[i]!))).toBeLessThan(tolerance(2000));
    expect(largest(plain.times(x).map((value, i) => value - fast.times(x)[i]!))).toBeLessThan(tolerance(n));
    const products = fast.products();
    expect(largest(plain.products().map((value, i) => value - products[i]!))).toBeLessThan(tolerance(m * n));
  };
  for (let first = 0; first + 8 <= all.length; first += 3) agree(all.slice(first, first + 8));
  agree(all.slice(0, 8).reverse());
  agree([all[3]!, all[25]!, all[3]!, all[29]!]);
  agree(all.slice(5, 25));
  // Another shape of as many numbers, and back.
  const turned = all.slice(0, 8).map((matrix) => matrix.slice());
  expect(fastStack(turned, n, m).products()).toEqual(fastStack(turned, m, n).products());
  agree(all.slice(0, 8));
});
