import { finiteSeed, finiteSetting, runSync } from '@qntk/core';
import { describe, expect, test } from 'vitest';
import { lemmaKind } from '../src/kinds/lemmas.ts';
import { limitKind } from '../src/kinds/limit.ts';
import { minimaKind } from '../src/kinds/minima.ts';
import { networkKind } from '../src/kinds/network.ts';
import { crossing, digits, meanText } from '../src/numbers.ts';
import { startsChecked } from '../src/one-sample.ts';
import { steepestOneQubit } from '../src/theorem-3-2.ts';

describe('network', () => {
  const spec = { d: 8, m: 2, p: 12, gamma: 1, steps: 400, descent: true, beyond: 10 } as const;
  const { descent, flow, slopes } = runSync(networkKind.seedRun(spec)(3));

  test('is the network of qntk dynamics finite with the same seed', () => {
    const setting = finiteSetting({ d: 8, m: 2, p: 12, gamma: 1, steps: 400 });
    const { run } = runSync(
      finiteSeed({ ...setting, training: { method: 'descent', steps: 400, rate: 1e-3 / 12 } })(3),
    );
    expect(descent!.loss.at(-1)).toBeCloseTo(run.loss, 12);
  });

  test('descent and flow are seen at the same times, the flow ten times further', () => {
    expect(descent!.times).toHaveLength(101);
    expect(flow.times.slice(0, 101)).toEqual([...descent!.times]);
    expect(descent!.times.at(-1)).toBeCloseTo((400 * 1e-3) / 2, 12);
    expect(flow.times.at(-1)! / descent!.times.at(-1)!).toBeCloseTo(10, 10);
    expect(descent!.loss.at(-1)! / flow.loss[100]!).toBeCloseTo(1, 2);
  });

  test('Theorem 3.2 is about γ = 1', () => {
    expect(slopes!.stated / slopes!.proof).toBeCloseTo(12 / (8 * Math.SQRT2), 12);
    expect(flow.needed).toBeLessThan(slopes!.limit * 2);
    expect(runSync(networkKind.seedRun({ ...spec, gamma: 2, steps: 10 })(3)).slopes).toBeNull();
  });
});

test('limit: −d ln L/dt is never below 2C₀, and equal seeds start alike whatever γ', () => {
  const spec = { d: 64, m: 4, labels: 'random', time: 4, curves: true } as const;
  const [a, b] = [2, 4].map((gamma) => runSync(limitKind.seedRun({ ...spec, gamma })(11)));
  for (const run of [a!, b!]) {
    expect(run.rateShare).toBeGreaterThan(1 - 1e-9);
    expect(run.lambda.least).toBe(Math.min(...run.curves!.lambdaMin));
  }
  expect(b!.lambda.start / a!.lambda.start).toBeCloseTo(4, 10);
});

test('minima: Eq. 113 is off with R and exact with R ∘ R; of two directions in many dimensions all have a minimum', () => {
  const found = runSync(minimaKind.seedRun({ d: 512, m: 2, gamma: 2, measure: 'directions', samples: 20 })(1));
  expect(found.lambda).toHaveLength(20);
  expect(found.entryError.corrected).toBeLessThan(1e-12);
  expect(found.entryError.printed).toBeGreaterThan(1e-4);
  expect(found.existing).toBe(1);
});

test('lemmas: the identities hold to rounding, and angles move twice as fast as Eq. 75 says', () => {
  const found = runSync(lemmaKind.seedRun({ d: 4, m: 2, p: 30, gamma: 2 })(5));
  expect(found.identities.kernel).toBeLessThan(1e-11);
  expect(found.identities.perturbation).toBeLessThan(1e-11);
  expect(found.angleSpeed).toBeCloseTo(2, 5);
  expect(found.start.deviation).toBeLessThan(found.start.stated);
});

test('Corollary 4.3 holds from √(3γ² + 1)/2 on and no further; Theorem 3.2 needs 8√2', () => {
  for (const gamma of [1.1, 2, 5]) {
    const { seen, exact, failing } = startsChecked(gamma);
    // A thousand starts between −γ and 1.
    expect(Math.abs(seen - exact)).toBeLessThan((2 * (1 + gamma)) / 1000);
    expect(failing).toBeGreaterThan(0);
  }
  expect(steepestOneQubit()).toBeLessThanOrEqual(8 * Math.SQRT2);
  expect(steepestOneQubit() / (8 * Math.SQRT2)).toBeCloseTo(1, 5);
});

test('numbers in words', () => {
  expect(digits(0.012345)).toBe('0.0123');
  expect(digits(-1.5e-7)).toBe('−1.5·10^−7');
  expect(meanText({ mean: 0.18239, error: 0.0065, count: 10 })).toBe('0.1824 ± 0.0065');
  expect(meanText({ mean: 1, error: 0, count: 3 })).toBe('1');
  expect(crossing([0, 1, 2], [1, 0.1, 0.01], 0.03162277)).toBeCloseTo(1.5, 5);
  expect(crossing([0, 1], [1, 0.5], 0.1)).toBeNull();
});
