import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { InputError } from '../../src/errors.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { svd } from '../../src/linalg/svd.ts';
import { buildModel } from '../../src/model/build.ts';
import { type Dataset, takeRows } from '../../src/model/dataset.ts';
import { lossKinds, lossWeight } from '../../src/model/loss.ts';
import { bind, createModel, type Model, outputs } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { runAsync, runSync } from '../../src/progress.ts';
import { random } from '../../src/random/random.ts';
import type { Engine } from '../../src/simulate/engine.ts';
import { reference } from '../../src/simulate/reference.ts';
import { largestEigenvalue, lossObjective } from '../../src/train/loss-objective.ts';
import { optimizers } from '../../src/train/optimizers.ts';
import { outputsOf, preparePoints } from '../../src/train/points.ts';
import { train, training } from '../../src/train/train.ts';
import type { Training, TrainingProgress } from '../../src/train/training.ts';

const seed = 20251;
const oracle = JSON.parse(readFileSync(new URL('scipy-lbfgs.json', import.meta.url), 'utf8'));

function modelOf(qubits: number, layers: number, observable: string | string[] = 'Z0'): Model {
  const spec = { qubits, encoding: {}, ansatz: { kind: 'hea', layers }, observable };
  return buildModel(modelSchema.parse(spec), 1, reference);
}

/** Points on a line, every third of them for the test. */
function dataOf(x: readonly number[], y: readonly number[], outputs = 1): Dataset {
  const rows = Array.from(x.keys());
  return {
    features: ['x'],
    X: Float64Array.from(x),
    y: Float64Array.from(y),
    outputs,
    train: Int32Array.from(rows.filter((row) => row % 3 !== 2)),
    test: Int32Array.from(rows.filter((row) => row % 3 === 2)),
  };
}

function randomTheta(count: number, ...words: number[]): Float64Array {
  const draw = random(...words);
  return Float64Array.from({ length: count }, () => draw.uniform(0, 2 * Math.PI));
}

const small = { model: modelOf(2, 2), data: dataOf([-1, -0.4, 0.1, 0.5, 0.9, 1.3], [0.5, 0.2, -0.1, -0.3, 0.1, 0.4]) };
const start = randomTheta(small.model.parameters, seed);

