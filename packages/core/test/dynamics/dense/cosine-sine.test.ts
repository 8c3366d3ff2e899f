import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cosineSines } from '../../../src/dynamics/dense/cosine-sine.ts';
import { adjoint, type Complex, identity, largestDifference, order, product } from '../../../src/linalg/complex.ts';
import { haarUnitary } from '../../../src/random/haar.ts';
import { random } from '../../../src/random/random.ts';

const seed = 2009;

/** A ⊕ B. */
function sum([a, b]: readonly [Complex, Complex]): Complex {
  const n = order(a);
  const result = new Float64Array(8 * n * n);
  for (let r = 0; r < n; r++) {
    result.set(a.subarray(2 * r * n, 2 * (r + 1) * n), 4 * r * n);
    result.set(b.subarray(2 * r * n, 2 * (r + 1) * n), 4 * (n + r) * n + 2 * n);
  }
  return result;
}

/** [[c, −s], [s, c]] on each pair of levels. */
function rotations(n: number, angles: Float64Array, shift: number, count: number): Complex {
  const result = identity(2 * n);
  const set = (r: number, c: number, value: number) => {
    result[2 * (r * 2 * n + c)] = value;
  };
  for (let i = 0; i < count; i++) {
    const [c, s] = angles.subarray(2 * i);
    set(i + shift, i + shift, c);
    set(i + shift, n + i, -s);
    set(n + i, i + shift, s);
    set(n + i, n + i, c);
  }
  return result;
}

function expectDecomposition(u: Complex): void {
  const n = order(u) / 2;
  const [, { left, right, theta, phi }] = cosineSines(2, (l) => [identity(2 * n), u][l], n);
  const [p, q] = [adjoint(sum(left)), sum(right)];
  const rotated = product(rotations(n, theta, 0, n), rotations(n, phi, 1, n - 1));
  expect(largestDifference(product(product(p, rotated), q), u)).toBeLessThan(1e-14 * (n + 4));
  for (const v of [p, q])
    expect(largestDifference(product(v, adjoint(v)), identity(2 * n))).toBeLessThan(1e-14 * (n + 4));
}

test('a unitary is rotations between unitaries of its blocks', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (n, word) => {
      expectDecomposition(haarUnitary(2 * n, random(seed, word)));
    }),
    { seed, numRuns: 60 },
  );
});

test('also where blocks do not mix, or do nothing but exchange', () => {
  const n = 4;
  const swapped = identity(2 * n).map((_, at) => {
    const [r, c] = [Math.floor(at / 4 / n), Math.floor(at / 2) % (2 * n)];
    return at % 2 === 0 && (r + n) % (2 * n) === c ? 1 : 0;
  });
  const draw = random(seed, 1);
  const blocks = sum([haarUnitary(n, draw), haarUnitary(n, draw)]);
  for (const u of [identity(2 * n), swapped, blocks, product(swapped, blocks)]) expectDecomposition(u);
});
