import { describe, expect, test } from 'vitest';
import { flowErrors } from '../src/flow.ts';
import { curveErrors, linearisationError } from '../src/loss-curves.ts';
import { readings } from '../src/reading-time.ts';
import { type choices, r2Spreads, trainedR2 } from '../src/trainable.ts';
import { trainingErrors } from '../src/training-error.ts';

// A slice of each table of docs/experiments.md, against the numbers that stand there.

/** Digits as the tables print them: within half a unit of the last. */
function expectDigits(value: number, printed: string): void {
  const unit =
    10 ** (Math.floor(Math.log10(Math.abs(Number(printed)))) + 1 - printed.replace(/^[-0.]+|\.|e.*$/g, '').length);
  expect(Math.abs(value - Number(printed))).toBeLessThanOrEqual(0.501 * unit);
}

test('flow: one Jacobian misses R², 14 follow the flow to a few hundredths', () => {
  const { truth, frozenR2, runs } = flowErrors({ kind: 'hea', frequency: 'high' }, 7, [0.1]);
  expectDigits(truth.testR2, '0.862');
  expectDigits(frozenR2, '0.427');
  expect(runs[0].jacobians).toBe(14);
  expectDigits(runs[0].rms, '0.035');
  expectDigits(runs[0].testR2, '0.864');
});

describe('reading-time', () => {
  const [one] = readings({ kind: 'hva', frequency: 'low' }, 1);

  test('t = ∞ is the wrong question where κ is large', () => {
    expect(one.kappa).toBeGreaterThan(1e6);
    expect(one.infinity).toBeLessThan(0);
    expect(one.atSteps).toBeGreaterThan(0.98);
  });

  test('at equal loss the forecast is right, and closer where the flow is followed', () => {
    const frozen = Math.abs((one.atEqualLoss as number) - one.trained);
    const followed = Math.abs((one.followedAtEqualLoss as number) - one.trained);
    expect(frozen).toBeLessThan(0.02);
    expect(followed).toBeLessThan(0.005);
  });
});

test('residual: what the frozen kernel cannot fit is what L-BFGS leaves', () => {
  const { residual, reached } = trainingErrors({ kind: 'hea', frequency: 'low', layers: 5, scale: 1.5 }, 2000, 1);
  expectDigits(residual, '9.224e-5');
  expectDigits(reached, '9.224e-5');
});

test('edge: with γ = 1 the last digits come slowly, with γ = 1.5 training ends', () => {
  const choice = { kind: 'hea', frequency: 'high', layers: 20 } as const;
  const slow = trainingErrors({ ...choice, scale: 1 }, 100, 3);
  const fast = trainingErrors({ ...choice, scale: 1.5 }, 100, 3);
  expect(slow.iterations).toBe(100);
  expectDigits(slow.reached, '0.0019');
  // The count itself depends on rounding: an engine may take an iteration more.
  expect(Math.abs(fast.iterations - 26)).toBeLessThan(2);
  expectDigits(fast.reached, '2.9e-7');
});

test('linearisation: the forecast before training is what gradient descent shows; small away from the edge', () => {
  const setting = { layers: 20, frequency: 'low', seed: 11 } as const;
  const edge = linearisationError({ ...setting, amplitude: 0.9, scale: 1 });
  expectDigits(edge.forecast, '1.8');
  expectDigits(edge.seen, '1.7');
  const inside = linearisationError({ ...setting, amplitude: 0.1, scale: 1 });
  expectDigits(inside.forecast, '0.042');
  expectDigits(inside.seen, '0.045');
});

test('loss-curves: the followed flow is closer to gradient descent than the frozen kernel by an order of magnitude', () => {
  const setting = { layers: 20, frequency: 'low', amplitude: 0.9, scale: 1, seed: 11 } as const;
  const { frozen, followed } = curveErrors(setting, [0.1], 50);
  expect(frozen).toBeGreaterThan(1.5);
  expect(followed[0].error).toBeLessThan(0.15);
  expect(followed[0].jacobians).toBeLessThan(10);
});

describe('trainable', () => {
  test('what is trained beside the angles starts as what is fixed', () => {
    const start = (choice: keyof typeof choices) => trainedR2('diabetes', 'mean-Z', choice, { steps: 0, index: 3 });
    const { train, test: onTest } = start('fixed');
    for (const choice of ['scaling', 'readout', 'both'] as const) {
      expect(start(choice).train).toBeCloseTo(train, 12);
      expect(start(choice).test).toBeCloseTo(onTest, 12);
    }
  });

  test('trained scaling fits moons better, on test points too', () => {
    const [fixed, scaling] = (['fixed', 'scaling'] as const).map((choice) => r2Spreads('moons', 'Z0', choice));
    expectDigits(fixed.train.mean, '0.939');
    expectDigits(fixed.test.mean, '0.931');
    expectDigits(scaling.train.mean, '0.991');
    expectDigits(scaling.test.mean, '0.979');
  });
});
