import { describe, expect, test } from 'vitest';
import { certifiedLimit } from '../../src/certificate/limit.ts';
import { cautionsOf } from '../../src/diagnose/cautions.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { DiagnoseOptions } from '../../src/diagnose/options.ts';
import { InputError } from '../../src/errors.ts';
import { forecastPath } from '../../src/forecast/path.ts';
import { kernelChange } from '../../src/kernel/change.ts';
import { spectrumOfJacobian } from '../../src/kernel/spectrum.ts';
import { buildModel } from '../../src/model/build.ts';
import { type Dataset, takeRows } from '../../src/model/dataset.ts';
import type { LossKind } from '../../src/model/loss.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { accuracy, mse, r2 } from '../../src/model/scores.ts';
import { followFlow } from '../../src/predict/flow.ts';
import { flowSystem } from '../../src/predict/flow-system.ts';
import { linearFromKernel, linearTrajectory } from '../../src/predict/linear.ts';
import { predict } from '../../src/predict/prediction.ts';
import { fitReferences } from '../../src/references/references.ts';
import { engines } from '../../src/simulate/engines.ts';
import { train } from '../../src/train/train.ts';

const spec = modelSchema.parse({ qubits: 2, encoding: {}, ansatz: { kind: 'hea', layers: 1 }, observable: 'Z0' });
const model = buildModel(spec, 2, engines.wasm);
const theta0 = new Float64Array(4).fill(0.3);
const dataset: Dataset = {
  features: ['a', 'b'],
  X: Float64Array.of(0, 1, 0.5, 0.2, 0.7, 0.1),
  y: Float64Array.of(0.1, -0.2, 0.3),
  outputs: 1,
  train: Int32Array.of(0, 1),
  test: Int32Array.of(2),
};

/** `where` of the error that a call ends with; a call that ends otherwise fails the test. */
function where(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof InputError) return error.problems[0].where;
    throw error;
  }
  return undefined;
}

const loss = 'mean' as LossKind;
const diagnosis: DiagnoseOptions = {
  loss,
  steps: 2,
  seeds: 1,
  seed: 1,
  optimizer: 'adam',
  verify: false,
  source: 'a test',
  description: '',
};

const uses: Record<string, (given: Dataset, theta: Float64Array, kind: LossKind) => unknown> = {
  train: (given, theta, kind) => train(model, given, { optimizer: 'gd', steps: 1, loss: kind, theta0: theta }),
  'L-BFGS': (given, theta, kind) => train(model, given, { optimizer: 'lbfgs', steps: 1, loss: kind, theta0: theta }),
  forecastPath: (given, theta, kind) => [
    ...forecastPath(model, given, { optimizer: 'adam', steps: 1, loss: kind, theta0: theta }),
  ],
  flow: (given, theta, kind) =>
    followFlow(flowSystem(model, given, kind, theta), { times: Float64Array.of(1), tolerance: 0.1 }),
};
const usesOfData: Record<string, (given: Dataset) => unknown> = {
  ...Object.fromEntries(
    Object.entries(uses).map(([name, use]) => [name, (given: Dataset) => use(given, theta0, 'mean')]),
  ),
  diagnose: (given) => diagnose(model, given, diagnosis),
  cautionsOf: (given) => cautionsOf(model, given),
  certifiedLimit: (given) => certifiedLimit(model, given),
  fitReferences,
};

describe.each(Object.entries(usesOfData))('data that %s cannot take', (_, use) => {
  test.each<[string, Partial<Dataset>]>([
    ['train', { train: new Int32Array(0) }],
    ['train[1]', { train: Int32Array.of(0, 3) }],
    ['test[0]', { test: Int32Array.of(-1) }],
    ['X', { y: Float64Array.of(0.1, -0.2) }],
    ['X', { X: dataset.X.subarray(1) }],
    ['y[1]', { y: Float64Array.of(0.1, Number.NaN, 0.3) }],
  ])('%s', (expected, change) => {
    expect(where(() => use({ ...dataset, ...change }))).toBe(expected);
    expect(where(() => use(dataset))).toBeUndefined();
  });
});

test.each(Object.entries(uses))('a start or a loss that %s cannot take', (_, use) => {
  expect(where(() => use(dataset, theta0.subarray(1), 'mean'))).toBe('theta0');
  expect(where(() => use(dataset, Float64Array.of(0, Number.NaN, 0, 0), 'mean'))).toBe('theta0[1]');
  expect(where(() => use(dataset, theta0, 'huber' as LossKind))).toBe('training.loss');
});

test('times that the flow cannot take', () => {
  const system = flowSystem(model, dataset, 'mean', theta0);
  const at = (...times: number[]) =>
    where(() => followFlow(system, { times: Float64Array.from(times), tolerance: 0.1 }));
  expect(at()).toBe('times');
  expect(at(Number.NaN)).toBe('times[0]');
  expect(at(2, 1)).toBe('times[1]');
  expect(at(0, Number.POSITIVE_INFINITY)).toBe('times[1]');
});

