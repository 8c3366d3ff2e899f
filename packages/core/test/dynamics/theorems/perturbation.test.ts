import { beforeAll, describe, expect, test } from 'vitest';
import { heisenberg } from '../../../src/dynamics/finite/heisenberg.ts';
import { densityMatrix, independentInputs } from '../../../src/dynamics/finite/input-states.ts';
import { largestGap, limitOf } from '../../../src/dynamics/finite/limit-of-network.ts';
import { finiteFlow } from '../../../src/dynamics/finite/run.ts';
import { fullLimit, fullOutputs } from '../../../src/dynamics/limit/reference.ts';
import { followLimit } from '../../../src/dynamics/limit/run.ts';
import { powerLaw } from '../../../src/dynamics/regime/power-law.ts';
import { perturbationNorm } from '../../../src/dynamics/theorems/exponential-upper-bound.ts';
import { lemmaB2 } from '../../../src/dynamics/theorems/lemma-b-2.ts';
import { lemmaB3 } from '../../../src/dynamics/theorems/lemma-b-3.ts';
import { lemmaB4 } from '../../../src/dynamics/theorems/lemma-b-4.ts';
import type { Random } from '../../../src/random/random.ts';
import { difference, grid } from '../../helpers/numbers.ts';
import { problemOf } from '../finite/setting.ts';

const seed = 20_261_128;

/** Numbers of parameters, and of networks for each. */
const [counts, networks] = [[30, 120, 480], 18];
const times = grid(3, 0, 0.4);

/** What App. B bounds, for one network. Figures of the run are shares of its first residual. */
function measured(p: number, word: number) {
  const problem = problemOf([4, 2, p, 2], [seed, p, word]);
  const run = finiteFlow(problem, times);
  const { problem: limit, start } = limitOf(problem);
  const residual = Math.sqrt(2 * run.loss[0]);
  return {
    p,
    run,
    start: lemmaB2(problem.network, problem.theta0),
    angles: lemmaB3(problem.network, run),
    spread: lemmaB4(problem.network, run),
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
      expect(start.stated).toBeLessThan(start.cited);
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

test('the limit of a network is the d × d equation from its M(0), for any readout and inputs', () => {
  const overlapping = (draw: Random) => ({ inputs: independentInputs(6, 3, draw) });
  for (const inputs of [() => ({}), overlapping]) {
    const problem = problemOf([6, 3, 5, 1.3], [seed], inputs, [1, 0.2, -1]);
    const { network, labels, theta0 } = problem;
    const { problem: limit, start } = limitOf(problem);
    const M = heisenberg(network, theta0).readout;
    const states = [0, 1, 2].map((j) => densityMatrix(network.inputs, j));
    const wanted = fullLimit({ M, states, labels }, times, 1e-10).map((now) => [...fullOutputs(now, states)]);
    const { outputs, kernels } = followLimit(limit, start, times);
    expect(difference(outputs, wanted.flat())).toBeLessThan(1e-8);
    const run = finiteFlow(problem, Float64Array.of(0));
    expect(difference(kernels.subarray(0, 9), run.kernels[0].asymptotic)).toBeLessThan(1e-11);
  }
});
