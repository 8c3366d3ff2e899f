import { describe, expect, test } from 'vitest';
import { logSpaced } from '../../src/linalg/log-spaced.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { lossOf } from '../../src/model/loss.ts';
import { type Flow, followFlow } from '../../src/predict/flow.ts';
import { type FlowSystem, flowSystem } from '../../src/predict/flow-system.ts';
import { linearFromJacobian, linearTrajectory } from '../../src/predict/linear.ts';
import { engines } from '../../src/simulate/engines.ts';
import { flowByRk4, minus, times } from '../helpers/brute-force.ts';
import {
  counted,
  dataOf,
  largestDifference,
  logSlope,
  modelOf,
  randomJacobian,
  randomNumbers,
  rms,
} from '../helpers/problems.ts';

const seed = 20262;
const x = [-1.2, -0.7, -0.1, 0.3, 0.8, 1.3];
const y = [0.5, -0.3, 0.2, 0.1, -0.5, 0.4];
const wanted = Float64Array.of(0, 0.3, 1, 3, 10, 30);

function smallSystem(
  index: number,
  options: { train?: number[]; layers?: number; engine?: keyof typeof engines } = {},
) {
  const { train = [0, 1, 3, 5], layers = 3, engine = 'wasm' } = options;
  const model = modelOf({ qubits: 3, layers, engine: engines[engine] });
  return flowSystem(model, dataOf(x, y, train), 'mean', initialTheta(model, seed, index));
}

/** Outputs on all rows at every record. */
function recorded({ trajectory: { train, test, times: at } }: Flow): number[] {
  const [m, n] = [train.length / at.length, test.length / at.length];
  return Array.from(at, (_, k) => [...train.subarray(k * m, (k + 1) * m), ...test.subarray(k * n, (k + 1) * n)]).flat();
}