describe('what a linear model cannot be made of', () => {
  const K = Float64Array.of(2, 1, 1, 2);
  const y = Float64Array.of(1, -1);
  const f0 = new Float64Array(2);
  const data = { y, loss, points: 2 };

  test('kernel, outputs, labels, points', () => {
    const bad = Float64Array.of(1, Number.NaN);
    expect(where(() => linearFromKernel(K.subarray(1), f0, undefined, data))).toBe('K');
    expect(where(() => linearFromKernel(K.with(1, Number.NaN), f0, undefined, data))).toBe('K[1]');
    expect(where(() => linearFromKernel(K, bad, undefined, data))).toBe('f0[1]');
    expect(where(() => linearFromKernel(K, f0, { K: bad, f0: bad.subarray(0, 1) }, data))).toBe('test.K[1]');
    expect(where(() => linearFromKernel(K, f0, undefined, { ...data, y: bad }))).toBe('y[1]');
    expect(where(() => linearFromKernel(K, f0, undefined, { ...data, points: 0 }))).toBe('points');
    expect(where(() => linearFromKernel(K, f0, undefined, { ...data, loss: 'huber' as LossKind }))).toBe(
      'training.loss',
    );
  });

  test('times, steps, rates', () => {
    const linear = linearFromKernel(K, f0, undefined, data);
    expect(where(() => linearTrajectory(linear, Float64Array.of(-1)))).toBe('times[0]');
    expect(where(() => predict(linear, y, { steps: [1, 0.5] }))).toBe('steps[1]');
    expect(where(() => predict(linear, y, { rate: Number.NaN }))).toBe('rate');
    expect(where(() => predict(linear, Float64Array.of(1, Number.NaN)))).toBe('y[1]');
  });
});

test.each(['adam', 'gd', 'lbfgs'])(
  'a plan that neither training nor forecast nor diagnosis of %s takes',
  (optimizer) => {
    const plans: [string, { steps?: number; momentum?: number; batch?: number }][] = [
      ['training.steps', { steps: -1 }],
      ['training.steps', { steps: 1.5 }],
      ['training.steps', { steps: Number.NaN }],
      ['training.momentum', { momentum: optimizer === 'gd' ? 1 : 0.9 }],
      ['training.batch', { batch: optimizer === 'lbfgs' ? 1 : 5 }],
    ];
    for (const [expected, { batch, ...plan }] of plans) {
      const options = {
        optimizer,
        steps: 1,
        loss,
        theta0,
        ...plan,
        ...(batch && { batch: { size: batch, seed: 1, index: 0 } }),
      };
      expect(where(() => train(model, dataset, options))).toBe(expected);
      expect(where(() => [...forecastPath(model, dataset, options)])).toBe(expected);
      expect(where(() => diagnose(model, dataset, { ...diagnosis, optimizer, ...plan, batch }))).toBe(expected);
    }
  },
);

test('what a diagnosis cannot be of', () => {
  for (const seeds of [0, 1.5, Number.NaN])
    expect(where(() => diagnose(model, dataset, { ...diagnosis, seeds }))).toBe('initial.seeds');
  const distribution = 'cauchy' as 'normal';
  expect(where(() => diagnose(model, dataset, { ...diagnosis, initial: { distribution } }))).toBe(
    'initial.distribution',
  );
  expect(where(() => diagnose(model, dataset, { ...diagnosis, optimizer: 'sgd' }))).toBe('training.optimizer');
});

test('labels and outputs that have no score', () => {
  const y = Float64Array.of(1, 2, 3, 4);
  const nearest = { kind: 'nearest', low: 1, high: 2 } as const;
  for (const f of [y.subarray(1), new Float64Array(5)]) {
    expect(where(() => mse(y, f))).toBe('f');
    expect(where(() => r2(y, f, 1))).toBe('f');
    expect(where(() => accuracy(y, f, nearest))).toBe('f');
  }
  expect(where(() => accuracy(y, y.with(2, Number.NaN), nearest))).toBe('f[2]');
  for (const outputs of [0, 3, Number.NaN]) expect(where(() => r2(y, y, outputs))).toBe('outputs');
});

test('rows that a matrix has not', () => {
  for (const row of [-1, 2])
    expect(where(() => takeRows(new Float64Array(4), 2, Int32Array.of(0, row)))).toBe('rows[1]');
});

test('Jacobians of two shapes have no change between them', () => {
  const jacobian = { rows: 2, columns: 2, f: new Float64Array(2), J: Float64Array.of(1, 2, 3, 4) };
  expect(where(() => kernelChange(jacobian, { ...jacobian, columns: 1, J: new Float64Array(2) }))).toBe('after');
  expect(where(() => kernelChange(jacobian, jacobian, 3))).toBe('before');
  expect(where(() => kernelChange(jacobian, { ...jacobian, J: jacobian.J.with(3, Number.NaN) }))).toBe('after.J[3]');
  expect(where(() => spectrumOfJacobian(jacobian.J, 3, 2))).toBe('J');
  expect(spectrumOfJacobian(new Float64Array(0), 0, 0).kappa).toBeNull();
});
