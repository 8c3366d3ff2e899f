import { describe, expect, test } from 'vitest';
import { meanKernel, terminalRate, tiltTo, timeToOutput } from '../../../src/dynamics/limit/closed-forms.ts';
import { limitProblem, orthonormalInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit, limitFollower } from '../../../src/dynamics/limit/run.ts';
import { haarState, projectionsOf } from '../../../src/dynamics/limit/state.ts';
import { meanOf, type Readout, readoutFrom, readoutOf, varianceOf } from '../../../src/dynamics/readout.ts';
import { symmetricEigen } from '../../../src/linalg/eigen.ts';
import { random } from '../../../src/random/random.ts';
import { grid } from '../../helpers/numbers.ts';
import { readoutOfShape, spectrumShapes } from './spectra.ts';

const seed = 31_415;

function problemOf(readout: Readout, labels: readonly number[]) {
  return limitProblem(readout, orthonormalInputs(labels.length), labels);
}

/** −d ln L/dt = 2rᵀKr/rᵀr at the end of a run. */
function rateAtEnd(run: ReturnType<typeof followLimit>, labels: readonly number[]): number {
  const m = labels.length;
  const last = run.times.length - 1;
  const r = labels.map((y, j) => y - run.outputs[last * m + j]);
  const K = run.kernels.subarray(last * m * m);
  const moved = r.map((_, i) => r.reduce((sum, rj, j) => sum + K[i * m + j] * rj, 0));
  return (2 * r.reduce((sum, ri, i) => sum + ri * moved[i], 0)) / r.reduce((sum, ri) => sum + ri * ri, 0);
}

describe('one sample, readout ±γ', () => {
  test.each([
    [1, 1],
    [1, -1],
    [2, 1],
    [2, 0.3],
    [1, -0.9],
    [0.5, 1],
    [1.5, -4],
  ])('γ = %d, y = %d: the engine is at each output at the time of the closed form', (gamma, y) => {
    const problem = problemOf(readoutOf(6, [1, -1], gamma), [y]);
    const run = followLimit(problem, haarState(problem, random(seed, 1)), grid(9, 0, 0.2), 1e-13);
    for (let k = 1; k < 9; k++) {
      const u = run.outputs[k];
      const speed = 2 * (gamma ** 2 - u ** 2) * Math.abs(y - u);
      // An output that is off by so much is at another time by that over its speed.
      expect(Math.abs(timeToOutput(u, y, gamma, run.outputs[0]) - run.times[k]) * speed).toBeLessThan(1e-11);
    }
  });

  test('γ = 1, y = 1 from 0: t = 1/(4(1−ŷ)) + ln((1+ŷ)/(1−ŷ))/8 − 1/4', () => {
    const u = 0.7;
    expect(timeToOutput(u, 1, 1)).toBeCloseTo(1 / (4 * (1 - u)) + Math.log((1 + u) / (1 - u)) / 8 - 1 / 4, 14);
  });

  test('says that an output is never reached', () => {
    for (const [output, y, gamma, start] of [
      [0.8, 0.5, 1, 0],
      [-0.1, 1, 1, 0],
      [1, 2, 1, 0],
      [0.5, 1, 1, 1],
    ])
      expect(() => timeToOutput(output, y, gamma, start)).toThrow(RangeError);
  });
});

