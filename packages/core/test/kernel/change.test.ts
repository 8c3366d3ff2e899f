import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kernelChange } from '../../src/kernel/change.ts';
import { kernelBetween, minus } from '../helpers/brute-force.ts';
import { randomJacobian } from '../helpers/problems.ts';

const seed = 20271;

test(`the change of a kernel by its definition, few rows or few parameters, large and small, whole and by slabs (seed ${seed})`, () => {
  const size = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(size, size, size, fc.integer({ min: -9, max: 1 }), fc.nat(), (rows, columns, height, power, word) => {
      const before = randomJacobian(rows, columns, word, 0);
      const { J } = randomJacobian(rows, columns, word, 1);
      const after = { ...before, J: before.J.map((value, i) => value + 10 ** power * J[i]) };
      const K = kernelBetween(before, before);
      const expected = Math.hypot(...minus(kernelBetween(after, after), K)) / Math.hypot(...K);
      // The definition subtracts entries of K: it is itself no better than ε/change.
      for (const found of [kernelChange(before, after), kernelChange(before, after, rows, height)])
        expect(Math.abs((found as number) / expected - 1)).toBeLessThan(1e-12 + 1e-14 / expected);
    }),
    { seed },
  );
});

test('of the first rows only, and none where the kernel is 0', () => {
  const [a, b] = [0, 1].map((word) => randomJacobian(9, 3, seed, word));
  const top = (of: typeof a) => ({ ...of, rows: 5, J: of.J.slice(0, 15), f: of.f.slice(0, 5) });
  expect(kernelChange(a, b, 5)).toBe(kernelChange(top(a), top(b)));
  expect(kernelChange({ ...a, J: new Float64Array(27) }, b)).toBeNull();
});
