import { describe, expect, test } from 'vitest';
import { logSpaced } from '../../src/linalg/log-spaced.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { followFlow } from '../../src/predict/flow.ts';
import { type FlowSystem, flowSystem } from '../../src/predict/flow-system.ts';
import { descentLaw, flowLaw, limitLaw } from '../../src/predict/law.ts';
import { linearFromJacobian, linearTrajectory, lossAt, outputsAt } from '../../src/predict/linear.ts';
import { checkEndPoint, lossDeviation } from '../../src/predict/linearisation.ts';
import { train } from '../../src/train/train.ts';
import { kernelBetween, minus } from '../helpers/brute-force.ts';
import { counted, dataOf, largestDifference, logSlope, modelOf, randomNumbers, sineData } from '../helpers/problems.ts';

const seed = 20263;

function linearOf(system: FlowSystem) {
  const first = system.jacobian(system.theta0);
  return {
    first,
    linear: linearFromJacobian(first, undefined, { y: system.y, loss: system.loss, points: system.points }),
  };
}

/** HEA on 6 qubits, 6 points y = a·sin 2x. */
function sineProblem(layers: number, frequency: 'low' | 'linear', a: number, scale: number, index: number) {
  const model = modelOf({ qubits: 6, layers, frequency, scale });
  const data = sineData(a);
  const theta0 = initialTheta(model, seed, index);
  const system = flowSystem(model, data, 'mean', theta0);
  return { model, data, theta0, system, ...linearOf(system) };
}

const settings = (['low', 'linear'] as const).flatMap((frequency) =>
  (
    [
      [0.9, 1],
      [0.1, 1],
      [0.9, 8],
    ] as const
  ).map(([a, scale]) => [frequency, a, scale] as const),
);

describe('forecast and real gradient descent', () => {
  test('they part in proportion to the distance of the labels from the outputs', () => {
    const model = modelOf({ qubits: 4, layers: 4 });
    const plain = sineData(1);
    const theta0 = initialTheta(model, seed, 0);
    const f0 = flowSystem(model, plain, 'mean', theta0).outputs(theta0);
    const direction = randomNumbers(6, seed);
    const sizes = [0.1, 0.03, 0.01, 0.003, 0.001];
    const deviations = sizes.map((size) => {
      const data = { ...plain, y: f0.map((value, i) => value + size * direction[i]) };
      const { linear } = linearOf(flowSystem(model, data, 'mean', theta0));
      const lambdaMax = linear.spectrum.values[0];
      const rate = 0.2 / (linear.weight * lambdaMax);
      const { trajectory } = train(model, data, { optimizer: 'gd', loss: 'mean', steps: 300, rate, theta0 });
      // The discrete law at the same rate, so that nothing but the change of the kernel is seen.
      return trajectory.times.reduce((most, t, k) => {
        const frozen = lossAt(linear, descentLaw(Math.round(t / rate), rate, linear.weight, lambdaMax));
        return Math.max(most, Math.abs(trajectory.trainLoss[k] / frozen - 1));
      }, 0);
    });
    expect(deviations.at(-1)).toBeLessThan(0.05);
    expect(logSlope(sizes.slice(1), deviations.slice(1))).toBeGreaterThan(0.9);
    expect(logSlope(sizes.slice(1), deviations.slice(1))).toBeLessThan(1.1);
  });

  test.each(settings)(
    'followFlow is within 2 %% of it until the loss has fallen a hundredfold: RY %s, a = %d, γ = %d',
    (frequency, a, scale) => {
      const { model, data, theta0, system, linear } = sineProblem(20, frequency, a, scale, 0);
      const fastest = linear.weight * linear.spectrum.values[0];
      const first = lossAt(linear, flowLaw(0, linear.weight));
      const probe = followFlow(system, {
        times: logSpaced(0.01 / fastest, 1e5 / fastest, 100),
        tolerance: 1e-3,
        stopLoss: first / 100,
      });
      expect(probe.trajectory.trainLoss.at(-1)).toBeLessThan(first / 100);
      const end = probe.trajectory.times.at(-1)!;
      // The error of descent itself is about ηλ/2 a decay time.
      const steps = Math.min(2500, Math.max(600, Math.ceil(end * fastest * 100)));
      const rate = end / steps;
      expect(rate * fastest).toBeLessThan(0.1);
      const { trajectory } = train(model, data, { optimizer: 'gd', loss: 'mean', steps, rate, theta0 });
      const flow = followFlow(system, { times: trajectory.times, tolerance: 1e-3 });
      const off = trajectory.trainLoss.map((loss, k) => Math.abs(flow.trajectory.trainLoss[k] / loss - 1));
      expect(trajectory.trainLoss.at(-1)! / first).toBeLessThan(0.0105);
      expect(Math.max(...off)).toBeLessThan(0.02);
      expect(flow.jacobians).toBeLessThan(40);
    },
  );
});