describe('training loss', () => {
  test('its gradient is −w·Jᵀr: central differences of ½wΣr²', () => {
    const model = modelOf(2, 2, ['Z0', 'X1']);
    const data = dataOf([-1, 0, 0.7, 1.2], [1, -1, 0.3, 0.2, 0, 0.9, -0.4, 0.8], 2);
    const points = preparePoints(model, data, data.train);
    fc.assert(
      fc.property(fc.constantFrom(...lossKinds), fc.integer(), (kind, word) => {
        const theta = randomTheta(model.parameters, word);
        const direct = (at: Float64Array) => {
          const f = outputs(model, at, bind(model, takeRows(data.X, 1, data.train)));
          const sum = takeRows(data.y, 2, data.train).reduce((total, value, i) => total + (value - f[i]) ** 2, 0);
          return kind === 'mean' ? sum / (2 * data.train.length) : sum / 2;
        };
        const { loss, gradient } = lossObjective(model, points, lossWeight(kind, points.count))(theta);
        expect(loss).toBeCloseTo(direct(theta), 12);
        gradient.forEach((value, k) => {
          const moved = (by: number) => direct(theta.with(k, theta[k] + by));
          expect(value).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 8);
        });
      }),
      { seed, numRuns: 10 },
    );
  });

  test('is the same when the points do not fit into one block', () => {
    // f = cos(θ + x): an engine that needs no memory, on a circuit whose states would need 16 MiB each.
    const cosine: Engine = {
      name: 'cosine',
      capacity: { bytes: 2 ** 32, statesAtOnce: () => 0 },
      prepare: () => ({
        expectations: ({ perPoint }) => perPoint.map(Math.cos),
        jacobian: ({ perPoint }) => ({
          values: perPoint.map(Math.cos),
          derivatives: perPoint.map((angle) => -Math.sin(angle)),
        }),
      }),
    };
    const angle = {
      offset: { kind: 'input', index: 0 },
      terms: [{ parameter: 0, factor: { kind: 'number', value: 1 } }],
    } as const;
    const circuit = compile({
      qubits: 20,
      inputs: 1,
      parameters: ['theta'],
      start: 'zero',
      operations: [{ gate: 'ry', wires: [0], angles: [angle] }],
    });
    const model = createModel(circuit, [parseObservable('Z0', 20)], 1, cosine);
    const data = dataOf([0.1, 0.5, 1, 1.7, 2, 2.2, 3], [1, 0, -1, 0.5, 0.2, 0.7, 0.3]);
    const points = preparePoints(model, data, data.train);
    expect(points.blocks.length).toBeGreaterThan(2);
    const theta = Float64Array.of(0.4);
    const rows = [...data.train];
    const r = rows.map((row) => data.y[row] - Math.cos(0.4 + data.X[row]));
    const { loss, gradient } = lossObjective(model, points, 1 / points.count)(theta);
    expect(loss).toBeCloseTo(r.reduce((sum, value) => sum + value * value, 0) / (2 * rows.length), 14);
    const slope = rows.reduce((sum, row, i) => sum + r[i] * Math.sin(0.4 + data.X[row]), 0) / rows.length;
    expect(gradient[0]).toBeCloseTo(slope, 14);
    expect([...outputsOf(model, theta, points)]).toEqual(rows.map((row) => Math.cos(0.4 + data.X[row])));
    const squares = rows.reduce((sum, row) => sum + Math.sin(0.4 + data.X[row]) ** 2, 0);
    expect(largestEigenvalue(model, theta, points)).toBeCloseTo(squares, 14);
    // Too many numbers to hold the Jacobians: JᵀJ is summed up instead.
    expect(largestEigenvalue(model, theta, points, 0)).toBeCloseTo(squares, 14);
  });

  test('λmax by power iteration is the largest singular value of J, squared', () => {
    const model = modelOf(3, 3, ['Z0', 'Z1']);
    const data = dataOf([-1, -0.2, 0, 0.6, 1.1, 1.4], new Array(12).fill(0), 2);
    const points = preparePoints(model, data, data.train);
    fc.assert(
      fc.property(fc.integer(), (word) => {
        const theta = randomTheta(model.parameters, word);
        const { J, rows, columns } = jacobian(model, theta, points.blocks[0].inputs);
        const largest = svd(J, rows, columns).s[0] ** 2;
        const found = largestEigenvalue(model, theta, points);
        expect(found).toBeLessThan(largest * (1 + 1e-12));
        expect(found).toBeGreaterThan(largest * 0.99);
        expect(Math.abs(largestEigenvalue(model, theta, points, 0) / found - 1)).toBeLessThan(1e-9);
      }),
      { seed, numRuns: 20 },
    );
  });
});

describe.each(oracle.cases as Record<string, never>[])("L-BFGS against scipy's L-BFGS-B: $name labels", (stored) => {
  const { x, y, theta0, f0, loss0, gradient0, loss, nit, curve } = stored as unknown as {
    [key in 'x' | 'y' | 'theta0' | 'f0' | 'gradient0' | 'curve']: number[];
  } & { loss0: number; loss: number; nit: number };
  const model = modelOf(oracle.qubits, oracle.layers);
  const data = { ...dataOf(x, y), train: Int32Array.from(x.keys()), test: new Int32Array(0) };
  const from = Float64Array.from(theta0);
  const run = train(model, data, {
    optimizer: 'lbfgs',
    loss: 'mean',
    steps: 500,
    theta0: from,
    record: Array.from({ length: 500 }, (_, k) => k),
  });

  test('both start from the same loss and gradient', () => {
    const at = lossObjective(model, preparePoints(model, data, data.train), 1 / data.train.length)(from);
    expect(at.loss).toBeCloseTo(loss0, 13);
    at.gradient.forEach((value, k) => {
      expect(value).toBeCloseTo(gradient0[k], 13);
    });
    f0.forEach((value, i) => {
      expect(run.trajectory.train[i]).toBeCloseTo(value, 13);
    });
  });

  test('both end at the same loss', () =>
    expect(Math.abs(run.trajectory.trainLoss.at(-1)! - loss)).toBeLessThan(1e-12));

  test('the gradient vanishes, although near a least loss above 0 its decrease is below rounding', () =>
    expect(run.stopped).toBe('gradient'));

  test('ours takes no more than half as many iterations again on the way there', () => {
    const target = loss + 1e-6 * (loss0 - loss);
    const ours = run.trajectory.trainLoss.findIndex((value) => value <= target);
    const theirs = curve.findIndex((value) => value <= target);
    expect(ours).toBeGreaterThan(0);
    expect(ours).toBeLessThanOrEqual(1.5 * theirs);
    expect(nit).toBe(curve.length - 1);
  });
});

