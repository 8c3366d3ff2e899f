import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lossKinds, lossWeight } from '../../src/model/loss.ts';
import { descentLaw, flowLaw, limitLaw, rateLimit } from '../../src/predict/law.ts';
import {
  type LinearModel,
  learnedModes,
  linearFromJacobian,
  lossAt,
  residualLoss,
  timeOfLoss,
} from '../../src/predict/linear.ts';
import { randomJacobian, randomNumbers } from '../helpers/problems.ts';

const seed = 20260;
const logarithmic = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true }).map((x) => 10 ** x);

describe('laws', () => {
  test('the flow learns 1 − e^{−wλt}, and as λ → 0 the share over λ tends to wt', () => {
    fc.assert(
      fc.property(logarithmic(-3, 2), logarithmic(-3, 2), fc.constantFrom(1, 0.1), (lambda, t, weight) => {
        const law = flowLaw(t, weight);
        expect(law.gain(lambda)).toBeCloseTo(1 - Math.exp(-weight * lambda * t), 14);
        expect(law.gainOverLambda(lambda) * lambda).toBeCloseTo(law.gain(lambda), 14);
        for (const tiny of [1e-20, 1e-100, 1e-305, 5e-324, 0])
          expect(law.gainOverLambda(tiny) / (weight * t)).toBeCloseTo(1, 12);
      }),
      { seed, numRuns: 200 },
    );
  });

  test('descent multiplies each residual by 1 − wηλ a step, below and above wηλ = 1', () => {
    const step = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(step, fc.integer({ min: 0, max: 60 }), logarithmic(-3, 3), (x, steps, lambda) => {
        const weight = 0.25;
        const law = descentLaw(steps, x / (weight * lambda), weight, lambda / 1.0000001);
        let left = 1;
        for (let k = 0; k < steps; k++) left *= 1 - x;
        expect(law.gain(lambda)).toBeCloseTo(1 - left, 10);
        expect(law.gainOverLambda(lambda) * lambda).toBeCloseTo(1 - left, 10);
        for (const tiny of [1e-30, 1e-310, 0])
          expect(law.gainOverLambda(tiny)).toBeCloseTo(
            (steps * x) / lambda,
            12 - Math.ceil(Math.log10(1 + (steps * x) / lambda)),
          );
      }),
      { seed, numRuns: 200 },
    );
  });

  test('many steps at a small rate keep their digits: 10¹² steps of 10⁻¹² are e⁻¹', () =>
    expect(descentLaw(1e12, 1e-12, 1, 1).gain(1)).toBeCloseTo(1 - Math.exp(-1), 11));

  test('at the limit the first mode alternates and neither grows nor shrinks', () => {
    expect(rateLimit(4, 0.5)).toBe(1);
    for (const [steps, gain] of [
      [1, 2],
      [2, 0],
      [1001, 2],
      [1002, 0],
    ])
      expect(descentLaw(steps, 1, 0.5, 4).gain(4)).toBe(gain);
  });

  test('beyond the limit the forecast is refused, and the limit named', () => {
    const beyond = () => descentLaw(10, 1.001, 0.5, 4);
    expect(beyond).toThrow(InputError);
    expect(beyond).toThrow(/rate: found 1.001, expected at most 1.00000.*2\/\(wλmax\)/);
  });

  test('a kernel of 0 has no limit', () => {
    expect(rateLimit(0, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(descentLaw(5, 1e9, 1, 0).gain(0)).toBe(0);
  });

  test('t = ∞ is where the flow tends to', () => {
    expect(flowLaw(1e6, 1).gain(0.3)).toBe(limitLaw.gain(0.3));
    expect(flowLaw(1e6, 1).gainOverLambda(0.3)).toBe(limitLaw.gainOverLambda(0.3));
  });
});

describe('training loss and time', () => {
  /** Modes a few powers of ten apart and, with fewer columns than rows, a residual of the frozen kernel. */
  function model(rows: number, columns: number, word: number, loss: 'mean' | 'sum' = 'mean'): LinearModel {
    const jacobian = randomJacobian(rows, columns, seed, word);
    const J = jacobian.J.map((value, i) => value * 10 ** -(i % columns));
    return linearFromJacobian({ ...jacobian, J }, undefined, {
      y: randomNumbers(rows, seed, word, 3),
      loss,
      points: rows,
    });
  }
  const shapes = fc.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 6 }) });

  test('timeOfLoss undoes lossAt', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(shapes, share, fc.constantFrom(...lossKinds), fc.integer(), ({ rows, columns }, part, kind, word) => {
        const linear = model(rows, columns, word, kind);
        const least = residualLoss(linear);
        const first = lossAt(linear, flowLaw(0, linear.weight));
        const target = least + part * (first - least);
        const { t } = timeOfLoss(linear, target);
        expect(t).not.toBeNull();
        expect((lossAt(linear, flowLaw(t!, linear.weight)) - least) / (target - least)).toBeCloseTo(1, 6);
      }),
      { seed, numRuns: 200 },
    );
  });

  test('the loss falls with time, to the residual of the frozen kernel', () => {
    fc.assert(
      fc.property(shapes, logarithmic(-6, 12), fc.integer(), ({ rows, columns }, t, word) => {
        const linear = model(rows, columns, word);
        const at = (time: number) => lossAt(linear, flowLaw(time, linear.weight));
        expect(at(1.1 * t)).toBeLessThanOrEqual(at(t));
        expect(at(t)).toBeGreaterThanOrEqual(residualLoss(linear));
        expect(lossAt(linear, limitLaw)).toBe(residualLoss(linear));
      }),
      { seed, numRuns: 200 },
    );
  });

  test('a loss that is had at once takes no time, one at or below the residual of the frozen kernel never comes and says why', () => {
    const linear = model(5, 2, 1);
    const least = residualLoss(linear);
    expect(least).toBeGreaterThan(0.01);
    expect(timeOfLoss(linear, lossAt(linear, flowLaw(0, linear.weight)))).toEqual({ t: 0 });
    for (const target of [least, 0.9 * least, 0]) {
      const reason = `the training loss never falls below ${least.toPrecision(3)}, the residual of the frozen kernel`;
      expect(timeOfLoss(linear, target)).toEqual({ t: null, reason });
    }
  });

  test('modes are learned once wλt has reached 1', () => {
    const diagonal = Float64Array.of(10, 0, 0, 0, 1, 0, 0, 0, 0.1);
    const jacobian = { rows: 3, columns: 3, J: diagonal, f: new Float64Array(3) };
    for (const loss of lossKinds) {
      const linear = linearFromJacobian(jacobian, undefined, { y: Float64Array.of(1, 1, 1), loss, points: 3 });
      const unit = 1 / lossWeight(loss, 3);
      const counts = [0, 0.0099, 0.0101, 0.99, 1.01, 99, 101].map((t) => learnedModes(linear, t * unit));
      expect(counts).toEqual([0, 0, 1, 1, 2, 2, 3]);
    }
  });
});
