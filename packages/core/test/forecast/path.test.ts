import { describe, expect, test } from 'vitest';
import { data, parameter } from '../../src/circuit/angle.ts';
import { input } from '../../src/circuit/expression.ts';
import { pathIntervals } from '../../src/forecast/interval.ts';
import { type ForecastPath, forecastPath, type PathEvent, type PathOptions } from '../../src/forecast/path.ts';
import { buildModel } from '../../src/model/build.ts';
import { type Dataset, takeRows } from '../../src/model/dataset.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { lossWeight } from '../../src/model/loss.ts';
import { bind, type Model, outputs } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { lbfgsMinimizer } from '../../src/optimize/lbfgs.ts';
import { minimize } from '../../src/optimize/objective.ts';
import { runSync } from '../../src/progress.ts';
import { engines } from '../../src/simulate/engines.ts';
import { lossObjective } from '../../src/train/loss-objective.ts';
import { preparePoints } from '../../src/train/points.ts';
import { train } from '../../src/train/train.ts';
import { modelOf as circuitModel, sourceOf } from '../helpers/circuits.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { generatedData, rms } from '../helpers/problems.ts';

const moons = generatedData({ source: 'moons', points: 24, train: 0.5, seed: 4 });
const pair: Dataset = { ...moons, outputs: 2, y: Float64Array.from([...moons.y].flatMap((label) => [label, -label])) };

function modelFor(dataset: Dataset, spec: object = {}): Model {
  const filled = { qubits: 3, encoding: {}, ansatz: { kind: 'hea', layers: 3 }, observable: 'Z0', scale: 1.5, ...spec };
  return buildModel(modelSchema.parse(filled), dataset.features.length, engines.wasm);
}

function followed(model: Model, dataset: Dataset, options: Partial<PathOptions> & { optimizer: string }) {
  const events: PathEvent[] = [];
  const theta0 = initialTheta(model, seed, 0);
  const all = { loss: 'mean', steps: 60, theta0, ...options } as const;
  const path = runSync<ForecastPath, PathEvent>(forecastPath(model, dataset, all), (event) => events.push(event));
  const { jacobians: _, ...planned } = all;
  const real = train(model, dataset, planned);
  const { trajectory } = real;
  const lastOf = (values: Float64Array) => values.slice(values.length - values.length / trajectory.times.length);
  return { path, events, real, train: lastOf(trajectory.train), test: lastOf(trajectory.test), theta0 };
}

describe('a trained readout far from its labels', () => {
  // Labels from 100 to 180 at scale 1: weight and bias have to change a hundredfold, angles by no more than ever.
  const large: Dataset = { ...moons, y: moons.y.map((label) => 140 + 40 * label) };
  const trainable = modelFor(large, { readout: 'trainable', scale: 1 });

  test.each([
    ['lbfgs', {}],
    ['adam', { rate: 0.5, steps: 250 }],
  ])('%s reaches them on the forecast as in training', (optimizer, options) => {
    const { path, real } = followed(trainable, large, { optimizer, ...options });
    const y = takeRows(large.y, 1, large.train);
    const [start, end] = [path.records[0], path.records[path.records.length - 1]];
    const left = (f: Float64Array) => rms(f, y) ** 2 / rms(start.train, y) ** 2;
    expect(left(real.trajectory.train.slice(-y.length))).toBeLessThan(0.1);
    expect(left(end.train)).toBeLessThan(0.1);
  });

  test('its bias is no distance: labels moved by a constant give the same path, the bias moved with them', () => {
    const moved: Dataset = { ...large, y: large.y.map((label) => label - 30) };
    const theta0 = initialTheta(trainable, seed, 0);
    const start = theta0.map((value, i) => value - (i === theta0.length - 1 ? 30 : 0));
    const options = { optimizer: 'gd', rate: 0.002, steps: 20 } as const;
    const one = followed(trainable, large, options).path.records;
    const other = followed(trainable, moved, { ...options, theta0: start }).path.records;
    expect(other.map(({ step }) => step)).toEqual(one.map(({ step }) => step));
    const shifted = other[other.length - 1].test.map((value) => value + 30);
    expect(rms(shifted, one[one.length - 1].test)).toBeLessThan(1e-6);
  });
});

