import {
  descentLaw,
  type Jacobian,
  type LinearModel,
  linearFromJacobian,
  mse,
  outputsAt,
  takeRows,
  train,
} from '@qntk/core';
import { outputsAtRecord, type Training } from '@qntk/core/train';
import { atOnce, type Kind } from '@qntk/study';
import { distance, frozenAt, jacobianAt, type Network, type NetworkSpec, networkOf, thetaOf } from '../networks.ts';

/** Gradient descent on ½Σr² at the rate 1/λmax, and what Eq. 4 says of it at the same steps. */
export interface DescentResult {
  readonly steps: readonly number[];
  /** λmax over the least eigenvalue above rounding. */
  readonly kappa: number;
  readonly descent: Errors;
  /** With the outputs at initialisation, and as printed. */
  readonly kept: Forecast;
  readonly dropped: Forecast;
  /** Mean squared error of Eq. 4 on each training point, of the kernel of all others: an estimate without test labels. */
  readonly leftOut: readonly number[];
  /** Outputs on the test points: at initialisation, and at each step of descent and of Eq. 4 as printed. */
  readonly initial: readonly number[];
  readonly outputs: readonly (readonly number[])[];
  readonly printed: readonly (readonly number[])[];
}

/** Mean squared errors at each step. */
interface Errors {
  readonly trainMse: readonly number[];
  readonly testMse: readonly number[];
}

interface Forecast extends Errors {
  /** Mean |f − f of descent| over the test points. */
  readonly error: readonly number[];
}

type At = ReturnType<typeof outputsAt>;

export const descentKind = {
  name: 'qntk-diagnostics-descent',
  seedRun(spec) {
    const network = networkOf(spec);
    return atOnce((index) => resultOf(network, thetaOf(network.model, index), spec.steps));
  },
} as const satisfies Kind<NetworkSpec, undefined, DescentResult>;

/** 0, and steps evenly on a logarithmic axis. */
function schedule(steps: number): number[] {
  const marks = Array.from({ length: 8 * Math.log2(steps) }, (_, k) => Math.round(2 ** (k / 4)));
  return [...new Set([0, ...marks.filter((mark) => mark < steps), steps])];
}

function resultOf(network: Network, theta0: Float64Array, most: number): DescentResult {
  const { model, dataset } = network;
  const kept = frozenAt(network, theta0);
  const dropped = frozenAt(network, theta0, 'dropped');
  const steps = schedule(most);
  const training = train(model, dataset, { optimizer: 'gd', loss: 'sum', steps: most, theta0, record: steps });
  const seen = steps.map((_, k) => atRecord(training, k));
  const along = (linear: LinearModel) => steps.map((step) => outputsAt(linear, lawOf(linear, step)));
  const printed = along(dropped);
  const { values, rank } = kept.spectrum;
  return {
    steps,
    kappa: values[0]! / values[rank - 1]!,
    descent: errorsOf(network, seen),
    kept: forecastOf(network, along(kept), seen),
    dropped: forecastOf(network, printed, seen),
    leftOut: leftOutErrors(network, theta0, steps),
    initial: [...kept.f0Test],
    outputs: seen.map(({ test }) => [...test]),
    printed: printed.map(({ test }) => [...test]),
  };
}

/** Descent at the rate 1/λmax. */
function lawOf({ spectrum, weight }: LinearModel, steps: number) {
  const largest = spectrum.values[0]!;
  return descentLaw(steps, 1 / (weight * largest), weight, largest);
}

const atRecord = (training: Training, k: number): At => ({
  train: outputsAtRecord(training, 'train', k),
  test: outputsAtRecord(training, 'test', k),
});

function errorsOf({ dataset }: Network, outputs: readonly At[]): Errors {
  const of = (part: 'train' | 'test') => {
    const y = takeRows(dataset.y, 1, dataset[part]);
    return outputs.map((f) => mse(y, f[part]).value!);
  };
  return { trainMse: of('train'), testMse: of('test') };
}

const forecastOf = (network: Network, outputs: readonly At[], seen: readonly At[]): Forecast => ({
  ...errorsOf(network, outputs),
  error: outputs.map(({ test }, k) => distance(test, seen[k]!.test)),
});

/** The rate is that of all training points, as the network trains with it. */
function leftOutErrors(network: Network, theta0: Float64Array, steps: readonly number[]): number[] {
  const { dataset } = network;
  const all = jacobianAt(network, theta0, dataset.train);
  const y = takeRows(dataset.y, 1, dataset.train);
  const sums = steps.map(() => 0);
  const whole = linearFromJacobian(all, undefined, { y, loss: 'sum', points: y.length });
  for (let i = 0; i < all.rows; i++) {
    const others = Array.from(y, (_, k) => k).filter((k) => k !== i);
    const linear = linearFromJacobian(rowsOf(all, others), rowsOf(all, [i]), {
      y: Float64Array.from(others, (k) => y[k]!),
      loss: 'sum',
      points: others.length,
    });
    const { values } = whole.spectrum;
    steps.forEach((step, k) => {
      const law = descentLaw(step, 1 / values[0]!, linear.weight, linear.spectrum.values[0]!);
      sums[k]! += (outputsAt(linear, law).test[0]! - y[i]!) ** 2 / all.rows;
    });
  }
  return sums;
}

function rowsOf({ columns, f, J }: Jacobian, rows: readonly number[]): Jacobian {
  const part = new Float64Array(rows.length * columns);
  rows.forEach((row, k) => {
    part.set(J.subarray(row * columns, (row + 1) * columns), k * columns);
  });
  return { rows: rows.length, columns, f: Float64Array.from(rows, (row) => f[row]!), J: part };
}
