import { describe, expect, test } from 'vitest';
import { spectrumOfJacobian, spectrumOfKernel } from '../../src/kernel/spectrum.ts';
import { gram, multiply, transpose } from '../../src/linalg/matrix.ts';
import { svd } from '../../src/linalg/svd.ts';
import { difference } from '../helpers/numbers.ts';
import { orthonormalityError, randomMatrix } from '../linalg/helpers.ts';

/** J = U·diag(σ)·Vᵀ with orthonormal U (rows × k) and V (P × k). */
function built(rows: number, columns: number, sigma: readonly number[]): Float64Array {
  const k = sigma.length;
  const frame = (n: number, word: number) => svd(randomMatrix(n, k, word), n, k).u;
  const scaledU = frame(rows, 1).map((entry, at) => entry * sigma[at % k]);
  return multiply(scaledU, transpose(frame(columns, 2), columns, k), rows, k, columns);
}

describe('from a Jacobian', () => {
  test('eigenvalues are squared singular values, κ their quotient', () => {
    const found = spectrumOfJacobian(built(3, 5, [4, 2, 1]), 3, 5);
    expect(difference(found.values, [16, 4, 1])).toBeLessThan(1e-13);
    expect(found).toMatchObject({ order: 3, rank: 3, kappa: expect.closeTo(16, 12) });
    expect(found.kappaReason).toBeUndefined();
    // (max(3, 5)·ε·4)².
    expect(found.cutoff).toBeCloseTo((5 * Number.EPSILON * 4) ** 2, 40);
    expect(found.cutoff / (5 * Number.EPSILON * 4) ** 2).toBeCloseTo(1, 12);
  });

  test('modes and directions are orthonormal and carry J: Jᵀu = σv', () => {
    const J = built(6, 4, [3, 1, 1e-3]);
    const { modes, directions, rank, values } = spectrumOfJacobian(J, 6, 4);
    expect(rank).toBe(3);
    if (!directions) throw new Error('a Jacobian has directions');
    expect(orthonormalityError(modes, 6, 3)).toBeLessThan(1e-14);
    expect(orthonormalityError(directions, 4, 3)).toBeLessThan(1e-14);
    const found = multiply(transpose(J, 6, 4), modes, 4, 6, 3);
    const expected = directions.map((entry, at) => entry * Math.sqrt(values[at % 3]));
    expect(difference(found, expected)).toBeLessThan(1e-14);
  });

  test('duplicate rows cost rank', () => {
    const J = randomMatrix(3, 6, 3);
    const doubled = Float64Array.from([...J, ...J.subarray(0, 6)]);
    const found = spectrumOfJacobian(doubled, 4, 6);
    expect(found.rank).toBe(3);
    expect(found.kappa).toBeNull();
    expect(found.kappaReason).toBe('the kernel has rank 3 of 4, so that λmin is 0');
    expect(found.modes).toHaveLength(4 * 3);
    expect(found.values[3]).toBeLessThanOrEqual(found.cutoff);
  });

  test('fewer parameters than outputs', () => {
    const found = spectrumOfJacobian(built(5, 2, [2, 1]), 5, 2);
    expect(difference(found.values, [4, 1])).toBeLessThan(1e-14);
    expect(found).toMatchObject({ order: 5, rank: 2, kappa: null });
    expect(found.kappaReason).toBe('the kernel has rank 2 of 5, so that λmin is 0: fewer parameters (2) than outputs');
    expect(found.modes).toHaveLength(10);
    expect(found.directions).toHaveLength(4);
  });

  test('a Jacobian of zeros', () => {
    const found = spectrumOfJacobian(new Float64Array(12), 3, 4);
    expect([...found.values]).toEqual([0, 0, 0]);
    expect(found).toMatchObject({ rank: 0, cutoff: 0, kappa: null });
    expect(found.kappaReason).toBe('the kernel has rank 0 of 3, so that λmin is 0: the Jacobian is 0');
    expect(found.modes).toHaveLength(0);
  });

  test('κ says what makes the kernel singular, however many parameters there are', () => {
    const reason = (J: Float64Array, rows: number, columns: number) => spectrumOfJacobian(J, rows, columns).kappaReason;
    expect(reason(new Float64Array(6), 3, 2)).toMatch(/: the Jacobian is 0$/);
    expect(reason(built(5, 2, [2, 0]), 5, 2)).toMatch(
      /rank 1 of 5.*: fewer parameters \(2\) than outputs, and these are not independent$/,
    );
  });

  test('one point', () => {
    expect(spectrumOfJacobian(Float64Array.of(3, 4), 1, 2)).toMatchObject({ rank: 1, kappa: 1 });
  });

  test('κ is resolved to 1e25, where the eigenvalues of JJᵀ have stopped', () => {
    // Scaled columns of an orthonormal basis: J is graded, every entry is right to ε of itself.
    const sigma = [1, 1e-6, 10 ** -12.5];
    const basis = svd(randomMatrix(3, 3, 5), 3, 3).u;
    const J = basis.map((entry, at) => entry * sigma[at % 3]);
    const fromJ = spectrumOfJacobian(J, 3, 3);
    expect(fromJ.rank).toBe(3);
    expect((fromJ.kappa as number) / 1e25).toBeCloseTo(1, 10);
    const fromK = spectrumOfKernel(gram(J, 3, 3), 3);
    expect(fromK.rank).toBeLessThan(3);
    expect(fromK.kappa).toBeNull();
  });

  test.each([40, 120])('so it is where there are many points: %i, down to 1e-26.8', (n) => {
    const basis = svd(randomMatrix(n, n, 6), n, n).u;
    const sigma = Array.from({ length: n }, (_, j) => 10 ** ((-13.4 * j) / (n - 1)));
    const { rank, kappa, values } = spectrumOfJacobian(
      basis.map((entry, at) => entry * sigma[at % n]),
      n,
      n,
    );
    expect(rank).toBe(n);
    expect((kappa as number) / 10 ** 26.8).toBeCloseTo(1, 10);
    for (let j = 0; j < n; j++) expect(Math.abs(values[j] / sigma[j] ** 2 - 1)).toBeLessThan(1e-11);
  });

  test('beyond rounding there is no rank', () => {
    // λ at 1e-33 of the largest lies below (3ε)² = 4.4e-31.
    const basis = svd(randomMatrix(3, 3, 5), 3, 3).u;
    const J = basis.map((entry, at) => entry * [1, 0.1, 10 ** -16.5][at % 3]);
    expect(spectrumOfJacobian(J, 3, 3)).toMatchObject({ rank: 2, kappa: null });
  });
});