const ways = [
  ['gradient descent', { optimizer: 'gd' }],
  ['momentum', { optimizer: 'gd', momentum: 0.8, rate: 0.2 }],
  ['Adam', { optimizer: 'adam', rate: 0.05 }],
  ['minibatches', { optimizer: 'adam', rate: 0.05, batch: { size: 5, seed: 3, index: 0 } }],
] as const;

describe.each(ways)('the path of %s', (_, options) => {
  const model = modelFor(moons);

  test('renewed at every step it is the training itself, up to the jitter of the model', () => {
    const steps = 12;
    const every = followed(model, moons, { ...options, steps, jacobians: 400 });
    // Of 400 samples every step goes further than the radius.
    expect(every.path.jacobians).toBe(steps);
    const once = followed(model, moons, { ...options, steps, jacobians: 1 });
    const last = every.path.records[every.path.records.length - 1];
    const moved = rms(every.real.theta, every.theta0);
    // Jitter 1e-4 takes as much of every gradient; steps of Adam amplify it where gradients are small.
    expect(rms(last.theta, every.real.theta)).toBeLessThan(0.02 * moved);
    const far = rms(once.path.records[once.path.records.length - 1].theta, every.real.theta);
    expect(rms(last.theta, every.real.theta)).toBeLessThan(0.3 * far);
  });

  test('of one Jacobian, what is not known is the whole way', () => {
    const { path } = followed(model, moons, { ...options, jacobians: 1 });
    expect(path.earlier.test).toEqual(path.records[0].test);
  });

  test('its outputs come closer to those of the training with more Jacobians', () => {
    const errors = [1, 6, 24].map((jacobians) => {
      const { path, test: trained } = followed(model, moons, { ...options, jacobians });
      // A path that is short takes fewer.
      expect(path.jacobians).toBeLessThanOrEqual(jacobians);
      return rms(path.records[path.records.length - 1].test, trained);
    });
    expect(errors[2]).toBeLessThan(0.5 * errors[0]);
    expect(errors[2]).toBeLessThan(0.06);
  });

  test('by radius: about a dozen Jacobians, and outputs near those of the training', () => {
    const { path, events, test: trained, train: fitted } = followed(model, moons, options);
    const last = path.records[path.records.length - 1];
    expect(events).toHaveLength(path.jacobians);
    expect(path.jacobians).toBeLessThan(25);
    expect(rms(last.train, fitted)).toBeLessThan(0.15);
    expect(rms(last.test, trained)).toBeLessThan(0.25);
    expect(last.step).toBe(60);
  });
});

test('a start close to the maximum of the loss is left, as in training', () => {
  // Z0 behind RY(x), RY(θ0) is cos(x + θ0): of labels cos x the loss is highest at θ0 = π, and 0 at 2π.
  const X = Float64Array.from({ length: 16 }, (_, i) => (i - 7.5) / 5);
  const rows = Int32Array.from(X, (_, i) => i);
  const part = (rest: number) => rows.filter((i) => i % 2 === rest);
  const waves: Dataset = { features: ['x'], X, y: X.map(Math.cos), outputs: 1, train: part(0), test: part(1) };
  const model = modelFor(waves, { qubits: 2, ansatz: { kind: 'hea', layers: 1 }, scale: 1 });
  const theta0 = new Float64Array(model.parameters).fill(Math.PI + 0.01);
  const { path, test: trained } = followed(model, waves, { optimizer: 'adam', rate: 0.05, steps: 150, theta0 });
  expect(
    rms(
      trained,
      waves.y.filter((_, i) => i % 2 === 1),
    ),
  ).toBeLessThan(0.05);
  expect(rms(path.records[path.records.length - 1].test, trained)).toBeLessThan(0.05);
});