/** The same by definition: the flow at a tight tolerance at very many times, up to the first of the two crossings. */
function deviation(
  { system, linear }: Pick<ReturnType<typeof sineProblem>, 'system' | 'linear'>,
  end = Infinity,
): number {
  const first = lossAt(linear, flowLaw(0, linear.weight));
  const fastest = linear.weight * linear.spectrum.values[0];
  const all = linearTrajectory(linear, logSpaced(1e-3 / fastest, 1e8 / fastest, 1200));
  const count = all.trainLoss.findIndex((loss, k) => loss < first / 100 || all.times[k] > end);
  const { trainLoss } = followFlow(system, {
    times: all.times.slice(0, count),
    tolerance: 1e-4,
    stopLoss: first / 100,
  }).trajectory;
  const crossing = trainLoss.findIndex((loss) => loss < first / 100);
  const ratios = trainLoss.slice(0, crossing < 0 ? count : crossing).map((loss, k) => loss / all.trainLoss[k]);
  return Math.max(...ratios.map((ratio) => Math.max(ratio, 1 / ratio))) - 1;
}

describe('lossDeviation', () => {
  test('at tolerance 0.1 it is the true one within a factor of two in nine cases of ten', () => {
    const cases = [3, 8, 20].flatMap((layers) =>
      settings.flatMap(([frequency, a, scale]) =>
        [0, 1].map((index) => sineProblem(layers, frequency, a, scale, index)),
      ),
    );
    const found = cases.map((problem) => lossDeviation(problem.system, problem.linear, 0.1));
    const ratios = cases.map((problem, k) => found[k].value! / deviation(problem));
    expect(ratios.every(Number.isFinite)).toBe(true);
    expect(ratios.filter((ratio) => ratio > 0.5 && ratio < 2).length).toBeGreaterThanOrEqual(0.9 * cases.length);
    // The step that goes past the hundredth is cut where it passes, else its overshoot would be counted.
    const logs = ratios.map((ratio) => Math.abs(Math.log(ratio))).sort((x, y) => x - y);
    expect(logs[Math.floor(0.9 * logs.length)]).toBeLessThan(Math.log(1.5));
    const costs = found.map(({ jacobians }) => jacobians).sort((x, y) => x - y);
    expect(costs[costs.length / 2]).toBeLessThan(10);
    expect(costs.at(-1)).toBeLessThanOrEqual(20);
  });

  test('it is small where the labels are far from the edge of the readout, large at the edge', () => {
    const [edge, middle, scaled] = settings.slice(0, 3).map(([frequency, a, scale]) => {
      const values = [0, 1, 2].map((index) => {
        const { system, linear } = sineProblem(20, frequency, a, scale, index);
        return lossDeviation(system, linear, 0.1).value!;
      });
      return values.sort((x, y) => x - y)[1];
    });
    expect(edge).toBeGreaterThan(1);
    expect(middle).toBeLessThan(0.6);
    expect(scaled).toBeLessThan(0.6);
  });

  test('it counts its Jacobians, and says why there is none', () => {
    const { system } = sineProblem(20, 'low', 0.1, 1, 0);
    const spy = counted(system);
    expect(lossDeviation(spy, linearOf(system).linear, 0.1).jacobians).toBe(spy.calls.jacobian);
    const fitted = { ...system, y: system.jacobian(system.theta0).f };
    expect(lossDeviation(fitted, linearOf(fitted).linear, 0.1)).toMatchObject({
      value: null,
      reason: expect.stringMatching(/nothing to learn/),
      jacobians: 0,
    });
  });
});

