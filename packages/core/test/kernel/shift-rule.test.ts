import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gates } from '../../src/circuit/gates.ts';
import { shiftRule } from '../../src/kernel/shift-rule.ts';
import { random } from '../../src/random/random.ts';
import { runs, seed } from '../helpers/numbers.ts';

/** A random f(a) = c + Σ A·cos(Ωa) + B·sin(Ωa) over all differences Ω of the spectrum, and its derivative. */
function polynomial(spectrum: readonly number[], words: number) {
  const draw = random(words);
  const parts = spectrum
    .flatMap((a) => spectrum.map((b) => a - b))
    .filter((omega) => omega > 0)
    .map((omega) => ({ omega, a: draw.uniform(-1, 1), b: draw.uniform(-1, 1) }));
  return {
    f: (at: number) =>
      parts.reduce((sum, { omega, a, b }) => sum + a * Math.cos(omega * at) + b * Math.sin(omega * at), 0.3),
    slope: (at: number) =>
      parts.reduce((sum, { omega, a, b }) => sum + omega * (b * Math.cos(omega * at) - a * Math.sin(omega * at)), 0),
  };
}

/** Error of the rule over what its own weights amplify rounding by. */
function expectExact(spectrum: readonly number[], words: number): void {
  const rule = shiftRule(spectrum);
  const { f, slope } = polynomial(spectrum, words);
  const amplification = rule.reduce((sum, { weight }) => sum + 2 * Math.abs(weight), 1);
  // The noise it makes of shots: a rule of the textbooks has the largest frequency here, no rule can have less.
  expect(amplification).toBeLessThan(40 * Math.max(1, spectrum[spectrum.length - 1] - spectrum[0]));
  for (const at of [-2, 0, 0.3, 5]) {
    const found = rule.reduce((sum, { shift, weight }) => sum + weight * (f(at + shift) - f(at - shift)), 0);
    expect(Math.abs(found - slope(at)), `at ${at}`).toBeLessThan(1e-13 * amplification * spectrum.length ** 2);
  }
}

test('two eigenvalues a distance 1 apart: half the difference at ±π/2', () => {
  expect(shiftRule([-0.5, 0.5])).toEqual([{ shift: Math.PI / 2, weight: expect.closeTo(0.5, 15) }]);
});

test('controlled rotations: the rule of four terms', () => {
  // (√2 ± 1)/(4√2) at π/2 and 3π/2 (Anselmetti et al. 2021).
  const [near, far] = shiftRule([-0.5, 0, 0.5]);
  expect([near.shift, far.shift]).toEqual([expect.closeTo(Math.PI / 2, 14), expect.closeTo((3 * Math.PI) / 2, 14)]);
  expect(near.weight).toBeCloseTo((Math.SQRT2 + 1) / (4 * Math.SQRT2), 14);
  expect(far.weight).toBeCloseTo(-(Math.SQRT2 - 1) / (4 * Math.SQRT2), 14);
});

test('one eigenvalue only: a phase, whose derivative is 0', () => expect(shiftRule([0.7])).toEqual([]));

describe('exact', () => {
  const tables = [...gates.values()].flatMap((gate) =>
    gate.kind === 'rotation' ? [[gate.name, gate.spectrum] as const] : [],
  );
  test.each(tables)('for %s', (_, spectrum) => expectExact(spectrum, 1));

  test.each([
    [[-1, 1]],
    [[0, 1, 2, 3]],
    [[-1.5, -0.5, 0.5, 1.5]],
    [[0, 1, 4]],
    // Frequencies 1, 4, 5: equal spacing over the lowest one's half period would give a singular system.
    [[0, 1, 5]],
    [[0, 1, 3, 7]],
    [[0, 0.3, 1]],
    [[-Math.SQRT2, 0.2, 1]],
    [[-2, -0.9, 0.4, 2.2]],
  ])('for %j', (spectrum) => expectExact(spectrum, 2));

  test(`for random spectra (seed ${seed})`, () => {
    const three = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    const law = fc.property(three, fc.nat(), ([a, b], words) => expectExact([0, a, a + b], words));
    fc.assert(law, { seed, numRuns: runs(100) });
  });
});
