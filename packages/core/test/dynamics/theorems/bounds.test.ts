import { describe, expect, test } from 'vitest';
import { densityMatrix, mixedInputs, orthogonalInputs, pureInputs } from '../../../src/dynamics/finite/input-states.ts';
import { generalNetwork } from '../../../src/dynamics/finite/network.ts';
import { finiteFlow } from '../../../src/dynamics/finite/run.ts';
import { limitProblem, orthonormalInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit } from '../../../src/dynamics/limit/run.ts';
import { haarState } from '../../../src/dynamics/limit/state.ts';
import { readoutFrom, readoutOf } from '../../../src/dynamics/readout.ts';
import { exponentialUpperBound, perturbationNorm } from '../../../src/dynamics/theorems/exponential-upper-bound.ts';
import { oneSampleRate } from '../../../src/dynamics/theorems/one-sample-rate.ts';
import { decayRates } from '../../../src/dynamics/theorems/rates.ts';
import {
  sublinearLowerBound,
  sublinearSlopeOfLimit,
  sublinearSlopes,
} from '../../../src/dynamics/theorems/sublinear-lower-bound.ts';
import { random } from '../../../src/random/random.ts';
import { difference, grid } from '../../helpers/numbers.ts';
import { problemOf } from '../finite/setting.ts';

const seed = 20_261_126;

/** One qubit, H = Z between Hadamards: ŷ = cos 2θ, the label 1. */
function qubit(theta: number) {
  const h = Math.SQRT1_2;
  const hadamard = Float64Array.of(h, 0, h, 0, h, 0, -h, 0);
  const inputs = pureInputs(2, Float64Array.of(1, 0, 0, 0));
  const unitaries = [hadamard, hadamard];
  const network = generalNetwork({ inputs, readout: readoutOf(2), unitaries, generators: [Float64Array.of(1, -1)] });
  return { network, labels: Float64Array.of(1), theta0: Float64Array.of(theta) };
}

/** A run of the limit and its decay rates. */
function limitRun(d: number, labels: readonly number[], gamma: number, times: Float64Array, words: readonly number[]) {
  const m = labels.length;
  const problem = limitProblem(readoutOf(d, [1, -1], gamma), orthonormalInputs(m), labels);
  const run = followLimit(problem, haarState(problem, random(...words)), times);
  const kernels = Array.from(times, (_, k) => run.kernels.subarray(k * m * m, (k + 1) * m * m));
  return { ...run, rates: decayRates(problem.labels, run.outputs, kernels) };
}

describe('Theorem 3.2', () => {
  test.each([2, 5, 40])('holds with both constants at p = %i, and with half the needed one it does not', (p) => {
    const problem = problemOf([6, 2, p, 1], [seed, p]);
    const run = finiteFlow(problem, grid(41, 0, 0.25));
    const slopes = sublinearSlopes(problem.network, problem.labels);
    expect(slopes.stated / slopes.proof).toBeCloseTo(12 / (8 * Math.SQRT2), 12);
    for (const c1 of [slopes.stated, slopes.proof]) {
      const { holds, bound, needed } = sublinearLowerBound(run, c1);
      expect(holds).toBe(true);
      run.loss.forEach((value, k) => {
        expect(value).toBeGreaterThanOrEqual(bound[k] * (1 - 1e-6));
      });
      expect(sublinearLowerBound(run, needed / 2).holds).toBe(false);
    }
  });

  test('8√2 is the best constant: a qubit with one parameter comes to it', () => {
    // L^(−1/2) = 1/(√2·sin²θ) grows by 8√2·η·cos²θ.
    const problem = qubit(0.1);
    const run = finiteFlow(problem, grid(5, 0, 1), 1e-11);
    const { proof } = sublinearSlopes(problem.network, problem.labels);
    // η = m/(pZ) = 3/2 and ‖H‖ = 1.
    expect(proof).toBeCloseTo(12 * Math.SQRT2, 12);
    const { needed, holds } = sublinearLowerBound(run, proof);
    expect(holds).toBe(true);
    expect(needed / proof).toBeGreaterThan(Math.cos(0.1) ** 2);
    expect(needed / proof).toBeLessThan(1);
  });

  test('in the limit 4√2·m does, and for one sample comes to be needed', () => {
    for (const m of [1, 2, 4]) {
      const labels = Array.from({ length: m }, (_, j) => (j % 2 === 0 ? 1 : -1));
      const run = limitRun(16, labels, 1, grid(41, 0, 2), [seed, 3, m]);
      const { holds, needed } = sublinearLowerBound(run, sublinearSlopeOfLimit(m));
      expect(holds).toBe(true);
      expect(needed).toBeLessThan(sublinearSlopeOfLimit(m));
      if (m === 1) expect(needed / sublinearSlopeOfLimit(1)).toBeGreaterThan(0.95);
    }
  });

  test('is refused where it says nothing', () => {
    const { network, labels } = problemOf([4, 2, 3, 2], [seed]);
    expect(() => sublinearSlopes(network, labels)).toThrow(
      /found the eigenvalue 2, expected eigenvalues within \[-1, 1\]/,
    );
    const paulis = problemOf([4, 2, 3, 1], [seed]);
    expect(() => sublinearSlopes(paulis.network, Float64Array.of(1, 0.5))).toThrow(/labels: found 0.5/);
  });

  test.each(Array.from({ length: 12 }, (_, word) => word))(
    'holds for mixed inputs and any eigenvalues within ±1, %i',
    (word) => {
      const draw = random(seed, 7, word);
      const d = 3 + (word % 3);
      // Mixtures of a pure state and the identity, the first nearly pure.
      const share = [0.98, 0.5];
      const matrices = share.map((pure) => {
        const rho = densityMatrix(orthogonalInputs(d, 1, draw), 0);
        return rho.map((value, i) => pure * value + (i % (2 * d + 2) === 0 ? (1 - pure) / d : 0));
      });
      const eigenspaces = Array.from({ length: d }, (_, k) => ({
        value: k === 0 ? 1 : draw.uniform(-1, 1),
        dimension: 1,
      }));
      const more = () => ({ inputs: mixedInputs(matrices), readout: readoutFrom(eigenspaces) });
      const { network, theta0 } = problemOf(
        [d, 2, 1 + word, 1],
        [seed, 8, word],
        more,
        eigenspaces.map(({ value }) => value),
      );
      const labels = Float64Array.of(1, -1);
      const run = finiteFlow({ network, labels, theta0 }, grid(21, 0, 0.5));
      expect(sublinearLowerBound(run, sublinearSlopes(network, labels).proof).holds).toBe(true);
    },
  );
});