test('how far the model is off at the end is told of a budget that is too small, not of one that is not needed', () => {
  const deep = modelFor(moons, { qubits: 4, ansatz: { kind: 'hea', layers: 20 } });
  const plan = { optimizer: 'adam', rate: 0.1, steps: 100 };
  const [spent, ample] = [20, 200].map((jacobians) => followed(deep, moons, { ...plan, jacobians }).path);
  expect(rms(spent.beside!, spent.records[spent.records.length - 1].train)).toBeGreaterThan(1e-3);
  expect(ample.jacobians).toBeLessThan(100);
  expect(ample.beside).toBeNull();
});

// Of 160 angles none goes far, and all together do: what outputs depend on is the distance of θ.
test.each([
  ['gd', {}],
  ['adam', { rate: 0.01, steps: 120 }],
])('many angles: %s ends where training does', (optimizer, options) => {
  const deep = modelFor(moons, { qubits: 4, ansatz: { kind: 'hea', layers: 20 } });
  const { path, train: fitted } = followed(deep, moons, { optimizer, ...options });
  const y = takeRows(moons.y, 1, moons.train);
  const left = (f: Float64Array) => rms(f, y) ** 2;
  const end = path.records[path.records.length - 1];
  expect(Math.abs(left(end.train) - left(fitted))).toBeLessThan(0.1 * left(path.records[0].train));
  expect(path.jacobians).toBeLessThan(30);
});

