import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Jacobian } from '../../src/kernel/jacobian.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { lossKinds } from '../../src/model/loss.ts';
import { flowSystem } from '../../src/predict/flow-system.ts';
import { descentLaw, flowLaw, limitLaw } from '../../src/predict/law.ts';
import {
  linearFromJacobian,
  linearFromKernel,
  linearTrajectory,
  lossAt,
  outputsAt,
  timeOfLoss,
} from '../../src/predict/linear.ts';
import { combined, kernelBetween, minus, outsideColumns, rk4, solved, times } from '../helpers/brute-force.ts';
import { dataOf, largestDifference, modelOf, randomJacobian, randomNumbers } from '../helpers/problems.ts';

const seed = 20261;

/** A random linear model of 4 training and 3 test rows with its kernels. */
function problem(word: number, columns = 9, rows = 4) {
  const train = randomJacobian(rows, columns, seed, word);
  const testPart = randomJacobian(3, columns, seed, word, 7);
  return {
    train,
    testPart,
    K: kernelBetween(train, train),
    Kx: kernelBetween(testPart, train),
    y: randomNumbers(rows, seed, word, 3),
  };
}

describe('a linear model against brute force', () => {
  test.each(lossKinds)(
    'flow: training and test rows follow df/dt = w·K·(y − f), integrated step by step (%s)',
    (loss) => {
      fc.assert(
        fc.property(fc.integer(), fc.double({ min: 0.01, max: 1.5, noNaN: true }), (word, t) => {
          const { train, testPart, K, Kx, y } = problem(word);
          const w = loss === 'mean' ? 1 / 4 : 1;
          const both = (f: Float64Array) => {
            const r = minus(y, f.subarray(0, 4)).map((value) => w * value);
            return Float64Array.of(...times(K, r), ...times(Kx, r));
          };
          const truth = rk4(both, Float64Array.of(...train.f, ...testPart.f), t, 3000);
          const found = outputsAt(linearFromJacobian(train, testPart, { y, loss, points: 4 }), flowLaw(t, w));
          expect(largestDifference([...found.train, ...found.test], truth)).toBeLessThan(1e-8);
        }),
        { seed, numRuns: 15 },
      );
    },
  );

  test.each(lossKinds)('descent: the same as so many steps r ← (1 − wηK)r, at rates up to the limit (%s)', (loss) => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.integer(), share, fc.integer({ min: 0, max: 50 }), (word, part, steps) => {
        const { train, testPart, K, Kx, y } = problem(word);
        const linear = linearFromJacobian(train, testPart, { y, loss, points: 4 });
        const [lambdaMax] = linear.spectrum.values;
        const rate = (part * 2) / (linear.weight * lambdaMax);
        let [f, fTest] = [train.f, testPart.f];
        for (let k = 0; k < steps; k++) {
          const r = minus(y, f);
          f = combined(f, linear.weight * rate, times(K, r));
          fTest = combined(fTest, linear.weight * rate, times(Kx, r));
        }
        const law = descentLaw(steps, rate, linear.weight, lambdaMax);
        const found = outputsAt(linear, law);
        expect(largestDifference(found.train, f)).toBeLessThan(1e-10);
        expect(largestDifference(found.test, fTest)).toBeLessThan(1e-10);
        const left = minus(y, f).reduce((sum, value) => sum + value * value, 0);
        expect(lossAt(linear, law)).toBeCloseTo((linear.weight / 2) * left, 10);
      }),
      { seed, numRuns: 60 },
    );
  });

  test('t = 0 is f₀', () => {
    const { train, testPart, y } = problem(1);
    const linear = linearFromJacobian(train, testPart, { y, loss: 'mean', points: 4 });
    expect(outputsAt(linear, flowLaw(0, linear.weight))).toEqual({ train: train.f, test: testPart.f });
    expect(outputsAt(linear, descentLaw(0, 0.01, linear.weight, 1))).toEqual({ train: train.f, test: testPart.f });
  });

  test('t = ∞ is kernel regression: K_x·K⁻¹(y − f₀) + f₀ by a direct solve', () => {
    fc.assert(
      fc.property(fc.integer(), (word) => {
        const { train, testPart, K, Kx, y } = problem(word, 30);
        const linear = linearFromJacobian(train, testPart, { y, loss: 'mean', points: 4 });
        const found = outputsAt(linear, limitLaw);
        const direct = combined(testPart.f, 1, times(Kx, solved(K, minus(y, train.f))));
        expect(largestDifference(found.train, y)).toBeLessThan(1e-12);
        expect(largestDifference(found.test, direct)).toBeLessThan(1e-10);
      }),
      { seed, numRuns: 30 },
    );
  });

  test("with f₀ = 0 it is Scala et al.'s Eq. 4, K_x·K⁻¹(1 − e^{−ηKt/m})y, the exponential by its series", () => {
    const { train, testPart, K, Kx, y } = problem(5, 30);
    const none = (jacobian: Jacobian) => ({ ...jacobian, f: jacobian.f.map(() => 0) });
    const linear = linearFromJacobian(none(train), none(testPart), { y, loss: 'mean', points: 4 });
    const t = 0.05;
    // (1 − e^{−A})y = −Σ (−A)ⁿy/n! with A = wtK.
    let term = y;
    let learned: Float64Array = y.map(() => 0);
    for (let n = 1; n < 60; n++) {
      term = times(K, term).map((value) => (-linear.weight * t * value) / n);
      learned = minus(learned, term);
    }
    const found = outputsAt(linear, flowLaw(t, linear.weight));
    expect(largestDifference(found.train, learned)).toBeLessThan(1e-12);
    expect(largestDifference(found.test, times(Kx, solved(K, learned)))).toBeLessThan(1e-10);
  });

  test('the Jacobian way and the kernel way are one where K is well conditioned', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 10, noNaN: true }), (word, t) => {
        const { train, testPart, K, Kx, y } = problem(word, 30);
        const data = { y, loss: 'mean', points: 4 } as const;
        const [a, b] = [
          linearFromJacobian(train, testPart, data),
          linearFromKernel(K, train.f, { K: Kx, f0: testPart.f }, data),
        ];
        for (const law of [flowLaw(t, a.weight), limitLaw]) {
          const [u, v] = [outputsAt(a, law), outputsAt(b, law)];
          expect(largestDifference(u.train, v.train)).toBeLessThan(1e-11);
          expect(largestDifference(u.test, v.test)).toBeLessThan(1e-11);
          expect(lossAt(a, law)).toBeCloseTo(lossAt(b, law), 12);
        }
        expect(largestDifference(a.spectrum.values, b.spectrum.values)).toBeLessThan(1e-11 * a.spectrum.values[0]);
      }),
      { seed, numRuns: 30 },
    );
  });

  test('mean and sum differ in the clock alone: t_sum = t_mean/m', () => {
    const { train, testPart, y } = problem(8);
    const [mean, sum] = lossKinds.map((loss) => linearFromJacobian(train, testPart, { y, loss, points: 4 }));
    for (const t of [0.01, 0.3, 2]) {
      const [a, b] = [outputsAt(mean, flowLaw(t, mean.weight)), outputsAt(sum, flowLaw(t / 4, sum.weight))];
      expect(largestDifference(a.train, b.train)).toBeLessThan(1e-14);
      expect(largestDifference(a.test, b.test)).toBeLessThan(1e-14);
      expect(lossAt(sum, flowLaw(t / 4, 1))).toBeCloseTo(4 * lossAt(mean, flowLaw(t, 1 / 4)), 13);
    }
    const target = lossAt(mean, flowLaw(0.7, mean.weight));
    expect(timeOfLoss(mean, target).t).toBeCloseTo(0.7, 7);
    expect(timeOfLoss(sum, 4 * target).t).toBeCloseTo(0.7 / 4, 7);
  });

  test('the trajectory is the outputs and losses at its times', () => {
    const { train, testPart, y } = problem(9);
    const linear = linearFromJacobian(train, testPart, { y, loss: 'sum', points: 4 });
    const run = linearTrajectory(linear, Float64Array.of(0, 0.1, 5));
    expect(run.clock).toBe('t');
    run.times.forEach((t, k) => {
      const at = outputsAt(linear, flowLaw(t, 1));
      expect(run.train.subarray(4 * k, 4 * k + 4)).toEqual(at.train);
      expect(run.test.subarray(3 * k, 3 * k + 3)).toEqual(at.test);
      expect(run.trainLoss[k]).toBeCloseTo(minus(y, at.train).reduce((sum, value) => sum + value * value, 0) / 2, 12);
    });
  });

  test('several outputs: points, not rows, are what the mean loss divides by', () => {
    const { train, y } = problem(10);
    const linear = linearFromJacobian(train, undefined, { y, loss: 'mean', points: 2 });
    expect(linear.weight).toBe(1 / 2);
    const start = minus(y, train.f).reduce((sum, value) => sum + value * value, 0) / 4;
    expect(lossAt(linear, flowLaw(0, linear.weight))).toBeCloseTo(start, 13);
    expect(outputsAt(linear, limitLaw).test.length).toBe(0);
  });
});