describe('at d = 2^50 each of m samples is alone', () => {
  const d = 2 ** 50;

  test('outputs follow the closed form', () => {
    const labels = [1, -1, 0.4, 0];
    const problem = problemOf(readoutOf(d, [1, -1], 2), labels);
    const run = followLimit(problem, haarState(problem, random(seed, 2)), Float64Array.of(0, 0.05, 0.1));
    labels.slice(0, 3).forEach((y, j) => {
      // Starts and off-diagonal entries are of the order 1/√d = 3e-8.
      for (const k of [1, 2]) expect(timeToOutput(run.outputs[k * 4 + j], y, 2)).toBeCloseTo(run.times[k], 6);
    });
  });

  test('γ > 1: −d ln L/dt ends at 4(γ² − 1), λmin at 2(γ² − 1), K_asym changes by 1/γ²', () => {
    for (const gamma of [1.5, 2, 4]) {
      const labels = [1, -1, 1, -1];
      const problem = problemOf(readoutOf(d, [1, -1], gamma), labels);
      const run = followLimit(problem, haarState(problem, random(seed, 3)), grid(10, 0, 1 / (gamma ** 2 - 1)));
      expect(rateAtEnd(run, labels)).toBeCloseTo(4 * (gamma ** 2 - 1), 5);
      expect(run.lambdaMin[9]).toBeCloseTo(2 * (gamma ** 2 - 1), 5);
      expect(run.kernelChange).toBeCloseTo(1 / gamma ** 2, 5);
      expect(terminalRate(problem.readout, 1)).toBeCloseTo(4 * (gamma ** 2 - 1), 12);
    }
  });

  test('γ = 1: r goes to 1/(4t), L to 1/(32t²)', () => {
    const problem = problemOf(readoutOf(d), [1, -1]);
    const run = followLimit(problem, haarState(problem, random(seed, 4)), Float64Array.of(0, 1e3, 1e4));
    // The next term is ln(8t)/(8t) of it: −1/4 + ln(8t)/8 is added to t.
    for (const k of [1, 2]) expect(32 * run.times[k] ** 2 * run.loss[k]).toBeCloseTo(1, k === 1 ? 2 : 3);
    expect(terminalRate(problem.readout, 1)).toBe(0);
  });

  test('γ < 1: outputs end at γ, residuals of 1 − γ are left', () => {
    const problem = problemOf(readoutOf(d, [1, -1], 0.6), [1, -1]);
    const run = followLimit(problem, haarState(problem, random(seed, 5)), Float64Array.of(0, 30));
    expect(run.outputs[2]).toBeCloseTo(0.6, 9);
    expect(run.loss[1]).toBeCloseTo(0.4 ** 2 / 2, 9);
    expect(run.lambdaMin[1]).toBeLessThan(1e-9);
    expect(terminalRate(problem.readout, 1)).toBe(0);
  });

  test('any spectrum: −d ln L/dt ends at four times the variance of the tilted spectrum', () => {
    const readouts = [
      readoutFrom([
        { value: 1.5, dimension: 2 ** 40 },
        { value: 0, dimension: 5 * 2 ** 40 },
        { value: -1, dimension: 2 ** 41 },
      ]),
      readoutOf(5 * 2 ** 40, [2, 1, 0, -1, -2]),
    ];
    for (const readout of readouts) {
      const labels = [0.9, 0.9];
      const problem = problemOf(readout, labels);
      const run = followLimit(
        problem,
        haarState(problem, random(seed, 6)),
        Float64Array.of(0, 36 / terminalRate(readout, 0.9)),
      );
      expect(rateAtEnd(run, labels)).toBeCloseTo(terminalRate(readout, 0.9), 5);
      const tilt = tiltTo(readout, run.outputs[2]);
      projectionsOf(problem, run.end).forEach((projection, k) => {
        expect(projection[0]).toBeCloseTo(tilt?.probabilities[k] as number, 6);
      });
    }
  });
});

test('one sample of any spectrum and any dimension moves along p_k ∝ p_k(0)·e^{2λ_k s}', () => {
  const problem = problemOf(readoutOf(8, [1, 0.3, -0.2, -1], 2), [0.7]);
  const start = haarState(problem, random(seed, 7));
  const { end } = followLimit(problem, start, Float64Array.of(1), 1e-13);
  const [before, after] = [start, end].map((state) => projectionsOf(problem, state).map((P) => P[0]));
  const values = problem.readout.eigenspaces.map(({ value }) => value);
  const grown = after.map((p, k) => Math.log(p / before[k]));
  const s = (grown[0] - grown[3]) / (2 * (values[0] - values[3]));
  for (const k of [1, 2]) expect(grown[k] - grown[0]).toBeCloseTo(2 * s * (values[k] - values[0]), 11);
  expect(Math.abs(s)).toBeGreaterThan(0.05);
});

describe('how the shape of the spectrum sets the rate', () => {
  const labels = [-0.9, -0.4, 0, 0.4, 0.9];

  test('of equal range, two values are fastest (Bhatia and Davis 2000)', () => {
    for (const shape of spectrumShapes) {
      const readout = readoutOfShape(shape, 'range', 1.2);
      const [top, bottom] = [readout.eigenspaces[0].value, readout.eigenspaces[readout.eigenspaces.length - 1].value];
      expect(top - bottom).toBeCloseTo(2.4, 12);
      for (const y of labels.filter((label) => label > bottom)) {
        const most = 4 * (top - y) * (y - bottom);
        expect(terminalRate(readout, y)).toBeLessThan(most * (1 + 1e-12));
        if (readout.eigenspaces.length === 2) expect(terminalRate(readout, y)).toBeCloseTo(most, 11);
      }
    }
  });

  test('of equal tr M², two values are slowest beside the symmetric shapes', () => {
    for (const shape of spectrumShapes) {
      const readout = readoutOfShape(shape, 'deviation', 1.2);
      expect(Math.abs(meanOf(readout))).toBeLessThan(1e-14);
      expect(varianceOf(readout)).toBeCloseTo(1.44, 12);
      if (shape === 'projector' || shape === 'pauli') continue;
      for (const y of labels)
        expect(terminalRate(readout, y)).toBeGreaterThan(4 * (1.44 - y * y) * (y === 0 ? 1 - 1e-12 : 1.001));
    }
  });

  test.each(spectrumShapes)('%s: the engine ends with that rate', (shape) => {
    const readout = readoutOfShape(shape, 'deviation', 1.2);
    const y = 0.4;
    const problem = problemOf(readout, [y, y]);
    const run = followLimit(
      problem,
      haarState(problem, random(seed, 9)),
      Float64Array.of(0, 30 / terminalRate(readout, y)),
    );
    // Starts are of the order 1/√d away from the mean, d from 2e6 on; their mean is over a tilted law.
    expect(Math.abs(rateAtEnd(run, [y, y]) / terminalRate(readout, y) - 1)).toBeLessThan(
      10 / Math.sqrt(readout.dimension),
    );
  });
});

