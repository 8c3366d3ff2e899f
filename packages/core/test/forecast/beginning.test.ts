import { describe, expect, test } from 'vitest';
import { gradientsInstead } from '../../src/cost/commands.ts';
import { forecastPath } from '../../src/forecast/path.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { runSync } from '../../src/progress.ts';
import { engines } from '../../src/simulate/engines.ts';
import { train } from '../../src/train/train.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { generatedData } from '../helpers/problems.ts';

const moons = generatedData({ source: 'moons', points: 40, train: 0.5, seed: 4 });
const spec = {
  qubits: 4,
  encoding: { reupload: true },
  ansatz: { kind: 'hea', layers: 6 },
  observable: 'Z0',
  scale: 1.5,
};
const model = buildModel(modelSchema.parse(spec), 2, engines.wasm);
const plan = { optimizer: 'lbfgs', loss: 'mean', theta0: initialTheta(model, seed, 0) } as const;
const forecast = (steps: number, more: object = {}) => runSync(forecastPath(model, moons, { ...plan, steps, ...more }));

describe('L-BFGS whose forecast on models costs more than a hundred gradients', () => {
  const path = forecast(300);
  const end = path.records[path.records.length - 1];

  test('is its own training, stopped', () => {
    expect([path.follows, path.jacobians]).toEqual(['training', 100]);
    expect(end.step).toBeGreaterThan(80);
    const real = train(model, moons, { ...plan, steps: end.step });
    // Rounding of 1e-16 grows along the way.
    expect(difference(end.theta, real.theta)).toBeLessThan(1e-3);
    expect(real.evaluations).toBeLessThanOrEqual(100);
  });

  test('is compared with where three quarters of the gradients lead', () => {
    const counts = Array.from({ length: 16 }, (_, k) => train(model, moons, { ...plan, steps: 60 + k }));
    const earlier = counts.findLast(({ evaluations }) => evaluations <= 75);
    const { trajectory } = earlier!;
    expect(difference(path.earlier.test, trajectory.test.slice(-moons.test.length))).toBeLessThan(1e-4);
    expect(path.earlier.train).not.toEqual(end.train);
  });

  test('leaves nothing open where the training ends before', () => {
    const whole = forecast(30);
    const last = whole.records[whole.records.length - 1];
    expect(last.step).toBe(30);
    expect(whole.earlier.test).toEqual(last.test);
  });

  test('follows models where somebody asks for Jacobians', () => {
    expect(forecast(300, { jacobians: 24 }).follows).toBe('samples');
  });
});

test('gradients in the place of models: as many as cost no more, none where they are few', () => {
  const work = { train: 100, test: 100, steps: 300 };
  const sizes = (qubits: number) => ({ qubits, gates: 40 * qubits, outputs: 1, parameters: 20 * qubits });
  expect(gradientsInstead(sizes(4), work)).toBe(100);
  expect(gradientsInstead(sizes(8), work)).toBeGreaterThan(40);
  expect(gradientsInstead(sizes(8), work)).toBeLessThan(100);
  expect(gradientsInstead(sizes(12), work)).toBeUndefined();
});
