import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { multiplyTransposed, norm } from '../../src/linalg/matrix.ts';
import { svd } from '../../src/linalg/svd.ts';
import { type TruncatedSvd, truncatedSvd } from '../../src/linalg/wasm/gram-svd.ts';
import { orthonormalityError, randomMatrix } from './helpers.ts';

const seed = 20261126;
const cutoff = 200 * Number.EPSILON;

/** U·diag(σ)·Vᵀ with random orthonormal U (rows × k) and V (cols × k). */
function built(rows: number, cols: number, sigma: readonly number[], word: number): Float64Array {
  const k = sigma.length;
  const frame = (n: number, which: number) => svd(randomMatrix(n, k, seed, word, which), n, k).u;
  const weighted = frame(rows, 1).map((entry, at) => entry * sigma[at % k]);
  return multiplyTransposed(weighted, frame(cols, 2), rows, k, cols);
}

function checked(a: Float64Array, rows: number, cols: number): TruncatedSvd {
  const given = a.slice();
  const found = truncatedSvd(a, rows, cols, cutoff);
  expect(a).toEqual(given);
  if (!found) throw new Error('nothing was found');
  const { s, rank, u, v } = found;
  expect([u.length, s.length, v.length]).toEqual([rows * rank, Math.min(rows, cols), cols * rank]);
  expect(orthonormalityError(u, rows, rank)).toBeLessThan(1e-13);
  expect(orthonormalityError(v, cols, rank)).toBeLessThan(1e-13);
  for (let i = 1; i < s.length; i++) expect(s[i]).toBeLessThanOrEqual(s[i - 1]);
  const weighted = u.map((entry, at) => entry * s[at % rank]);
  const rebuilt = multiplyTransposed(weighted, v, rows, rank, cols);
  expect(norm(rebuilt.map((entry, at) => entry - a[at]))).toBeLessThan(1e-13 * norm(a));
  return found;
}

describe('singular values above a cut-off, by eigenvectors of the Gram matrix and rotations', () => {
  test.each([
    ['square', 70, 70],
    ['wide', 40, 150],
    ['tall', 150, 40],
    ['very tall', 3000, 33],
    ['a row', 1, 9],
    ['a column', 9, 1],
  ])('%s: rebuilds A, with ten digits of every value down to 1e-4 of the largest', (_, rows, cols) => {
    const k = Math.min(rows, cols);
    const sigma = Array.from({ length: k }, (_, i) => 3 * 10 ** ((-3.9 * i) / k));
    const { s, rank } = checked(built(rows, cols, sigma, 1), rows, cols);
    expect(rank).toBe(k);
    for (let i = 0; i < k; i++) expect(Math.abs(s[i] / sigma[i] - 1)).toBeLessThan(2e-11);
  });

  test.each([
    [12, 300, 64],
    [40, 300, 64],
    [9, 70, 90],
  ])(
    '%d rows that repeat, %d in all, of %d columns: as many values as there are different rows',
    (different, rows, cols) => {
      const few = randomMatrix(different, cols, seed, different);
      const a = Float64Array.from({ length: rows * cols }, (_, at) => {
        const row = Math.floor(at / cols) % different;
        return few[row * cols + (at % cols)];
      });
      expect(checked(a, rows, cols).rank).toBe(different);
    },
  );

  test('values that occur often, and a null space', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(1, 0.5, 0.5 + 1e-12, 1e-3, 0), { minLength: 2, maxLength: 60 }),
        fc.constantFrom(0, 7, 80),
        fc.nat(),
        (values, extra, word) => {
          const sigma = [1, ...values].sort((x, y) => y - x);
          const k = sigma.length;
          const { s, rank } = checked(built(k + extra, k, sigma, word), k + extra, k);
          expect(rank).toBe(sigma.filter((value) => value > 0).length);
          for (let i = 0; i < k; i++) expect(Math.abs(s[i] - sigma[i])).toBeLessThan(2e-14);
        },
      ),
      { seed, numRuns: 40 },
    );
  });

  test('entries of any size', () => {
    const a = built(40, 50, Array(40).fill(0.5), 3);
    for (const unit of [1e-300, 1e-150, 1e150, 1e300]) {
      const { s } = truncatedSvd(
        a.map((entry) => entry * unit),
        40,
        50,
        cutoff,
      ) as TruncatedSvd;
      expect(s[39] / unit).toBeCloseTo(0.5, 13);
    }
  });

  test('zero has rank 0', () => {
    expect(truncatedSvd(new Float64Array(12), 3, 4, cutoff)).toMatchObject({ rank: 0, s: new Float64Array(3) });
  });

  test('a value between the cut-off and 1e-4 is left to the routine that finds its digits', () => {
    expect(truncatedSvd(built(40, 50, [...Array(39).fill(1), 1e-5], 4), 40, 50, cutoff)).toBeUndefined();
    expect(truncatedSvd(built(40, 50, [...Array(39).fill(1), 1e-12], 4), 40, 50, cutoff)).toBeUndefined();
  });
});
