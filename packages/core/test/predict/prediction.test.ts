import { describe, expect, test } from 'vitest';
import { lossKinds } from '../../src/model/loss.ts';
import { linearFromJacobian, linearFromKernel, negativeEigenvalue } from '../../src/predict/linear.ts';
import { predict } from '../../src/predict/prediction.ts';
import { kernelBetween, minus, times } from '../helpers/brute-force.ts';
import { largestDifference, randomJacobian, randomNumbers } from '../helpers/problems.ts';

const seed = 20263;
const rows = 5;

/** Labels and a linear model with so many parameters: fewer than rows leave a null space. */
function problem(columns: number, loss: (typeof lossKinds)[number] = 'mean') {
  const train = randomJacobian(rows, columns, seed, 0);
  const test = randomJacobian(3, columns, seed, 1);
  const y = randomNumbers(rows, seed, 2);
  return { train, test, y, linear: linearFromJacobian(train, test, { y, loss, points: rows }) };
}

describe('a prediction', () => {
  test.each(lossKinds)('is gradient descent of the frozen network, step by step, at its default rate (%s)', (loss) => {
    const { train, test, y, linear } = problem(9, loss);
    const weight = loss === 'mean' ? 1 / rows : 1;
    const { rate, forecasts } = predict(linear, y, { steps: [0, 1, 6] });
    // η = 1/(wλmax), half of 2/(wλmax).
    expect(rate).toEqual({ value: rate.limit! / 2, limit: 2 / (weight * linear.spectrum.values[0]), given: false });
    const [K, Kx] = [kernelBetween(train, train), kernelBetween(test, train)];
    let [f, fx] = [train.f, test.f];
    for (let step = 0; step <= 6; step++) {
      const forecast = forecasts.find(({ steps }) => steps === step);
      if (forecast) {
        expect(largestDifference([...forecast.train, ...forecast.test], [...f, ...fx])).toBeLessThan(1e-12);
        const squares = minus(y, f).reduce((sum, value) => sum + value ** 2, 0);
        expect(forecast.trainMse).toBeCloseTo(squares / rows, 12);
        expect(forecast.trainLoss).toBeCloseTo((weight * squares) / 2, 12);
      }
      const r = minus(y, f).map((value) => rate.value * weight * value);
      [f, fx] = [f.map((value, i) => value + times(K, r)[i]), fx.map((value, i) => value + times(Kx, r)[i])];
    }
  });

  test('without steps is t = ∞: what is left is the residual of the frozen kernel', () => {
    const { y, linear } = problem(2);
    const { forecasts, frozen } = predict(linear, y);
    expect(forecasts).toHaveLength(1);
    expect(forecasts[0].steps).toBeNull();
    expect(frozen.residualMse).toBeGreaterThan(0.01);
    expect(forecasts[0].trainMse).toBeCloseTo(frozen.residualMse, 12);
    // The mean loss has a ½ that the error has not.
    expect(frozen.residualLoss).toBeCloseTo(frozen.residualMse / 2, 12);
  });

  test('of a kernel that is 0 has no largest rate and goes nowhere', () => {
    const y = Float64Array.of(1, 2);
    const linear = linearFromKernel(new Float64Array(4), Float64Array.of(3, 4), undefined, {
      y,
      loss: 'mean',
      points: 2,
    });
    expect(predict(linear, y, { rate: 7, steps: [100] })).toMatchObject({
      rate: { value: 7, limit: null, given: true },
      forecasts: [{ train: Float64Array.of(3, 4), trainMse: 4 }],
    });
    expect(predict(linear, y).rate).toEqual({ value: 1, limit: null, given: false });
  });

  test('refuses labels that do not fit and rates that diverge', () => {
    const { y, linear } = problem(9);
    expect(() => predict(linear, y.subarray(1))).toThrow('y: found 4 numbers, expected 5');
    const { limit } = predict(linear, y).rate;
    expect(() => predict(linear, y, { rate: 1.01 * limit!, steps: [1] })).toThrow('the limit 2/(wλmax)');
  });
});

describe('a matrix that is no kernel', () => {
  const data = { y: Float64Array.of(0, 0), loss: 'mean', points: 2 } as const;
  const model = (least: number) =>
    linearFromKernel(Float64Array.of(1, 0, 0, least), new Float64Array(2), undefined, data);

  test('is refused where an eigenvalue is clearly below 0', () => {
    expect(() => model(-1e-5)).toThrow('K: found the least eigenvalue -0.0000100000, expected a positive semidefinite');
  });

  test('by rounding is taken, and the eigenvalue told where double precision does not explain it', () => {
    expect(negativeEigenvalue(model(-1e-7).spectrum)).toBe(-1e-7);
    expect(negativeEigenvalue(model(-1e-15).spectrum)).toBeNull();
    expect(negativeEigenvalue(model(0.5).spectrum)).toBeNull();
  });
});