describe('Theorem 4.2', () => {
  test('holds in the limit with 2·C₀ even, and not with more than the least rate', () => {
    const run = limitRun(32, [1, 1, -1, -1], 2, grid(31, 0, 0.1), [seed, 4]);
    const { constant, holds, limitRate } = exponentialUpperBound(run);
    expect(constant).toBe(Math.min(...run.lambdaMin));
    expect(holds).toBe(true);
    const rates = run.rates.map((rate) => rate as number);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(limitRate);
    expect(
      exponentialUpperBound({ ...run, lambdaMin: new Float64Array(31).fill(2.1 * Math.max(...rates)) }).holds,
    ).toBe(false);
  });

  test('a finite network decays no slower than 2(C₀ − ‖K_pert‖), and its rates are those of the curve', () => {
    const problem = problemOf([8, 2, 400, 2], [seed, 5]);
    const run = finiteFlow(problem, grid(201, 0, 0.004));
    const rates = decayRates(
      problem.labels,
      run.outputs,
      run.kernels.map(({ kernel }) => kernel),
    ) as number[];
    const { constant, holds } = exponentialUpperBound(run);
    expect(holds).toBe(true);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(2 * (constant - perturbationNorm(run)));
    for (let k = 1; k < 200; k += 40) {
      const slope = Math.log(run.loss[k - 1] / run.loss[k + 1]) / 0.008;
      expect(slope / rates[k]).toBeCloseTo(1, 3);
    }
  });
});

describe('Corollary 4.3', () => {
  test.each([1.2, 2, 8])('the rate is 4(γ² − ŷ²), twice what C plots against, γ = %d', (gamma) => {
    const run = limitRun(10, [1], gamma, grid(41, 0, 0.1 / gamma ** 2), [seed, 6]);
    const { predicted, slope, holds, inside } = oneSampleRate(run, gamma, 1);
    expect(difference(predicted, run.rates as number[])).toBeLessThan(1e-8 * gamma ** 2);
    expect(slope).toBeCloseTo(2, 8);
    if (inside) {
      expect(holds).toBe(true);
      // The least rate is four times the corollary's.
      expect(Math.min(...predicted)).toBeGreaterThanOrEqual(4 * (gamma ** 2 - 1));
    }
  });

  /** dŷ/dt = 2(γ² − ŷ²)(y − ŷ) by Euler's method with steps that do not matter here. */
  function oneSample(gamma: number, label: number, start: number, step: number) {
    const times = grid(101, 0, step);
    const outputs = new Float64Array(101).fill(start);
    for (let k = 1; k < 101; k++) {
      let f = outputs[k - 1];
      for (let n = 0; n < 100; n++) f += (step / 100) * 2 * (gamma ** 2 - f ** 2) * (label - f);
      outputs[k] = f;
    }
    const loss = outputs.map((f) => (label - f) ** 2 / 2);
    const rates = Array.from(outputs, (f) => 4 * (gamma ** 2 - f ** 2));
    return { times, loss, outputs, rates };
  }

  test('ŷ(0) < 1 is not enough: a start near −γ fulfils it and is slower than the bound', () => {
    const run = oneSample(2, 1, -1.999, 0.01);
    const { holds, inside } = oneSampleRate(run, 2, 1);
    expect(run.outputs[0]).toBeLessThan(1);
    expect(inside).toBe(false);
    expect(holds).toBe(false);
  });

  test.each(
    [1.1, 2, 5].flatMap((gamma) => [1, -1].flatMap((label) => [1, -1].map((side) => [gamma, label, side] as const))),
  )('|ŷ(0)| ≤ √(3γ² + 1)/2 is the condition, beyond |ŷ(0)| ≤ 1: γ = %d, y = %d, side %d', (gamma, label, side) => {
    const edge = Math.sqrt(3 * gamma ** 2 + 1) / 2;
    expect(edge).toBeGreaterThan(1);
    const verdict = (start: number, step: number) =>
      oneSampleRate(oneSample(gamma, label, side * start, step / gamma ** 2), gamma, label);
    // To where the bound is e^−5, and closely at the start, where a violation shows.
    for (const step of [0.05, 1e-4]) {
      const within = verdict(edge - 0.002, step);
      expect([within.condition, within.holds, within.inside]).toEqual([true, true, false]);
    }
    const beyond = verdict(edge + 0.002, 1e-4);
    expect([beyond.condition, beyond.holds]).toEqual([false, false]);
  });

  test('is refused at γ = 1 and for other labels', () => {
    const run = limitRun(4, [1], 2, grid(3, 0, 0.1), [seed]);
    expect(() => oneSampleRate(run, 1, 1)).toThrow(/gamma: found 1, expected a number above 1/);
    expect(() => oneSampleRate(run, 2, 0.5)).toThrow(/found 0.5, expected 1 or -1/);
  });
});
