import { expect, test } from 'vitest';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import { range } from '../helpers/problems.ts';

const seed = 20281;

test(`a unitary: its rows are orthonormal to rounding (seed ${seed})`, () => {
  for (const n of [1, 2, 3, 8, 31]) {
    const U = haarUnitary(n, random(seed, n));
    for (const r of range(n))
      for (const s of range(r + 1)) {
        let [re, im] = [0, 0];
        for (const c of range(n)) {
          const [a, b] = [2 * (r * n + c), 2 * (s * n + c)];
          re += U[a] * U[b] + U[a + 1] * U[b + 1];
          im += U[a + 1] * U[b] - U[a] * U[b + 1];
        }
        expect(Math.hypot(re - (r === s ? 1 : 0), im)).toBeLessThan(n * 4e-16);
      }
  }
});

test(`of the Haar measure: moments of entries and of the trace (seed ${seed})`, () => {
  const [n, runs] = [3, 20_000];
  const means = { second: 0, fourth: 0, cross: 0, trace: 0 };
  const draw = random(seed);
  for (let run = 0; run < runs; run++) {
    const U = haarUnitary(n, draw);
    const part = (r: number, c: number, which: 0 | 1) => U[2 * (r * n + c) + which];
    const square = (r: number, c: number) => part(r, c, 0) ** 2 + part(r, c, 1) ** 2;
    const trace = (which: 0 | 1) => range(n).reduce((sum, k) => sum + part(k, k, which), 0);
    means.second += square(2, 2) / runs;
    means.fourth += square(2, 2) ** 2 / runs;
    means.cross += (square(0, 0) * square(2, 2)) / runs;
    // Phases that are not Haar's, such as those of a real diagonal, show here: E (tr U)² = 0.
    means.trace += (trace(0) ** 2 - trace(1) ** 2) / runs;
  }
  // None of what is averaged has a variance above 2, that of E|tr U|⁴: five standard errors.
  const tolerance = 5 * Math.sqrt(2 / runs);
  expect(Math.abs(means.second - 1 / n)).toBeLessThan(tolerance);
  expect(Math.abs(means.fourth - 2 / (n * (n + 1)))).toBeLessThan(tolerance);
  expect(Math.abs(means.cross - 1 / (n * n - 1))).toBeLessThan(tolerance);
  expect(Math.abs(means.trace)).toBeLessThan(tolerance);
});
