import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitProblem, orthonormalInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit } from '../../../src/dynamics/limit/run.ts';
import { haarState } from '../../../src/dynamics/limit/state.ts';
import { readoutOf } from '../../../src/dynamics/readout.ts';
import { closestOutputs, regimeOfSpectrum } from '../../../src/dynamics/regime/range.ts';
import { random } from '../../../src/random/random.ts';
import { grid } from '../../helpers/numbers.ts';

const balanced = (d: number, gamma: number) => [
  { value: gamma, dimension: d / 2 },
  { value: -gamma, dimension: d / 2 },
];

describe('the regime of orthonormal inputs', () => {
  test.each([
    [1.01, 'exponential'],
    [1, 'sublinear'],
    [0.99, 'stagnant'],
  ])('labels ±1, γ = %d: %s, for any dimension up to 2^50', (gamma, regime) => {
    for (const d of [8, 32, 2 ** 50]) {
      const found = regimeOfSpectrum([1, -1, 1, -1], balanced(d, gamma));
      expect(found.regime).toBe(regime);
      expect(found.enough!.above).toBeCloseTo(1 / gamma, 12);
    }
  });

  test('as many labels +1 as there are eigenvalues +γ are too many as soon as one more is', () => {
    // d = 6: three outputs can be 1 at once, a fourth drags on: 4 ≤ 3γ − γ asks for γ = 2.
    expect(regimeOfSpectrum([1, 1, 1], balanced(6, 1.5)).regime).toBe('exponential');
    expect(regimeOfSpectrum([1, 1, 1, 1], balanced(6, 1.5)).regime).toBe('stagnant');
    expect(regimeOfSpectrum([1, 1, 1, 1], balanced(6, 1.5)).enough!.above).toBeCloseTo(4 / 3, 12);
  });

  test('m = d: the labels have the sum of the trace or are out of reach at any scale', () => {
    expect(regimeOfSpectrum([1, -1, 1, -1], balanced(4, 2)).regime).toBe('exponential');
    expect(regimeOfSpectrum([1, -1, 1, 0], balanced(4, 2))).toEqual({ regime: 'stagnant', enough: null });
  });
});

/** All inequalities of Schur and Horn, over subsets instead of sorted sums. */
function possible(outputs: readonly number[], eigenvalues: readonly number[], slack: number): boolean {
  const sorted = [...eigenvalues].sort((a, b) => b - a);
  for (let subset = 1; subset < 2 ** outputs.length; subset++) {
    const chosen = outputs.filter((_, i) => (subset >> i) & 1);
    const sum = chosen.reduce((total, value) => total + value, 0);
    const size = chosen.length;
    const most = sorted.slice(0, size).reduce((total, value) => total + value, 0);
    const least = sorted.slice(sorted.length - size).reduce((total, value) => total + value, 0);
    if (sum > most + slack || sum < least - slack) return false;
  }
  return true;
}

test('the closest outputs are possible, and no possible ones are closer', () => {
  const level = fc.record({
    value: fc.double({ min: -2, max: 2, noNaN: true }),
    dimension: fc.integer({ min: 1, max: 3 }),
  });
  const label = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(level, { minLength: 2, maxLength: 4 }),
      fc.array(label, { minLength: 1, maxLength: 5 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }),
      (eigenspaces, labels, mixing) => {
        const eigenvalues = eigenspaces.flatMap(({ value, dimension }) => Array(dimension).fill(value) as number[]);
        fc.pre(labels.length <= eigenvalues.length);
        const x = [...closestOutputs(labels, eigenspaces)];
        expect(possible(x, eigenvalues, 1e-6)).toBe(true);
        // Optimal over a convex set: (y − x)·(z − x) ≤ 0 for every possible z; here mixtures of permuted eigenvalues.
        for (let turn = 0; turn < 12; turn++) {
          const order = eigenvalues.map((value, i) => ({ value, key: (mixing[turn] * 7919 * (i + 1)) % 1 }));
          const z = order.sort((a, b) => a.key - b.key).map(({ value }) => value);
          const along = labels.reduce((sum, y, i) => sum + (y - x[i]) * (z[i] - x[i]), 0);
          expect(along).toBeLessThan(1e-5);
        }
        if (possible(labels, eigenvalues, 0))
          expect(Math.hypot(...x.map((value, i) => value - labels[i]))).toBeLessThan(1e-5);
      },
    ),
    { seed: 43, numRuns: 200 },
  );
});

describe('labels out of reach', () => {
  // Problems in which an inequality is broken; a local minimum would keep some of the 21 starts above the least loss.
  const draw = random(20_261_121);
  const problems = Array.from({ length: 7 }, (_, k) => {
    const d = 4 + draw.integer(5);
    const m = 1 + draw.integer(d);
    const readout = k % 2 ? readoutOf(2 * d, [1, -1], 0.7) : readoutOf(3 * d, [1, 0.2, -0.8], 0.7);
    const labels = Float64Array.from({ length: 2 * m }, () => draw.uniform(-1.5, 1.5));
    labels[0] = 1.2;
    return { readout, labels };
  });

  test.each(problems)(
    'the limit ends at the nearest outputs, from any start: $labels.length inputs',
    ({ readout, labels }) => {
      const ends = closestOutputs(labels, readout.eigenspaces);
      const nearest = ends.reduce((sum, value, j) => sum + (labels[j] - value) ** 2, 0) / (2 * labels.length);
      expect(nearest).toBeGreaterThan(1e-4);
      const problem = limitProblem(readout, orthonormalInputs(labels.length), labels);
      for (const seed of [1, 2, 3]) {
        const { loss, outputs } = followLimit(problem, haarState(problem, random(seed)), grid(3, 0, 400));
        for (const value of loss) expect(value).toBeGreaterThan(nearest - 1e-8);
        expect(loss[2] - nearest).toBeLessThan(1e-3 * nearest);
        for (let j = 0; j < labels.length; j++) expect(outputs[2 * labels.length + j]).toBeCloseTo(ends[j], 1);
      }
    },
  );
});