describe('lossDeviation of a flow that 20 Jacobians do not follow to the end', () => {
  const problem = sineProblem(20, 'low', 0.9, 1, 0);
  const { system, linear } = problem;
  // A tolerance this close costs more than there is to spend.
  const found = lossDeviation(system, linear, 1e-5);

  test('it spends 20, says how far it came, and what it says is true up to there', () => {
    expect(found).toMatchObject({ jacobians: 20, complete: false });
    expect(found.followed).toBeGreaterThan(0);
    expect(found.value! / deviation(problem, found.followed)).toBeCloseTo(1, 1);
  });

  test('it is a lower bound of what the whole flow gives', () => {
    const whole = lossDeviation(system, linear, 0.1);
    expect(whole.complete).toBe(true);
    expect(whole.followed).toBeGreaterThan(found.followed);
    expect(found.value!).toBeLessThan(1.05 * whole.value!);
  });
});

test.each([1, 1e-5])(
  'the change of a kernel of more rows than parameters, %d of the way, by its definition',
  (share) => {
    const x = Array.from({ length: 40 }, (_, i) => -1.5 + 0.075 * i);
    const data = dataOf(
      x,
      x.map((value) => 0.8 * Math.sin(3 * value)),
    );
    const model = modelOf({ qubits: 3, layers: 2 });
    const system = flowSystem(model, data, 'mean', initialTheta(model, seed, 0));
    const { first, linear } = linearOf(system);
    const law = flowLaw(share / (linear.weight * linear.spectrum.values[0]), linear.weight);
    const { kernelChange, parameterChange } = checkEndPoint(system, first, linear, law);
    const K = kernelBetween(first, first);
    const { values, directions, rank } = linear.spectrum;
    const theta = system.theta0.map((value, k) =>
      linear.coefficients.reduce(
        (sum, c, j) => sum + c * Math.sqrt(values[j]) * law.gainOverLambda(values[j]) * directions![k * rank + j],
        value,
      ),
    );
    const end = system.jacobian(theta);
    const expected = Math.hypot(...minus(kernelBetween(end, end), K)) / Math.hypot(...K);
    expect(parameterChange).toBeGreaterThan(1e-3 * share);
    // By the differences of 1600 entries the definition itself is right to 1e-15/change.
    expect(Math.abs(kernelChange! / expected - 1)).toBeLessThan(1e-14 / expected + 1e-12);
  },
);

test('checkEndPoint: parameters, kernel and residual at θ₀ + Jᵀ·K⁺(y − f₀), each by its definition', () => {
  const { system, linear, first } = sineProblem(3, 'low', 0.5, 1, 0);
  const spy = counted(system);
  const check = checkEndPoint(spy, first, linear, limitLaw);
  expect(spy.calls).toEqual({ jacobian: 1, outputs: 0 });
  // Δθ of the least norm that makes J·Δθ = y − f₀.
  const target = minus(outputsAt(linear, limitLaw).train, first.f);
  const moved = new Float64Array(first.columns);
  const { values, directions, rank } = linear.spectrum;
  linear.coefficients.forEach((c, j) => {
    for (let k = 0; k < moved.length; k++) moved[k] += (c / Math.sqrt(values[j])) * directions![k * rank + j];
  });
  const image = Float64Array.from({ length: 6 }, (_, i) =>
    moved.reduce((sum, value, k) => sum + first.J[i * first.columns + k] * value, 0),
  );
  expect(largestDifference(image, target)).toBeLessThan(1e-9);
  const end = system.jacobian(system.theta0.map((value, k) => value + moved[k]));
  const K = kernelBetween(first, first);
  expect(check.parameterChange).toBeCloseTo(Math.hypot(...moved) / Math.hypot(...system.theta0), 9);
  expect(check.kernelChange).toBeCloseTo(Math.hypot(...minus(kernelBetween(end, end), K)) / Math.hypot(...K), 9);
  expect(check.residualLeft).toBeCloseTo(
    Math.hypot(...minus(system.y, end.f)) / Math.hypot(...minus(system.y, first.f)),
    9,
  );
});