describe('train', () => {
  // The flow has no iterations of its own to record; it is compared with small steps below.
  const stepping = optimizers.map(({ name }) => name).filter((name) => name !== 'flow');

  test.each(stepping)('%s: records what happened', (optimizer) => {
    const seen: number[] = [];
    const options = { optimizer, loss: 'sum', steps: 30, theta0: start, record: [3, 7] } as const;
    const run = runSync(training(small.model, small.data, options), ({ done, total, loss }) => {
      seen.push(done);
      expect(total).toBe(30);
      expect(loss).toBeGreaterThan(0);
    });
    expect(structuredClone(run)).toEqual(run);
    const { times, trainLoss, train: onTrain, test: onTest, clock } = run.trajectory;
    const tick = clock === 't' ? run.rate! : 1;
    expect([...times]).toEqual([0, 3, 7, run.iterations].map((iteration) => iteration * tick));
    expect(seen).toEqual(Array.from({ length: run.iterations + 1 }, (_, k) => k));
    expect(trainLoss[3]).toBeLessThan(trainLoss[0]);
    for (let k = 0; k < times.length; k++) {
      const theta = run.thetas.subarray(k * start.length, (k + 1) * start.length);
      for (const [rows, values] of [
        [small.data.train, onTrain],
        [small.data.test, onTest],
      ] as const) {
        const f = outputs(small.model, theta, bind(small.model, takeRows(small.data.X, 1, rows)));
        expect(values.slice(k * rows.length, (k + 1) * rows.length)).toEqual(f);
      }
      const f = onTrain.subarray(k * 4, (k + 1) * 4);
      const sum = [...small.data.train].reduce((total, row, i) => total + (small.data.y[row] - f[i]) ** 2, 0);
      expect(trainLoss[k]).toBeCloseTo(sum / 2, 13);
    }
    expect(run.thetas.subarray(0, start.length)).toEqual(start);
    expect(run.thetas.subarray(-start.length)).toEqual(run.theta);
    const moved = Math.hypot(...run.theta.map((value, i) => value - start[i]));
    expect(run.parameterChange).toBeCloseTo(moved / Math.hypot(...start), 14);
  });

  test('the flow refuses parameters that are no numbers', () => {
    const theta0 = start.map((value, i) => (i === 1 ? Number.NaN : value));
    expect(() => train(small.model, small.data, { optimizer: 'flow', loss: 'mean', steps: 3, theta0 })).toThrow(
      'theta0[1]: found NaN, expected a finite number',
    );
  });

  test.each([0, -1, Number.NaN])('the flow refuses a tolerance of %d, which no step would meet', (tolerance) => {
    const options = { optimizer: 'flow', loss: 'mean', steps: 3, theta0: start, tolerance } as const;
    expect(() => train(small.model, small.data, options)).toThrow(
      `tolerance: found ${tolerance}, expected a number above 0`,
    );
  });

  test('the flow tells how far it is at every Jacobian, and is stopped between two', async () => {
    const options = { optimizer: 'flow', loss: 'mean', steps: 300, theta0: start } as const;
    const seen: TrainingProgress[] = [];
    const { jacobians } = runSync(training(small.model, small.data, options), (event) => seen.push(event));
    expect(jacobians).toBeGreaterThan(5);
    // One at the end beside those of the Jacobians.
    expect(seen).toHaveLength(jacobians! + 1);
    expect(seen[0].done).toBeLessThan(0.1 * options.steps);
    expect(seen.at(-1)!.done).toBe(options.steps);
    seen.slice(1).forEach(({ done, total, loss }, k) => {
      expect(done).toBeGreaterThanOrEqual(seen[k].done);
      expect(loss).toBeLessThanOrEqual(seen[k].loss * (1 + 1e-4));
      expect(total).toBe(options.steps);
    });

    const controller = new AbortController();
    let events = 0;
    const running = runAsync(training(small.model, small.data, options), {
      signal: controller.signal,
      onEvent: () => {
        if (++events === 3) controller.abort();
      },
    });
    await expect(running).rejects.toThrow('abort');
    expect(events).toBe(3);
  });

  test('the rate that gradient descent chooses is half of 2/(w·λmax)', () => {
    const points = preparePoints(small.model, small.data, small.data.train);
    const { J, rows, columns } = jacobian(small.model, start, points.blocks[0].inputs);
    const largest = svd(J, rows, columns).s[0] ** 2;
    for (const [loss, weight] of [
      ['mean', 1 / 4],
      ['sum', 1],
    ] as const) {
      const { rate } = train(small.model, small.data, { optimizer: 'gd', loss, steps: 0, theta0: start });
      expect(rate! * weight * largest).toBeGreaterThan(1 - 1e-9);
      expect(rate! * weight * largest).toBeLessThan(1.01);
    }
  });

  test.each([0.9, 1.1])('a rate of %d times the limit', (factor) => {
    // Labels a hair away from the outputs, along the first mode: there the linear model is the truth.
    const points = preparePoints(small.model, small.data, small.data.train);
    const { J, f, rows, columns } = jacobian(small.model, start, points.blocks[0].inputs);
    const { u, s } = svd(J, rows, columns);
    const y = small.data.y.slice();
    small.data.train.forEach((row, i) => {
      y[row] = f[i] + 1e-6 * u[i * Math.min(rows, columns)];
    });
    const options = { optimizer: 'gd', loss: 'sum', steps: 10, theta0: start, rate: (factor * 2) / s[0] ** 2 } as const;
    const { trainLoss } = train(small.model, { ...small.data, y }, options).trajectory;
    // The residual shrinks by 1 − ηλ a step, the loss by its square.
    expect(trainLoss.at(-1)! / trainLoss[0]).toBeCloseTo((1 - 2 * factor) ** 20, 2);
  });

  test.each([0, -1, Number.NaN])('the flow refuses a rate of %d', (rate) => {
    const options = { optimizer: 'flow', loss: 'mean', steps: 3, theta0: start, rate } as const;
    expect(() => train(small.model, small.data, options)).toThrow(
      `rate: found ${rate}, expected a finite number above 0`,
    );
  });

  test('gradient descent tends to the flow, to first order in its rate', () => {
    const end = (optimizer: string, steps: number) => {
      const options = { optimizer, loss: 'mean', theta0: start, record: [], steps, rate: 3 / steps } as const;
      const { times, train: onTrain } = train(small.model, small.data, options).trajectory;
      expect(times.at(-1)).toBeCloseTo(3, 12);
      return onTrain.slice(-small.data.train.length);
    };
    const apart = (a: Float64Array, b: Float64Array) => Math.hypot(...a.map((value, i) => value - b[i]));
    const [coarse, half, fine] = [100, 200, 1600].map((steps) => end('gd', steps));
    // Errors are 1/100, 1/200 and 1/1600 of something: differences of 8/1600 and 7/1600.
    expect(apart(coarse, half) / apart(half, fine)).toBeCloseTo(8 / 7, 1);
    // The integrator's tolerance is 1e-3; gradient descent at the half rate is 1.4e-3 off, at this one 2e-4.
    expect(apart(fine, end('flow', 100))).toBeLessThan(1.2e-3);
  });

  test.each(['mean', 'sum'] as const)('a batch of all points is no batch: %s loss', (loss) => {
    const options = { optimizer: 'adam', loss, steps: 15, theta0: start, rate: 0.05 } as const;
    const whole = train(small.model, small.data, options);
    const batched = train(small.model, small.data, { ...options, batch: { size: 4, seed: 1, index: 0 } });
    // The same sums in another order; Adam divides by the gradient's size, which makes rounding of small ones larger.
    batched.theta.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.theta[i], 9);
    });
    expect(batched.trajectory.trainLoss.at(-1)).toBeCloseTo(whole.trajectory.trainLoss.at(-1)!, 9);
  });

  test('the gradients of an epoch’s batches have the mean of the whole gradient, whatever the loss', () => {
    for (const loss of ['mean', 'sum'] as const) {
      // Steps so small that θ stays where it is to 1e-9.
      const options = { optimizer: 'gd', loss, theta0: start, rate: 1e-10 } as const;
      const whole = train(small.model, small.data, { ...options, steps: 2 });
      const parts = train(small.model, small.data, { ...options, steps: 2, batch: { size: 2, seed: 5, index: 0 } });
      const moved = (run: Training, i: number) => (run.theta[i] - start[i]) / 1e-10;
      start.forEach((_, i) => {
        expect(moved(parts, i)).toBeCloseTo(moved(whole, i), 4);
      });
    }
  });

  test('losses on record are those of all points, also where batches are small', () => {
    const options = { optimizer: 'adam', loss: 'mean', steps: 9, theta0: start, record: [4] } as const;
    const { trajectory, thetas, iterations } = train(small.model, small.data, {
      ...options,
      batch: { size: 1, seed: 2, index: 0 },
    });
    expect(iterations).toBe(9);
    const points = preparePoints(small.model, small.data, small.data.train);
    [0, 1, 2].forEach((k) => {
      const theta = thetas.subarray(k * start.length, (k + 1) * start.length);
      const { loss, outputs } = lossObjective(small.model, points, 1 / 4)(theta);
      expect(trajectory.trainLoss[k]).toBe(loss);
      expect(trajectory.train.slice(4 * k, 4 * k + 4)).toEqual(outputs);
    });
  });

  test('with momentum a step of gradient descent is 1/(1 − β) as long on the clock of the flow', () => {
    const run = (momentum: number, rate: number) =>
      train(small.model, small.data, { optimizer: 'gd', loss: 'mean', steps: 4000, theta0: start, rate, momentum });
    const [plain, heavy] = [run(0, 2e-3), run(0.8, 4e-4)];
    expect(heavy.trajectory.times.at(-1)).toBeCloseTo(plain.trajectory.times.at(-1)!, 10);
    expect(heavy.trajectory.trainLoss.at(-1)! / plain.trajectory.trainLoss.at(-1)!).toBeCloseTo(1, 2);
  });

  test('equal input, equal output', () => {
    const options = { optimizer: 'lbfgs', loss: 'mean', steps: 20, theta0: start } as const;
    expect(train(small.model, small.data, options)).toEqual(train(small.model, small.data, options));
  });

  test('all rows for training, θ₀ = 0, no gradient at all', () => {
    const data = { ...dataOf([0, 0.5], [1, 1]), train: Int32Array.of(0), test: new Int32Array(0) };
    const theta0 = new Float64Array(small.model.parameters);
    const run = train(small.model, data, { optimizer: 'gd', loss: 'mean', steps: 5, theta0 });
    expect(run).toMatchObject({ stopped: 'gradient', iterations: 0, parameterChange: null, rate: 1 });
    expect(run.trajectory.test.length).toBe(0);
  });

  test('what cannot be done is refused by name', () => {
    const options = { optimizer: 'gd', loss: 'mean', steps: 5, theta0: start } as const;
    const attempt =
      (change: object, data: Dataset = small.data) =>
      () =>
        train(small.model, data, { ...options, ...change });
    expect(attempt({ optimizer: 'sgd' })).toThrow(
      `"sgd", expected one of ${optimizers.map(({ name }) => name).join(', ')}`,
    );
    expect(attempt({ optimizer: 'lbfgs', rate: 0.1 })).toThrow(/rate.*lbfgs/);
    expect(attempt({ rate: 0 })).toThrow(/rate: found 0/);
    expect(attempt({ rate: Number.NaN })).toThrow(/rate: found NaN/);
    expect(attempt({ theta0: start.subarray(1) })).toThrow(/theta0: found 7.*8/);
    expect(attempt({ steps: 1.5 })).toThrow(/steps: found 1.5/);
    expect(attempt({}, { ...small.data, outputs: 2 })).toThrow(/found 1 observable, expected 2/);
    expect(attempt({}, { ...small.data, features: ['a', 'b'] })).toThrow(/2 features.*1/);
    expect(attempt({ optimizer: 'lbfgs', batch: { size: 2, seed: 1, index: 0 } })).toThrow(
      /training.batch: found 2 with the optimizer lbfgs, expected none, as only gd.* have one/,
    );
    expect(attempt({ optimizer: 'adam', momentum: 0.9 })).toThrow(/training.momentum.*only gd has one/);
    expect(attempt({ momentum: 1 })).toThrow(/momentum: found 1, expected from 0 to below 1/);
    expect(attempt({ batch: { size: 5, seed: 1, index: 0 } })).toThrow(/batch: found 5.*from 1 to 4/);
    expect(attempt({ rate: 1e308, steps: 50 })).toThrow(InputError);
    expect(attempt({ rate: 1e308, steps: 50 })).toThrow(/finite after \d+ iterations at the rate 1e\+308.*below \d/);
    expect(attempt({ theta0: start.with(0, Number.NaN), rate: 1 })).toThrow(/theta0\[0\]: found NaN/);
  });
});
