import {
  accuracy,
  cautionsOf,
  type Dataset,
  type DiagnoseOptions,
  decisionOf,
  deeperSpec,
  diagnosisProblem,
  halfOfPoints,
  initialTheta,
  type Model,
  mse,
  r2,
  readoutSpec,
  rescaledSpec,
  richerSpec,
  simplerSpec,
  train,
} from '@qntk/core';
import type { Problem } from './problems.ts';

/** The trainings that are foretold, and their budgets of steps. */
export const trainings = {
  lbfgs: { optimizer: 'lbfgs', steps: 300 },
  adam: { optimizer: 'adam', steps: 300, rate: 0.05 },
  short: { optimizer: 'adam', steps: 60, rate: 0.02 },
  descent: { optimizer: 'gd', steps: 300 },
} as const;

export type TrainingName = keyof typeof trainings;

const seed = 7;
const initialisations = 2;

export function optionsOf(name: TrainingName): DiagnoseOptions {
  return {
    ...trainings[name],
    seed,
    seeds: initialisations,
    loss: 'mean',
    verify: false,
    // The study is of forecasts, also where a training would take no longer.
    basis: 'forecast',
    source: 'study',
    description: 'study',
  };
}

/** Where one training ended. */
interface Run {
  readonly trainMse: number;
  /** Of several outputs; of one it is what the error leaves of the labels' variance. */
  readonly trainR2?: number;
  readonly testR2: number;
}

/** The same with what else is foretold of it: the test error, right classes, the span of the outputs on training points. */
interface FullRun extends Run {
  readonly testMse: number;
  readonly testAccuracy: number | null;
  readonly low: number;
  readonly high: number;
}

/** Of each initialisation the training error at the start, and where training ends: as planned, and as a diagnosis may advise. */
export interface Trained {
  readonly start: readonly number[];
  readonly runs: readonly FullRun[];
  /** With the changes that a diagnosis tries, where there are such. */
  readonly longer: readonly Run[];
  readonly deeper: readonly Run[];
  readonly readout?: readonly Run[];
  readonly fewer: readonly Run[];
  readonly simpler?: readonly Run[];
  readonly richer?: readonly Run[];
  readonly rescaled?: readonly Run[];
}

export function trained({ dataset, spec, build }: Problem, name: TrainingName): Trained {
  const { steps } = trainings[name];
  const model = build(spec);
  const own = runs(model, dataset, name, [steps, 2 * steps]);
  const scores = ({ trainMse, trainR2, testR2 }: FullRun): Run => ({
    trainMse: kept(trainMse, 4),
    ...(trainR2 !== undefined && { trainR2 }),
    testR2: kept(testR2, 4),
  });
  const ends = (of: Model, data = dataset) => runs(of, data, name, [steps]).map(([, end]) => scores(end));
  const [deeper, simpler, richer] = [deeperSpec(spec), simplerSpec(spec)?.spec, richerSpec(spec)];
  const readout = readoutSpec(spec);
  const rescaled = rescaledSpec(spec, cautionsOf(model, dataset));
  return {
    start: own.map(([start]) => start.trainMse),
    runs: own.map(([, end]) => end),
    longer: own.map(([, , end]) => scores(end)),
    deeper: ends(build(deeper!)),
    ...(readout && { readout: ends(build(readout)) }),
    fewer: ends(model, halfOfPoints(dataset, seed)),
    ...(simpler && { simpler: ends(build(simpler)) }),
    ...(richer && { richer: ends(build(richer)) }),
    ...(rescaled && { rescaled: ends(build(rescaled)) }),
  };
}

/** The network after given steps of each initialisation, and at its start. */
function runs(model: Model, dataset: Dataset, name: TrainingName, record: readonly number[]) {
  const options = optionsOf(name);
  const { rate, y, yTest } = diagnosisProblem(model, dataset, options);
  const rates = { lbfgs: {}, adam: { rate }, gd: { rate } };
  return Array.from({ length: initialisations }, (_, index) => {
    const { trajectory } = train(model, dataset, {
      optimizer: options.optimizer,
      loss: options.loss,
      steps: record[record.length - 1],
      theta0: initialTheta(model, seed, index),
      ...rates[trainings[name].optimizer],
      record,
    });
    // A run that ended early stays where it was.
    const last = trajectory.trainLoss.length - 1;
    return [0, ...record].map((_, k) => {
      const at = Math.min(k, last);
      const f = part(trajectory.train, y.length, at);
      return endOf(dataset, { y, f }, { y: yTest, f: part(trajectory.test, yTest.length, at) });
    });
  });
}

const part = (values: Float64Array, size: number, at: number) => values.subarray(at * size, (at + 1) * size);

interface Outputs {
  readonly y: Float64Array;
  readonly f: Float64Array;
}

function endOf(dataset: Dataset, train: Outputs, test: Outputs): FullRun {
  const decision = decisionOf(dataset);
  const { value: trainMse } = mse(train.y, train.f);
  return {
    // To ten digits: certificates are compared with it.
    trainMse: kept(trainMse, 10),
    ...(dataset.outputs > 1 && { trainR2: kept(r2(train.y, train.f, dataset.outputs).value, 4) }),
    testR2: kept(r2(test.y, test.f, dataset.outputs).value, 4),
    testMse: kept(mse(test.y, test.f).value, 4),
    testAccuracy: decision ? kept(accuracy(test.y, test.f, decision).value, 4) : null,
    low: kept(Math.min(...train.f), 10),
    high: kept(Math.max(...train.f), 10),
  };
}

const kept = (value: number | null, digits: number): number => Number((value ?? 0).toPrecision(digits));