describe('tilted spectra', () => {
  test('have the mean asked for; the edge and what is outside have none', () => {
    const readout = readoutOf(12, [3, 1, 0, -2]);
    for (const y of [-1.999, -1, 0.5, 1, 2.9, 2.999999]) {
      const tilt = tiltTo(readout, y);
      const mean = tilt?.probabilities.reduce((sum, p, k) => sum + p * readout.eigenspaces[k].value, 0);
      expect(mean).toBeCloseTo(y, 12);
    }
    for (const y of [3, -2, 4]) expect(tiltTo(readout, y)).toBeUndefined();
  });

  test('of ±γ have the mean γ·tanh(2γs)', () => {
    for (const s of [-0.7, 0.2, 1.5])
      expect(tiltTo(readoutOf(4, [1, -1], 1.3), 1.3 * Math.tanh(2.6 * s))?.s).toBeCloseTo(s, 12);
  });

  test('of two values have the variance (λ₀ − y)(y − λ₁), whatever the dimensions', () => {
    const readout = readoutFrom([
      { value: 2, dimension: 1 },
      { value: -1, dimension: 1e6 },
    ]);
    for (const y of [-0.999, 0, 1.9]) expect(terminalRate(readout, y)).toBeCloseTo(4 * (2 - y) * (y + 1), 11);
  });

  test('of the sum of n Pauli operators have the variance (γ² − y²)/n', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const n = 10;
    const eigenspaces = Array.from({ length: n + 1 }, (_, k) => ({
      value: 2 * (1 - (2 * k) / n),
      dimension: choose(n, k),
    }));
    for (const y of [0, 0.5, 1, 1.8])
      expect(terminalRate(readoutFrom(eigenspaces), y)).toBeCloseTo((4 * (4 - y * y)) / n, 11);
  });
});

test.each([
  ['two eigenvalues', readoutOf(8, [1, -1], 2), 4],
  ['two, as many inputs as dimensions', readoutOf(4, [1, -1], 1), 4],
  ['three eigenvalues, not traceless', readoutOf(9, [1, 0, -0.2], 3), 3],
])('the mean of K_asym over starts: %s', (_, readout, m) => {
  const problem = problemOf(
    readout,
    Array.from({ length: m }, () => 0),
  );
  const follow = limitFollower(problem);
  const draw = random(seed, 8);
  const count = 4000;
  const sums = new Float64Array(m * m);
  const squares = new Float64Array(m * m);
  for (let k = 0; k < count; k++) {
    const { kernels } = follow(haarState(problem, draw), new Float64Array(1));
    kernels.forEach((entry, i) => {
      sums[i] += entry / count;
      squares[i] += entry ** 2 / count;
    });
  }
  const { least, most } = meanKernel(readout, m);
  const diagonal = (least + (m - 1) * most) / m;
  const beside = (least - most) / m;
  sums.forEach((mean, i) => {
    const error = Math.sqrt((squares[i] - mean ** 2) / count);
    // Five standard errors: 6e-7 for each of at most 16 entries.
    expect(Math.abs(mean - (i % (m + 1) === 0 ? diagonal : beside))).toBeLessThan(5 * error);
  });
  const { values } = symmetricEigen(sums, m);
  expect(values[m - 1] / readout.eigenspaces[0].value ** 2).toBeCloseTo(least / readout.eigenspaces[0].value ** 2, 1);
});

test('the mean kernel of a balanced readout: λmin = 2γ²d(d − m)/(d² − 1), κ = d/(d − m)', () => {
  const { least, most } = meanKernel(readoutOf(32, [1, -1], 2), 4);
  expect(least).toBeCloseTo((8 * 32 * 28) / (32 ** 2 - 1), 12);
  expect(most / least).toBeCloseTo(32 / 28, 12);
  expect(meanKernel(readoutOf(2 ** 50, [1, -1], 1), 16).least).toBeCloseTo(2, 12);
});
