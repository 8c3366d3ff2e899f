import { expect, test } from 'vitest';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind } from '../../src/model/model.ts';
import { kernelAlong } from '../../src/train/kernel-along.ts';
import { train } from '../../src/train/train.ts';
import { kernelBetween, minus } from '../helpers/brute-force.ts';
import { dataOf, modelOf, sineData } from '../helpers/problems.ts';

const options = { loss: 'mean', steps: 60, optimizer: 'gd' } as const;

test('the kernel along a run is JJᵀ at its θ, at 25 records from the first to the last', () => {
  const model = modelOf({ qubits: 2, layers: 3 });
  const dataset = sineData(0.7);
  const theta0 = initialTheta(model, 5, 0, { distribution: 'uniform' });
  const training = train(model, dataset, { ...options, theta0, record: Array.from({ length: 61 }, (_, k) => k) });
  const found = kernelAlong(model, dataset, training);
  expect(found).toHaveLength(25);
  expect([found[0].time, found.at(-1)!.time]).toEqual([0, training.trajectory.times.at(-1)]);
  const inputs = bind(model, dataset.X, dataset.train);
  const kernelAt = (time: number) => {
    const record = training.trajectory.times.indexOf(time);
    const J = jacobian(
      model,
      training.thetas.slice(record * model.parameters, (record + 1) * model.parameters),
      inputs,
    );
    return kernelBetween(J, J);
  };
  const start = kernelAt(0);
  for (const { time, spectrum, change } of found) {
    const K = kernelAt(time);
    const trace = spectrum.reduce((sum, value) => sum + value, 0);
    expect(trace / K.reduce((sum, value, i) => sum + (i % 7 === 0 ? value : 0), 0)).toBeCloseTo(1, 12);
    expect(Math.hypot(...spectrum) / Math.hypot(...K)).toBeCloseTo(1, 12);
    expect(change).toBeCloseTo(Math.hypot(...minus(K, start)) / Math.hypot(...start), 10);
  }
  expect(found.at(-1)!.change).toBeGreaterThan(0.01);
});

test('what is undefined at a record has its reason', () => {
  // Two equal points make K singular; so do fewer parameters than points.
  const model = modelOf({ qubits: 2, layers: 1 });
  const theta0 = initialTheta(model, 5, 0, { distribution: 'uniform' });
  const dataset = dataOf([0.3, 0.3], [1, -1]);
  const { thetas, trajectory } = train(model, dataset, { ...options, steps: 1, theta0 });
  const [first] = kernelAlong(model, dataset, { thetas, trajectory });
  expect(first).toMatchObject({ rank: 1, kappa: null, change: 0 });
  expect(first.reasons['kernel.kappa']).toContain('rank 1 of 2');
});
