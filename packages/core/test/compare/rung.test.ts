import { describe, expect, test } from 'vitest';
import {
  bind,
  buildModel,
  effectiveDimension,
  engines,
  initialTheta,
  jacobian,
  kernelAlignment,
  modelSchema,
  type Rung,
  r2,
  rungOf,
  runSync,
  selectionSplits,
  spectrumOfJacobian,
  takeRows,
  train,
} from '../../src/index.ts';
import { generatedData } from '../helpers/problems.ts';

const dataset = generatedData({ source: 'sinusoid', points: 24 });
const model = buildModel(
  modelSchema.parse({
    qubits: 3,
    encoding: { frequency: 'linear' },
    ansatz: { kind: 'hea', layers: 3 },
    observable: 'Z0',
  }),
  1,
  engines.wasm,
);
const options = {
  training: { loss: 'mean', optimizer: 'adam', steps: 40, rate: 0.05 },
  seed: 7,
  selection: { folds: 3 },
  splitSeed: 2,
} as const;
const judged = (rung: Rung, rest: object = {}) => runSync(rungOf(model, dataset, { ...options, ...rest, rung })(0));
const whole: Rung = { kind: 'training', steps: 40, whole: true };

describe('a rung', () => {
  test('scores networks on rows that they were not trained on, all folds together', () => {
    const splits = selectionSplits(dataset, options.selection, options.splitSeed);
    const theta0 = initialTheta(model, 7, 0);
    const outputs = splits.map((split) => {
      const { trajectory } = train(model, split, { ...options.training, theta0 });
      return [...trajectory.test.slice(-split.test.length)];
    });
    const y = splits.flatMap((split) => [...takeRows(split.y, 1, split.test)]);
    const expected = r2(Float64Array.from(y), Float64Array.from(outputs.flat()), 1).value;
    expect(judged(whole).r2).toBeCloseTo(expected!, 12);
  });

  test('a forecast with a Jacobian at every step is the training', () => {
    const every = judged({ kind: 'forecast', jacobians: 40 });
    expect(every.r2).toBeCloseTo(judged(whole).r2!, 1);
    expect(every.jacobians).toBeLessThanOrEqual((2 / 3) * 3 * 40 + 1e-9);
  });

  test('one Jacobian is taken of all training rows once', () => {
    const { jacobians, gradients, change } = judged({ kind: 'frozen' });
    expect([jacobians, gradients, change]).toEqual([expect.closeTo(1, 12), 0, null]);
    // The kernel is that of the same Jacobian.
    const rows = takeRows(dataset.X, 1, dataset.train);
    const { J } = jacobian(model, initialTheta(model, 7, 0), bind(model, rows));
    const spectrum = spectrumOfJacobian(J, dataset.train.length, model.parameters);
    expect(judged({ kind: 'frozen' }).kernel).toEqual({
      kappa: spectrum.kappa,
      alignment: kernelAlignment(spectrum, takeRows(dataset.y, 1, dataset.train)),
      effectiveDimension: effectiveDimension(spectrum),
    });
    expect(judged(whole).kernel).toBeUndefined();
  });

  test('test rows have no part in it, unless they are asked for', () => {
    const y = dataset.y.map((value, row) => (dataset.test.includes(row) ? 100 : value));
    const other = runSync(rungOf(model, { ...dataset, y }, { ...options, rung: whole })(0));
    expect(other).toEqual(judged(whole));
    const { trajectory } = train(model, dataset, { ...options.training, theta0: initialTheta(model, 7, 0) });
    const tested = r2(takeRows(dataset.y, 1, dataset.test), trajectory.test.slice(-dataset.test.length), 1).value!;
    expect(judged(whole, { selection: 'test' }).r2).toBeCloseTo(tested, 12);
  });

  test('errors are in the labels’ own units, R² has none', () => {
    const units = { means: [3], deviation: 5 };
    const scaled = { ...dataset, preparation: { columns: [], labels: units } };
    const [plain, inUnits] = [dataset, scaled].map((data) =>
      runSync(rungOf(model, data, { ...options, rung: whole })(0)),
    );
    expect(inUnits!.mse).toBeCloseTo(25 * plain!.mse, 9);
    expect(inUnits!.trainMse).toBeCloseTo(25 * plain!.trainMse, 9);
    expect(inUnits!.r2).toBeCloseTo(plain!.r2!, 12);
  });

  test('a training that came to its end has nothing left to change', () => {
    const long = { ...options.training, optimizer: 'lbfgs', steps: 100_000 };
    expect(judged({ kind: 'training', steps: 100_000, whole: false }, { training: long }).change).toBe(0);
  });
});
