import { finiteFlow, followLimit, largestGap, limitOf, perturbationNorm, powerLaw } from '@qntk/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { angleDrift } from '../src/lemmas/angle-drift.ts';
import { generatorSpread } from '../src/lemmas/generator-spread.ts';
import { startDeviation } from '../src/lemmas/start-deviation.ts';
import { problemOf } from '../src/problem.ts';

const seed = 20_261_128;

/** Numbers of parameters, and of networks for each. */
const [counts, networks] = [[30, 120, 480], 18];
const times = Float64Array.of(0, 0.4, 0.8);

/** What App. B bounds, for one network. Changes along the run are shares of its first residual. */
function measured(p: number, word: number) {
  const problem = problemOf({ d: 4, m: 2, p, gamma: 2 }, [seed, p, word]);
  const run = finiteFlow(problem, times);
  const { problem: limit, start } = limitOf(problem);
  const residual = Math.sqrt(2 * run.loss[0]);
  return {
    p,
    run,
    start: startDeviation(problem.network, problem.theta0),
    angles: angleDrift(problem.network, run),
    spread: generatorSpread(problem.network, run),
    perturbation: perturbationNorm(run),
    gap: largestGap(run.outputs, followLimit(limit, start, times).outputs, 2) / residual,
    residual,
  };
}

describe('as p grows', () => {
  let all: ReturnType<typeof measured>[] = [];
  beforeAll(() => {
    all = counts.flatMap((p) => Array.from({ length: networks }, (_, word) => measured(p, word)));
  }, 60_000);

  // A slope of 54 points is five standard errors off once in some 200 000 tests.
  test.each<[string, number, (one: ReturnType<typeof measured>) => number]>([
    ['Lemma B.2: ‖Δ(0)‖', -0.5, ({ start }) => start.deviation],
    ['Lemma B.4: ‖Δ(t)‖', -0.5, ({ spread }) => spread.deviation[2]],
    ['Lemma B.4: ‖Y(t) − Y(0)‖', -0.5, ({ spread }) => spread.change[2]],
    ['Lemma B.3: the largest |θ(t) − θ(0)|', -1, ({ angles, residual }) => angles.largest[2] / residual],
    ['Lemma B.3: ‖θ(t) − θ(0)‖', -0.5, ({ angles, residual }) => angles.norm[2] / residual],
    ['‖K_pert‖', -0.5, ({ perturbation }) => perturbation],
    ['the gap to the limit', -0.5, ({ gap }) => gap],
  ])('%s falls as p^%d', (_, exponent, figure) => {
    const fit = powerLaw(
      all.map(({ p }) => p),
      all.map(figure),
    );
    // Five of them are less than what an exponent of 0, or one twice as large, is away.
    expect(fit.error).toBeLessThan(0.1);
    expect(Math.abs(fit.exponent - exponent)).toBeLessThan(5 * (fit.error as number));
  });

  test('Lemma B.2 bounds ‖Δ(0)‖', () => {
    for (const { start } of all) {
      expect(start.deviation).toBeLessThan(start.proof);
      expect(start.proof).toBeLessThan(start.stated);
      expect(start.stated).toBeLessThan(start.repaired);
      expect(start.repaired).toBeLessThan(start.cited);
    }
  });

  test('Lemma B.3 bounds angles, with operator norms too', () => {
    for (const { angles, p } of all)
      times.forEach((_, k) => {
        expect(angles.largest[k]).toBeLessThanOrEqual(angles.sharper[k]);
        expect(angles.norm[k]).toBeLessThanOrEqual(Math.sqrt(p) * angles.sharper[k]);
        // ‖H‖_F‖M‖_F = d·‖H‖‖M‖ of two-valued ones.
        expect(angles.corrected[k]).toBeCloseTo(4 * angles.sharper[k], 10);
        expect(angles.stated[k]).toBe(angles.corrected[k] / 2);
      });
  });

  test('C₃ of Lemma B.4 is the largest √p·‖Y(t) − Y(0)‖/t', () => {
    for (const { spread, p } of all) {
      expect(spread.change[0]).toBe(0);
      const shares = [1, 2].map((k) => (Math.sqrt(p) * spread.change[k]) / times[k]);
      expect(spread.constant).toBeCloseTo(Math.max(...shares), 12);
    }
  });
});