describe('singular kernels stay finite and name the residual of the frozen kernel', () => {
  const laws = (weight: number, lambda: number) => [
    flowLaw(0, weight),
    flowLaw(1, weight),
    flowLaw(1e30, weight),
    descentLaw(1000, lambda > 0 ? 1 / (weight * lambda) : 1, weight, lambda),
    limitLaw,
  ];
  function check(train: Jacobian, testPart: Jacobian, y: Float64Array, rank: number) {
    const outside = outsideColumns(train, minus(y, train.f));
    const residualMse = outside.reduce((sum, value) => sum + value * value, 0) / 2;
    const K = kernelBetween(train, train);
    const data = { y, loss: 'sum', points: y.length } as const;
    for (const linear of [
      linearFromJacobian(train, testPart, data),
      linearFromKernel(K, train.f, { K: kernelBetween(testPart, train), f0: testPart.f }, data),
    ]) {
      expect(linear.spectrum).toMatchObject({ rank, kappa: null });
      expect(linear.spectrum.kappaReason).toMatch(`rank ${rank} of ${y.length}`);
      expect(largestDifference(linear.nullResidual, outside)).toBeLessThan(1e-7);
      for (const law of laws(linear.weight, linear.spectrum.values[0])) {
        const { train: f, test: fTest } = outputsAt(linear, law);
        expect([...f, ...fTest].every(Number.isFinite)).toBe(true);
        expect(lossAt(linear, law)).toBeGreaterThanOrEqual(residualMse - 1e-9);
      }
      const end = outputsAt(linear, limitLaw);
      expect(lossAt(linear, limitLaw)).toBeCloseTo(residualMse, 10);
      // On test rows too the solution of least norm, by another's singular value decomposition.
      const least = rank === 0 ? train.f.map(() => 0) : solved(K, minus(y, train.f), true);
      if (rank > 0)
        expect(
          largestDifference(end.test, combined(testPart.f, 1, times(kernelBetween(testPart, train), least))),
        ).toBeLessThan(1e-6);
      else expect(end).toEqual({ train: train.f, test: testPart.f });
    }
    return residualMse;
  }

  test.each(['equal', 'contradictory'])('two equal points with %s labels', (labels) => {
    const { train, testPart, y } = problem(20, 12);
    train.J.copyWithin(12, 0, 12);
    train.f[1] = train.f[0];
    y[1] = labels === 'equal' ? y[0] : y[0] + 0.6;
    const residualMse = check(train, testPart, y, 3);
    // Contradictory labels leave half the square of half their difference at each of the two.
    expect(residualMse).toBeCloseTo(labels === 'equal' ? 0 : 0.3 ** 2, 12);
  });

  test('the same in a network, where both rows come out of the simulator', () => {
    const model = modelOf({ qubits: 3, layers: 3 });
    const theta0 = initialTheta(model, seed, 0);
    const data = dataOf([0.4, -1, 0.4, 0.9, 0.1], [0.5, 0.1, -0.1, 0.2, 0], [0, 1, 2]);
    const system = flowSystem(model, data, 'sum', theta0);
    const { J, f, columns } = system.jacobian(theta0);
    const part = (from: number, to: number): Jacobian => ({
      rows: to - from,
      columns,
      f: f.subarray(from, to),
      J: J.subarray(from * columns, to * columns),
    });
    const residualMse = check(part(0, 3), part(3, 5), system.y, 2);
    expect(residualMse).toBeCloseTo(0.3 ** 2, 12);
  });

  test('fewer parameters than points', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 3 }), (word, columns) => {
        const { train, testPart, y } = problem(word, columns, 5);
        expect(check(train, testPart, y, columns)).toBeGreaterThan(0);
      }),
      { seed, numRuns: 20 },
    );
  });

  test('a Jacobian of 0: nothing moves, and the residual of the frozen kernel is the loss itself', () => {
    const { train, testPart, y } = problem(21);
    const [a, b] = [train, testPart].map((jacobian) => ({ ...jacobian, J: jacobian.J.map(() => 0) }));
    check(a, b, y, 0);
    const linear = linearFromJacobian(a, b, { y, loss: 'sum', points: 4 });
    expect(timeOfLoss(linear, 1e-3)).toMatchObject({ t: null, reason: expect.stringMatching(/residual/) });
  });

  test('the Jacobian tells κ = 10²⁴ from a null space, the kernel cannot', () => {
    const J = Float64Array.of(1, 0, 0, 1e-12);
    const train = { rows: 2, columns: 2, J, f: new Float64Array(2) };
    const data = { y: Float64Array.of(1, 1), loss: 'sum', points: 2 } as const;
    const fine = linearFromJacobian(train, undefined, data);
    expect(fine.spectrum.kappa! / 1e24).toBeCloseTo(1, 12);
    expect(timeOfLoss(fine, 0.25).t! / (Math.log(Math.SQRT2) * 1e24)).toBeCloseTo(1, 6);
    expect(linearFromKernel(kernelBetween(train, train), train.f, undefined, data).spectrum.rank).toBe(1);
  });
});
