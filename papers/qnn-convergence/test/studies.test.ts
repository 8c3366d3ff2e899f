import { describe, expect, test } from 'vitest';
import { boundsOfRun } from '../src/studies/bounds.ts';
import { deviations } from '../src/studies/deviations.ts';
import { minimaConstants } from '../src/studies/minima.ts';
import { edgeExponent, limitRate, shapes, terminalRates } from '../src/studies/spectra.ts';

// A slice of each table of docs/convergence.md and docs/experiments.md, against the numbers that stand there.

test('deviations: ‖Δ(0)‖ falls as 1/√p, and Lemma B.2 bounds it with room to spare', () => {
  const { exponents, ratios } = deviations({ d: 4, m: 2, gamma: 2 }, [100, 400], 8);
  const { exponent, error } = exponents['Lemma B.2: ‖Δ(0)‖'];
  expect(error).toBeLessThan(0.05);
  expect(Math.abs(exponent + 0.5)).toBeLessThan(5 * (error as number));
  expect(ratios['bound/‖Δ(0)‖, Eq. 68']).toBeCloseTo(4, 0);
  expect(ratios['bound/‖Δ(0)‖, Eq. 71']).toBeCloseTo(3, 0);
});

describe('bounds', () => {
  test('γ = 1, p = 10: Theorem 4.2 fails, Theorem 3.2 is loose by hundreds', () => {
    const run = boundsOfRun({ d: 32, m: 4, gamma: 1, p: 10 }, 2.5, 0);
    expect(run.holds).toBe(false);
    expect(run.loss).toBeGreaterThan(0.13);
    expect(run.loss).toBeLessThan(0.23);
    expect(run.slope).toBeGreaterThan(415);
    expect(run.slope).toBeLessThan(915);
  });

  test('γ = 4, p = 40: Theorem 4.2 holds although its premise does not', () => {
    const run = boundsOfRun({ d: 32, m: 4, gamma: 4, p: 40 }, 0.25, 0);
    expect(run.holds).toBe(true);
    expect(run.loss).toBeLessThan(1e-2);
    expect(run.perturbation).toBeGreaterThan(0.1);
    expect(run.slope).toBeNull();
  });
});

test.each([
  ['directions', 32, 4, 2, 0.691, 0.46, 1.9],
  ['haar', 64, 4, 2, 0.917, 0.25, 1],
] as const)('minima: %s, d = %d, m = %d, γ = %d', (measure, d, m, gamma, share, constant, perRatio) => {
  const found = minimaConstants(measure, d, m, gamma);
  expect(found.share).toBeCloseTo(share, 3);
  expect(found.constant).toBeCloseTo(constant, 2);
  expect(found.perRatio).toBeCloseTo(perRatio, 1);
});

describe('spectra', () => {
  test.each([
    ['±1', 1.05, 0.372],
    ['1, 0, −1', 2, 1.93],
    ['1, 0 (six times), −1', 3, 1.12],
    ['33 eigenvalues', 1.5, 0.485],
  ])('%s at γ = %d: runs end with the closed form', (name, gamma, rate) => {
    const { values } = shapes.find((shape) => shape.name === name)!;
    expect(limitRate(values, gamma) / rate).toBeCloseTo(1, 2);
    for (const found of terminalRates(values, gamma, 2)) expect(found / rate).toBeCloseTo(1, 1);
  });

  test('at its edge the exponent is 2, except before a dense spectrum is resolved', () => {
    const of = (name: string, end: number) => edgeExponent(shapes.find((shape) => shape.name === name)!.values, end);
    expect(of('±1', 200)!.value).toBeCloseTo(2, 2);
    expect(of('1, 0, −1', 200)!.value).toBeCloseTo(2, 1);
    expect(of('33 eigenvalues', 20)!.value).toBeCloseTo(1.23, 2);
  });
});
