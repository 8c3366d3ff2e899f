import { expect, test } from 'vitest';
import { logSpaced } from '../../src/linalg/log-spaced.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { followFlow } from '../../src/predict/flow.ts';
import { flowSystem } from '../../src/predict/flow-system.ts';
import { exponentialMidpoint } from '../helpers/midpoint.ts';
import { modelOf, rms, tfimData } from '../helpers/problems.ts';

/**
 * One model of papers/qntk-diagnostics: HEA, RY(3^q x), 6 qubits, 10 layers, 10 of 20 TFIM points, γ = 1.5; errors are
 * RMS over 25 times in 0.1 … 10⁵ and all 20 points, against tolerance 10⁻⁵.
 */
const model = modelOf({ qubits: 6, layers: 10, frequency: 'high', scale: 1.5 });
const data = tfimData();
const wanted = logSpaced(0.1, 1e5, 25);
const rows = data.train.length;

const cases = [0, 1, 2].map((index) => {
  const system = flowSystem(model, data, 'mean', initialTheta(model, 7, index));
  const follow = (tolerance: number) => {
    const { trajectory, jacobians } = followFlow(system, { times: wanted, tolerance });
    const outputs = Array.from(wanted, (_, k) => [
      ...trajectory.train.subarray(k * rows, (k + 1) * rows),
      ...trajectory.test.subarray(k * rows, (k + 1) * rows),
    ]).flat();
    return { outputs, jacobians };
  };
  const truth = follow(1e-5).outputs;
  const ours = follow(0.1);
  // The bar at a ladder of tolerances; the cheapest run that is no worse than ours is what ours is compared with.
  const bar = [1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002]
    .map((tolerance) => exponentialMidpoint(system, wanted, tolerance))
    .map(({ outputs, jacobians }) => ({ jacobians, error: rms(outputs, truth) }));
  const error = rms(ours.outputs, truth);
  const asGood = Math.min(...bar.filter((run) => run.error <= error).map(({ jacobians }) => jacobians));
  return { jacobians: ours.jacobians, error, bar, saving: asGood / ours.jacobians };
});

test.each([0, 1, 2])('tolerance 0.1 takes at most 25 Jacobians for an error below 0.06, seed %d', (index) => {
  expect(cases[index].jacobians).toBeLessThanOrEqual(25);
  expect(cases[index].error).toBeLessThan(0.06);
});

test('the exponential midpoint rule: at tolerance 0.1 about 30 Jacobians for about 0.015', () => {
  for (const { bar } of cases) {
    expect(bar[4].jacobians).toBeGreaterThan(20);
    expect(bar[4].jacobians).toBeLessThan(40);
    expect(bar[4].error).toBeLessThan(0.03);
  }
});

test('the exponential midpoint needs more Jacobians for an error no larger, in the median 1.5 times as many', () => {
  const savings = cases.map(({ saving }) => saving).sort((a, b) => a - b);
  expect(savings.every(Number.isFinite)).toBe(true);
  expect(savings[0]).toBeGreaterThan(1);
  expect(savings[1]).toBeGreaterThan(1.5);
});