describe.each([0, 1, 2])('followFlow against Runge-Kutta in tiny steps, initialisation %d', (index) => {
  const system = smallSystem(index);
  const thetas = flowByRk4(system, wanted, 0.01);
  const truth = thetas.flatMap((theta) => [...system.outputs(theta)]);
  const tolerances = [1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
  const runs = tolerances.map((tolerance) => followFlow(system, { times: wanted, tolerance }));
  const errors = runs.map((run) => rms(recorded(run), truth));

  test('errors fall with the tolerance', () => {
    tolerances.forEach((_, k) => {
      if (k >= 2) expect(errors[k]).toBeLessThan(errors[k - 2]);
    });
    expect(errors[0]).toBeLessThan(0.05);
    expect(errors.at(-1)).toBeLessThan(1e-5);
  });

  test('at tolerance 10⁻⁵ outputs and parameters are right to 10⁻⁴, the worst of them to 3·10⁻⁴', () => {
    const run = runs[tolerances.indexOf(1e-5)];
    const parameters = thetas.flatMap((theta) => [...theta]);
    expect(rms(recorded(run), truth)).toBeLessThan(1e-4);
    expect(rms(run.thetas, parameters)).toBeLessThan(1e-4);
    expect(largestDifference(recorded(run), truth)).toBeLessThan(3e-4);
    expect(largestDifference(run.thetas, parameters)).toBeLessThan(3e-4);
    expect(run.theta).toEqual(run.thetas.slice(-system.theta0.length));
  });

  test('second order: the error falls at least as the 1.7th power of the Jacobians', () => {
    const fine = runs.slice(3);
    expect(
      logSlope(
        fine.map(({ jacobians }) => jacobians),
        errors.slice(3),
      ),
    ).toBeLessThan(-1.7);
  });

  test('losses are those of the recorded outputs', () => {
    const { trajectory } = runs[3];
    trajectory.times.forEach((_, k) => {
      const f = trajectory.train.subarray(4 * k, 4 * k + 4);
      expect(trajectory.trainLoss[k]).toBeCloseTo(lossOf('mean', minus(system.y, f), 4), 14);
    });
  });
});

describe('followFlow', () => {
  test('the reference engine gives the same run', () => {
    const [a, b] = (['wasm', 'reference'] as const).map((engine) =>
      followFlow(smallSystem(0, { engine }), { times: wanted, tolerance: 1e-3 }),
    );
    expect(largestDifference(recorded(a), recorded(b))).toBeLessThan(1e-10);
    expect(a.jacobians).toBe(b.jacobians);
  });

  test.each([0.1, 1e-3, 1e-5])('the loss never rises by more than the tolerance, here %d', (tolerance) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { trainLoss } = followFlow(smallSystem(index), { times: logSpaced(1e-3, 1e4, 200), tolerance }).trajectory;
      trainLoss.slice(1).forEach((loss, k) => {
        expect(loss).toBeLessThanOrEqual(trainLoss[k] * (1 + 2 * tolerance));
      });
    }
  });

  test('where labels can be fitted the loss never rises at all above rounding', () => {
    const system = smallSystem(0, { train: [0, 5] });
    for (const tolerance of [0.1, 1e-2, 1e-3]) {
      const { trainLoss } = followFlow(system, { times: logSpaced(1e-3, 1e4, 200), tolerance }).trajectory;
      expect(trainLoss.at(-1)).toBeLessThan(1e-15);
      trainLoss.slice(1).forEach((loss, k) => {
        expect(loss).toBeLessThanOrEqual(trainLoss[k] + 1e-18 * trainLoss[0]);
      });
    }
  });

  test.each([
    [1e-17, 1],
    [1, 1e18],
  ])('ends where outputs move within the rounding of far larger labels: scale %d, labels %d', (scale, size) => {
    const model = modelOf({ qubits: 3, layers: 3, scale });
    const far = dataOf(
      x,
      y.map((label) => size * label),
      [0, 1, 3, 5],
    );
    const system = flowSystem(model, far, 'mean', initialTheta(model, seed, 0));
    const flow = followFlow(system, {
      times: Float64Array.of(0, 10 / scale ** 2),
      tolerance: 1e-5,
      mostJacobians: 200,
    });
    expect(flow.complete).toBe(true);
    expect(flow.jacobians).toBeLessThan(50);
    expect(flow.trajectory.times[1]).toBe(10 / scale ** 2);
  });

  test.each([0, 1, 2, 3, 4])(
    'at rest in a minimum that does not fit it asks for no more Jacobians, however long, start %d',
    (index) => {
      const system = smallSystem(index);
      const long = followFlow(system, { times: logSpaced(1, 1e6, 50), tolerance: 0.1 });
      expect(long.jacobians).toBeLessThan(120);
      const least = followFlow(system, { times: Float64Array.of(1e4), tolerance: 1e-5 }).trajectory.trainLoss[0];
      expect(least).toBeGreaterThan(0.02);
      expect(long.trajectory.trainLoss.at(-1)! / least).toBeCloseTo(1, 0.3);
      expect(long.trajectory.times).toEqual(logSpaced(1, 1e6, 50));
    },
  );

  test('more rows than parameters: every point twice is the same flow of the mean loss', () => {
    const once = smallSystem(3, { layers: 1, train: [0, 1, 3, 5] });
    const model = modelOf({ qubits: 3, layers: 1 });
    const rows = [0, 1, 3, 5, 0, 1, 3, 5, 2, 4];
    const data = dataOf(
      rows.map((row) => x[row]),
      rows.map((row) => y[row]),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    const twice = flowSystem(model, data, 'mean', once.theta0);
    expect(once.trainRows).toBeLessThan(model.parameters);
    expect(twice.trainRows).toBeGreaterThan(model.parameters);
    for (const tolerance of [0.1, 1e-3, 1e-5]) {
      const [a, b] = [once, twice].map((system) => followFlow(system, { times: wanted, tolerance }));
      expect(largestDifference(a.thetas, b.thetas)).toBeLessThan(1e-9);
      expect(largestDifference(a.trajectory.trainLoss, b.trajectory.trainLoss)).toBeLessThan(1e-9);
      expect(largestDifference(a.trajectory.test, b.trajectory.test)).toBeLessThan(1e-9);
      expect(a.jacobians).toBe(b.jacobians);
    }
  });

  test('mean and sum losses differ in the clock alone', () => {
    const mean = smallSystem(1);
    const sum: FlowSystem = { ...mean, loss: 'sum', weight: 1 };
    const [a, b] = [
      followFlow(mean, { times: wanted, tolerance: 1e-3 }),
      followFlow(sum, { times: wanted.map((t) => t / 4), tolerance: 1e-3 }),
    ];
    expect(largestDifference(a.thetas, b.thetas)).toBeLessThan(1e-12);
    expect(
      largestDifference(
        a.trajectory.trainLoss.map((loss) => 4 * loss),
        b.trajectory.trainLoss,
      ),
    ).toBeLessThan(1e-12);
  });

  test('several outputs are rows like others', () => {
    const model = modelOf({ qubits: 3, layers: 3, observable: ['Z0', 'X1'] });
    const labels = [...y, ...y.map((value) => -value / 2)];
    const data = dataOf(x, labels, [0, 2, 4], 2);
    const system = flowSystem(model, data, 'mean', initialTheta(model, seed, 0));
    expect(system.trainRows).toBe(6);
    const thetas = flowByRk4(system, wanted, 0.02);
    const run = followFlow(system, { times: wanted, tolerance: 1e-5 });
    expect(
      largestDifference(
        recorded(run),
        thetas.flatMap((theta) => [...system.outputs(theta)]),
      ),
    ).toBeLessThan(1e-4);
  });

  test('counts are those of the calls it makes', () => {
    for (const tolerance of [1, 1e-2, 1e-4]) {
      const system = counted(smallSystem(2));
      const run = followFlow(system, { times: wanted, tolerance });
      expect(run.jacobians).toBe(system.calls.jacobian);
      expect(run.evaluations).toBe(system.calls.outputs);
      expect(run.evaluations).toBeGreaterThanOrEqual(run.steps.length);
      expect(run.steps.length).toBeGreaterThan(0);
    }
  });

  test('steps go forward to the last time, none further off the model than the tolerance', () => {
    const { steps } = followFlow(smallSystem(2), { times: wanted, tolerance: 1e-3 });
    expect(steps.at(-1)!.t).toBeCloseTo(30, 12);
    steps.forEach(({ t, deviation }, k) => {
      expect(t).toBeGreaterThan(k === 0 ? 0 : steps[k - 1].t);
      expect(deviation).toBeLessThanOrEqual(1e-3);
    });
  });

  test('between the ends of its steps outputs run on without a jump', () => {
    const system = smallSystem(0);
    const { steps } = followFlow(system, { times: wanted, tolerance: 0.1 });
    const ends = steps.slice(0, -1).map(({ t }) => t);
    const around = Float64Array.from(ends.flatMap((t) => [t * (1 - 1e-7), t * (1 + 1e-7)]));
    const run = followFlow(system, { times: Float64Array.of(...around, 30), tolerance: 0.1 });
    expect(run.steps.map(({ t }) => t)).toEqual(steps.map(({ t }) => t));
    const f = recorded(run);
    const width = f.length / run.trajectory.times.length;
    ends.forEach((_, k) => {
      const [before, after] = [2 * k, 2 * k + 1].map((record) => f.slice(record * width, (record + 1) * width));
      expect(largestDifference(before, after)).toBeLessThan(1e-6);
    });
    // Halfway between two ends, against Runge-Kutta.
    const middles = Float64Array.from(steps.slice(1, 6), ({ t }, k) => (t + steps[k].t) / 2);
    const truth = flowByRk4(system, middles, 0.01).flatMap((theta) => [...system.outputs(theta)]);
    const loose = followFlow(system, { times: Float64Array.of(...middles, 30), tolerance: 0.1 });
    expect(rms(recorded(loose).slice(0, truth.length), truth)).toBeLessThan(0.005);
  });

  test('records stand at exactly the times asked for, and other times between change none of them', () => {
    const system = smallSystem(0);
    const few = followFlow(system, { times: wanted, tolerance: 1e-2 });
    expect(few.trajectory.times).toEqual(wanted);
    expect(few.trajectory.train.subarray(0, 4)).toEqual(system.outputs(system.theta0).subarray(0, 4));
    const all = Float64Array.from([...wanted, 0.01, 0.5, 7, 7.5, 29]).sort();
    const many = followFlow(system, { times: all, tolerance: 1e-2 });
    expect(many.trajectory.times).toEqual(all);
    wanted.forEach((t, k) => {
      expect(many.trajectory.trainLoss[all.indexOf(t)]).toBeCloseTo(few.trajectory.trainLoss[k], 12);
    });
  });

  test('stopLoss: the last record is the first step end below it, the others as without', () => {
    const system = smallSystem(0, { train: [0, 5] });
    const at = logSpaced(0.01, 1e4, 60);
    const free = followFlow(system, { times: at, tolerance: 1e-2 });
    const stopLoss = free.trajectory.trainLoss[0] / 100;
    const run = followFlow(system, { times: at, tolerance: 1e-2, stopLoss });
    const { times: found, trainLoss } = run.trajectory;
    expect(trainLoss.at(-1)).toBeLessThan(stopLoss);
    expect(found.length).toBeLessThan(60);
    expect(found.subarray(0, -1)).toEqual(at.subarray(0, found.length - 1));
    expect(trainLoss.slice(0, -1)).toEqual(free.trajectory.trainLoss.slice(0, found.length - 1));
    expect(found.at(-1)).toBe(run.steps.at(-1)!.t);
    expect(run.jacobians).toBeLessThan(free.jacobians);
    expect(largestDifference(system.outputs(run.theta).subarray(0, 2), run.trajectory.train.slice(-2))).toBe(0);
  });

  test('fitted labels: the first Jacobian is the last, and nothing moves', () => {
    const plain = smallSystem(0);
    const system = counted({ ...plain, y: plain.outputs(plain.theta0).slice(0, plain.trainRows) });
    // Labels from the same pass as the residual, so that it is exactly 0.
    const exact = { ...system, y: plain.jacobian(plain.theta0).f.slice(0, plain.trainRows) };
    const run = followFlow(exact, { times: wanted, tolerance: 1e-3 });
    expect(system.calls).toEqual({ jacobian: 1, outputs: 0 });
    expect(run.theta).toEqual(plain.theta0);
    expect([...run.trajectory.trainLoss]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(run.steps).toEqual([]);
  });

  test('no gradient: one step, and everything stays where it is', () => {
    const plain = smallSystem(0);
    const still = plain.jacobian(plain.theta0);
    const system = counted({
      ...plain,
      jacobian: () => ({ ...still, J: still.J.map(() => 0) }),
      outputs: () => still.f,
    });
    const run = followFlow(system, { times: wanted, tolerance: 1e-3 });
    expect(system.calls.jacobian).toBeLessThanOrEqual(2);
    expect(run.theta).toEqual(plain.theta0);
    expect(new Set(run.trajectory.trainLoss).size).toBe(1);
    expect(run.trajectory.times).toEqual(wanted);
  });

  test('a network that is linear in its parameters is followed exactly, as its frozen forecast', () => {
    const [train, testPart] = [randomJacobian(5, 12, seed, 1), randomJacobian(3, 12, seed, 2)];
    const J = Float64Array.of(...train.J, ...testPart.J);
    const f0 = Float64Array.of(...train.f, ...testPart.f);
    const f = (theta: Float64Array) => f0.map((value, i) => value + times(J, theta)[i]);
    const labels = randomNumbers(5, seed, 3);
    const system: FlowSystem = {
      theta0: new Float64Array(12),
      y: labels,
      trainRows: 5,
      points: 5,
      loss: 'mean',
      weight: 1 / 5,
      jacobian: (theta) => ({ rows: 8, columns: 12, J, f: f(theta) }),
      outputs: f,
    };
    const frozen = linearTrajectory(
      linearFromJacobian(train, testPart, { y: labels, loss: 'mean', points: 5 }),
      wanted,
    );
    const run = followFlow(system, { times: wanted, tolerance: 1e-6 });
    expect(largestDifference(run.trajectory.train, frozen.train)).toBeLessThan(1e-11);
    expect(largestDifference(run.trajectory.test, frozen.test)).toBeLessThan(1e-11);
    expect(run.jacobians).toBeLessThan(6);
  });
});
