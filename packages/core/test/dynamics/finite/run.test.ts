import { describe, expect, test } from 'vitest';
import { independentInputs, mixedInputs } from '../../../src/dynamics/finite/input-states.ts';
import { extremes } from '../../../src/dynamics/finite/kernel-parts.ts';
import { generalNetwork } from '../../../src/dynamics/finite/network.ts';
import { type FiniteRun, finiteDescent, finiteFlow } from '../../../src/dynamics/finite/run.ts';
import { readoutFrom } from '../../../src/dynamics/readout.ts';
import { norm } from '../../../src/linalg/matrix.ts';
import { haarUnitary } from '../../../src/random/haar.ts';
import { random } from '../../../src/random/random.ts';
import { difference, grid } from '../../helpers/numbers.ts';
import { problemOf } from './setting.ts';

const seed = 20_261_123;

/** Residual at record k. */
const residualOf = ({ labels, outputs }: FiniteRun, k: number) =>
  labels.map((label, j) => label - outputs[k * labels.length + j]);

/** A network with different generators, a mixed input and three eigenvalues. */
function unusual() {
  const draw = random(seed, 1);
  const d = 4;
  const half = Float64Array.from({ length: 32 }, (_, i) => (i === 0 || i === 10 ? 0.5 : 0));
  const pure = Float64Array.from({ length: 32 }, (_, i) => (i === 30 ? 1 : 0));
  const network = generalNetwork({
    inputs: mixedInputs([half, pure]),
    readout: readoutFrom([
      { value: 2, dimension: 1 },
      { value: 0.5, dimension: 2 },
      { value: -1, dimension: 1 },
    ]),
    unitaries: Array.from({ length: 13 }, () => haarUnitary(d, draw)),
    generators: Array.from({ length: 12 }, (_, l) => Float64Array.of(1 + l, -1, -l, 0).map((value) => value / 4)),
  });
  const theta0 = Float64Array.from({ length: 12 }, () => draw.uniform(0, 6));
  return { network, labels: Float64Array.of(0.7, -0.4), theta0 };
}

describe('a run', () => {
  test('of descent at ever smaller rates is the flow', () => {
    const problem = problemOf([6, 2, 8, 1.5], [seed]);
    const flow = finiteFlow(problem, grid(5, 0, 0.1));
    // Equal end times: half the rate, twice the steps.
    const off = [200, 400].map((steps) => {
      const rate = (0.4 * 2) / problem.network.strength / steps;
      const run = finiteDescent(problem, rate, Int32Array.of(0, steps / 4, steps / 2, (3 * steps) / 4, steps));
      run.times.forEach((t, k) => {
        expect(t).toBeCloseTo(0.1 * k, 12);
      });
      return run.loss[4] - flow.loss[4];
    });
    expect(flow.loss[4]).toBeLessThan(0.5 * flow.loss[0]);
    // Euler's error is first order: its extrapolation to no step at all has an error of second order.
    expect(Math.abs(off[0])).toBeGreaterThan(1e-4 * flow.loss[4]);
    expect(Math.abs(2 * off[1] - off[0])).toBeLessThan(1e-2 * Math.abs(off[0]));
  });

  test.each([
    ['periodic', () => problemOf([6, 2, 30, 1.5], [seed, 2])],
    [
      'overlapping inputs',
      () =>
        problemOf([5, 3, 20, 1], [seed, 3], (draw) => ({ inputs: independentInputs(5, 3, draw) }), [1, 0.5, 0, 0, -1]),
    ],
    ['different generators, mixed inputs, three eigenvalues', unusual],
  ])('moves its residual by dr/dt = −K·r: %s', (_, make) => {
    const problem = make();
    const h = 1e-4;
    const run = finiteFlow(problem, Float64Array.of(0, 0.2 - h, 0.2, 0.2 + h), 1e-11);
    const m = problem.labels.length;
    const r = residualOf(run, 2);
    const wanted = r.map((__, i) => -r.reduce((sum, value, j) => sum + run.kernels[2].kernel[i * m + j] * value, 0));
    const found = residualOf(run, 3).map((value, i) => (value - residualOf(run, 1)[i]) / (2 * h));
    expect(difference(found, wanted)).toBeLessThan(1e-5 * norm(wanted));
    expect(run.loss[2]).toBeCloseTo(norm(r) ** 2 / (2 * m), 12);
  });

  test('records what it says: changes, least eigenvalues, angles', () => {
    const problem = problemOf([8, 3, 40, 2], [seed, 4]);
    const run = finiteFlow(problem, grid(4, 0, 0.2));
    run.kernels.forEach(({ kernel, asymptotic }, k) => {
      const away = (now: Float64Array, then: Float64Array) => norm(now.map((value, i) => value - then[i])) / norm(then);
      expect(run.kernelChange[k]).toBeCloseTo(away(kernel, run.kernels[0].kernel), 12);
      expect(run.asymptoticChange[k]).toBeCloseTo(away(asymptotic, run.kernels[0].asymptotic), 12);
      expect(run.lambdaMin[k]).toBeCloseTo(extremes(asymptotic).least, 12);
    });
    expect(run.kernelChange[3]).toBeGreaterThan(0.01);
    expect(run.parameters[0]).toEqual(problem.theta0);
    const again = finiteFlow({ ...problem, theta0: run.parameters[3] }, Float64Array.of(0));
    expect(difference(again.outputs, run.outputs.subarray(9))).toBeLessThan(1e-12);
  });
});

describe('gradient descent', () => {
  const problem = problemOf([6, 2, 20, 1.5], [seed, 5]);
  const { kernel } = finiteFlow(problem, Float64Array.of(0)).kernels[0];
  const limit = 4 / (extremes(kernel).largest * problem.network.strength);

  test('is refused at 2m/λmax, which the message names', () => {
    const run = (rate: number) => () => finiteDescent(problem, rate, Int32Array.of(0, 3));
    expect(run(limit * 1.001)).toThrow(`expected less than ${limit.toPrecision(3)}, the limit 2m/λmax at the start`);
    expect(run(limit * 0.999)).not.toThrow();
    for (const rate of [0, -1, Number.NaN, Infinity]) expect(run(rate)).toThrow(/expected a finite number above 0/);
  });

  test('takes the steps it is told, one gradient each', () => {
    const run = finiteDescent(problem, limit / 50, Int32Array.of(0, 10, 100));
    expect(run.evaluations).toBe(100);
    expect(run.loss.length).toBe(3);
    expect(run.loss[2]).toBeLessThan(run.loss[1]);
    // Recording does not change the way.
    expect(finiteDescent(problem, limit / 50, Int32Array.of(100)).parameters[0]).toEqual(run.parameters[2]);
  });

  test('labels and angles are one an input and one a parameter', () => {
    expect(() => finiteFlow({ ...problem, labels: Float64Array.of(1) }, grid(2, 0, 1))).toThrow(/found 1 .*expected 2/);
    expect(() => finiteFlow({ ...problem, labels: Float64Array.of(1, Number.NaN) }, grid(2, 0, 1))).toThrow(/finite/);
    expect(() => finiteFlow({ ...problem, theta0: new Float64Array(3) }, grid(2, 0, 1))).toThrow(/expected p = 20/);
  });
});