describe('L-BFGS', () => {
  const model = modelFor(moons);

  test('the records’ losses fall, and the last is near what training reaches', () => {
    const { path, events, real, train: fitted } = followed(model, moons, { optimizer: 'lbfgs', jacobians: 20 });
    const y = takeRows(moons.y, 1, moons.train);
    const losses = path.records.map((record) => rms(record.train, y));
    for (let k = 1; k < losses.length; k++) expect(losses[k]).toBeLessThan(losses[k - 1]);
    expect(losses[losses.length - 1]).toBeLessThan(1.1 * rms(fitted, y));
    expect(path.jacobians).toBeLessThanOrEqual(20);
    expect(path.jacobians).toBeLessThan(real.evaluations / 2);
    // Five of 20 are the training’s own, in which no model has a part.
    expect(events.findIndex(({ mismatch }) => mismatch !== null)).toBe(5);
    for (const { mismatch } of events.slice(5)) expect(mismatch).toBeGreaterThan(0);
  });

  test('begins with the training itself', () => {
    const { events, theta0 } = followed(model, moons, { optimizer: 'lbfgs', jacobians: 24 });
    const objective = lossObjective(model, preparePoints(model, moons, moons.train), lossWeight('mean', 12));
    const asked: Float64Array[] = [];
    minimize(lbfgsMinimizer(theta0, { steps: 9 }), (theta) => {
      asked.push(theta);
      return objective(theta);
    });
    for (let k = 0; k < 9; k++) expect(difference(events[k].theta, asked[k])).toBeLessThan(1e-9);
    expect(events[9].mismatch).not.toBeNull();
  });

  test('a training that ends while it is real has no more to forecast', () => {
    const { path, train: fitted } = followed(model, moons, { optimizer: 'lbfgs', steps: 3, jacobians: 24 });
    const end = path.records[path.records.length - 1];
    expect(path.records.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    for (const f of [end.train, path.earlier.train, path.beside!]) expect(difference(f, fitted)).toBeLessThan(1e-12);
  });

  test('on few Jacobians models alone tell it', () => {
    const { events } = followed(model, moons, { optimizer: 'lbfgs', jacobians: 12 });
    expect(events.findIndex(({ mismatch }) => mismatch !== null)).toBe(1);
  });

  test.each([2, 3])('from %i Jacobians as well the interval holds what training comes to', (jacobians) => {
    const { path, train: fitted, test: trained } = followed(model, moons, { optimizer: 'lbfgs', jacobians });
    expect(path.jacobians).toBe(jacobians);
    const [y, yTest] = [moons.train, moons.test].map((rows) => takeRows(moons.y, 1, rows));
    const { trainMse, testMse } = pathIntervals(path, { y, yTest, outputs: 1 });
    for (const [{ low, high }, error] of [
      [trainMse!, rms(fitted, y) ** 2],
      [testMse!, rms(trained, yTest) ** 2],
    ] as const) {
      expect(low).toBeLessThan(error);
      expect(high).toBeGreaterThan(error);
    }
    expect(trainMse!.high - trainMse!.low).toBeGreaterThan(0.3);
  });
});

const shared = () =>
  circuitModel(
    sourceOf(2, 2, [
      { gate: 'ry', wires: [0], angles: [data(input(0))] },
      { gate: 'ry', wires: [1], angles: [data(input(1))] },
      ...[0, 1, 2].flatMap((k) => [
        { gate: 'rx', wires: [0], angles: [parameter(k)] },
        { gate: 'ry', wires: [1], angles: [parameter(k, 2)] },
        { gate: 'cz', wires: [0, 1] },
        { gate: 'ry', wires: [0], angles: [parameter(k + 1)] },
      ]),
    ]),
    ['Z0'],
    engines.wasm,
  );

describe.each([
  ['two outputs', pair, () => modelFor(pair, { observable: ['Z0', 'Z1'] })],
  ['re-uploading', moons, () => modelFor(moons, { encoding: { reupload: true } })],
  ['trained scaling', moons, () => modelFor(moons, { encoding: { reupload: true, scaling: 'trainable' } })],
  ['trained readout', moons, () => modelFor(moons, { readout: 'trainable', observable: 'Z0 + 0.5*Z1' })],
  ['shared parameters', moons, shared],
  ['two qubits', moons, () => modelFor(moons, { qubits: 2 })],
  ['twelve qubits', moons, () => modelFor(moons, { qubits: 12, ansatz: { kind: 'hea', layers: 1 } })],
] as const)('%s', (_, dataset, make) => {
  test.each([
    ['adam', { optimizer: 'adam', rate: 0.03, steps: 40 }],
    ['gd', { optimizer: 'gd', steps: 40 }],
    ['lbfgs', { optimizer: 'lbfgs', steps: 40, jacobians: 20 }],
  ] as const)('%s: records are true outputs, the end is near that of the training', (__, options) => {
    const model = make();
    const { path, train: fitted } = followed(model, dataset, options);
    const bound = (rows: Int32Array) => bind(model, takeRows(dataset.X, dataset.features.length, rows));
    for (const record of path.records) {
      expect(difference(record.train, outputs(model, record.theta, bound(dataset.train)))).toBeLessThan(1e-12);
      expect(difference(record.test, outputs(model, record.theta, bound(dataset.test)))).toBeLessThan(1e-12);
    }
    const y = takeRows(dataset.y, dataset.outputs, dataset.train);
    const [first, last] = [path.records[0], path.records[path.records.length - 1]];
    // Of what training gains, the forecast has most, and it gains no more.
    const gained = rms(first.train, y) - rms(fitted, y);
    expect(Math.abs(rms(last.train, y) - rms(fitted, y))).toBeLessThan(0.25 * gained);
    expect(path.rows.jacobian).toBe(path.jacobians * dataset.train.length * dataset.outputs);
    const tested = path.records.length * dataset.test.length * dataset.outputs;
    expect(path.rows.outputs).toBeGreaterThanOrEqual(tested);
  });
});

describe('the interface', () => {
  const model = modelFor(moons);
  const options = { optimizer: 'adam', loss: 'mean', steps: 50, theta0: initialTheta(model, seed, 0) } as const;

  test('a caller may stop after any sample, and go on', () => {
    const path = forecastPath(model, moons, { ...options, jacobians: 5 });
    const first = path.next().value as PathEvent;
    expect([first.step, first.jacobians]).toEqual([0, 1]);
    const second = path.next().value as PathEvent;
    expect(second.step).toBeGreaterThan(0);
    expect(second.jacobians).toBe(2);
    expect(path.return(undefined as never).done).toBe(true);
  });

  test('twice the same, and plain data', () => {
    const [a, b] = [0, 1].map(() => runSync(forecastPath(model, moons, options)));
    expect(structuredClone(a)).toEqual(b);
  });

  test('the same forecast from fewer Jacobians stands beside it', () => {
    const path = runSync(forecastPath(model, moons, { ...options, rate: 0.1, jacobians: 8 }));
    expect(path.earlier.test).toHaveLength(moons.test.length);
    const last = path.records[path.records.length - 1];
    expect(rms(path.earlier.test, last.test)).toBeGreaterThan(0);
  });

  test('records are evenly chosen of all, the start and the end among them; one is the end', () => {
    const counted = (records: number) => {
      const path = runSync(forecastPath(model, moons, { ...options, rate: 0.1, records }));
      const ofTest = path.rows.outputs / moons.test.length;
      return { ...path, ofTest, steps: path.records.map(({ step }) => step) };
    };
    const [all, four, one] = [100, 4, 1].map(counted);
    expect(all.records.length).toBeGreaterThan(8);
    const last = all.records.length - 1;
    expect(four.steps).toEqual([0, 1, 2, 3].map((k) => all.steps[last - Math.round(((3 - k) * last) / 3)]));
    expect(one.records).toEqual(all.records.slice(-1));
    for (const path of [four, one]) expect(path.earlier).toEqual(all.earlier);
    // Outputs of a record left out are not computed.
    expect(all.ofTest - four.ofTest).toBeGreaterThanOrEqual(all.records.length - 5);
    expect(four.ofTest - one.ofTest).toBeGreaterThanOrEqual(2);
  });

  test('no test points', () => {
    const { test: _, ...rest } = moons;
    const path = runSync(forecastPath(model, { ...rest, test: new Int32Array(0) }, options));
    expect(path.records[0].test).toHaveLength(0);
  });

  test('what cannot be forecast is refused', () => {
    const refused = (wrong: object) => () => runSync(forecastPath(model, moons, { ...options, ...wrong }));
    expect(refused({ optimizer: 'flow' })).toThrow(/"flow".*whose path can be forecast/);
    expect(refused({ jacobians: 0 })).toThrow(/jacobians/);
    // One is where L-BFGS begins.
    expect(refused({ optimizer: 'lbfgs', jacobians: 1 })).toThrow(/jacobians: found 1, expected a whole number from 2/);
    expect(refused({ rate: -1 })).toThrow(/training.rate/);
    expect(refused({ records: 0 })).toThrow(/records: found 0, expected a whole number from 1/);
  });

  test('a rate beyond all bounds leaves numbers', () => {
    const path = runSync(forecastPath(model, moons, { ...options, optimizer: 'gd', rate: 1e200, jacobians: 3 }));
    for (const { theta, test: f } of path.records) expect([...theta, ...f].every(Number.isFinite)).toBe(true);
  });
});

describe('the loss before each step and after the last', () => {
  const plan = { optimizer: 'gd', rate: 0.3, steps: 60 } as const;

  test('is the network’s own at the samples, and falls as in training', () => {
    const { path, real, events } = followed(modelFor(moons), moons, plan);
    const losses = path.losses!;
    expect(losses).toHaveLength(61);
    for (const { step, loss } of events) expect(losses[step] / loss).toBeCloseTo(1, 1);
    const { times, trainLoss } = real.trajectory;
    // The clock of gradient descent is t = rate × steps.
    times.forEach((t, k) => {
      const step = Math.round(t / plan.rate);
      expect(losses[step] / trainLoss[k]).toBeCloseTo(1, 0);
    });
  });

  test('is the model’s to its end, where the network is elsewhere', () => {
    const y = takeRows(moons.y, 1, moons.train);
    const { path } = followed(modelFor(moons), moons, { ...plan, jacobians: 1 });
    const losses = path.losses!;
    const network = rms(path.records.at(-1)!.train, y) ** 2 / 2;
    expect(Math.abs(Math.log(network / losses[60]))).toBeGreaterThan(0.2);
    expect(losses[60] / losses[59]).toBeGreaterThan(losses[59] / losses[58] - 1e-3);
    expect(losses[60]).toBeLessThanOrEqual(losses[59]);
  });

  test('is not known of minibatches, nor of an optimiser that finds its step lengths', () => {
    const batch = { size: 4, seed, index: 0 };
    expect(followed(modelFor(moons), moons, { ...plan, batch }).path.losses).toBeNull();
    expect(followed(modelFor(moons), moons, { optimizer: 'lbfgs' }).path.losses).toBeNull();
  });
});