describe('from a kernel', () => {
  const J = built(4, 6, [4, 3, 2, 1]);

  test('the same as from the Jacobian where both see everything', () => {
    const fromJ = spectrumOfJacobian(J, 4, 6);
    const fromK = spectrumOfKernel(gram(J, 4, 6), 4);
    expect(difference(fromK.values, fromJ.values)).toBeLessThan(1e-13);
    expect(fromK).toMatchObject({ order: 4, rank: 4, kappa: expect.closeTo(16, 11) });
    expect(fromK.directions).toBeUndefined();
    expect(fromK.cutoff / (4 * Number.EPSILON * 16)).toBeCloseTo(1, 12);
    // Modes up to their sign.
    const overlap = multiply(transpose(fromJ.modes, 4, 4), fromK.modes, 4, 4, 4).map(Math.abs);
    expect(
      difference(
        overlap,
        Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 1 : 0)),
      ),
    ).toBeLessThan(1e-13);
  });

  test('a singular one says so; a negative eigenvalue is not learned', () => {
    expect(spectrumOfKernel(Float64Array.of(1, 1, 1, 1), 2)).toMatchObject({
      rank: 1,
      kappa: null,
      kappaReason: 'the kernel has rank 1 of 2, so that λmin is 0',
    });
    expect(spectrumOfKernel(Float64Array.of(1, 0, 0, -1), 2).rank).toBe(1);
    expect(spectrumOfKernel(new Float64Array(4), 2)).toMatchObject({ rank: 0, cutoff: 0, kappa: null });
    expect(spectrumOfKernel(Float64Array.of(-1), 1)).toMatchObject({ rank: 0, cutoff: 0, kappa: null });
  });

  test('one that is not symmetric is refused', () => {
    expect(() => spectrumOfKernel(Float64Array.of(1, 2, 3, 1), 2)).toThrow(
      'K[1, 0]: found 3, and 2 at [0, 1], expected a symmetric kernel',
    );
  });
});
