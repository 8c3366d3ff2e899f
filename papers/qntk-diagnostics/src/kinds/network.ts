import {
  bind,
  buildModel,
  type Dataset,
  datasetFromTable,
  engines,
  generateTable,
  initialTheta,
  type Jacobian,
  jacobian,
  type LinearModel,
  limitLaw,
  linearFromJacobian,
  type Model,
  outputsAt,
  parseSpec,
  scoreTraining,
  takeRows,
  train,
} from '@qntk/core';
import { outputsAtRecord, type Training } from '@qntk/core/train';
import { atOnce, type Kind } from '@qntk/study';
import { type OutputScores, scoresOf } from '../scores.ts';

/** A network of Scala et al. 2025, its data and its training, as plain data; what the paper leaves open is said in sweep/setting.ts. */
export interface NetworkSpec {
  /** `data` of a SPEC without its split. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Seed of the random split into halves. */
  readonly split: number;
  /** What the features are scaled to by the training points. */
  readonly range: readonly [number, number];
  readonly ansatz: 'hea' | 'hva';
  readonly frequency: 'low' | 'high';
  readonly layers: number;
  readonly observable: string;
  /** γ. */
  readonly scale: number;
  /** Most iterations of L-BFGS. */
  readonly steps: number;
}

/** One initialisation: the kernel there, what it predicts, and what training comes to. */
export interface NetworkResult {
  /** Eigenvalues of K, descending. */
  readonly eigenvalues: readonly number[];
  /** How many of them are above rounding. */
  readonly rank: number;
  /** λmax/λmin; null where K is singular. */
  readonly kappa: number | null;
  readonly trained: OutputScores & {
    readonly iterations: number;
    /** ‖θ − θ₀‖/‖θ₀‖. */
    readonly parameterChange: number;
    /** Least mean squared error on the test points along the way. */
    readonly bestTestMse: number;
  };
  /** Eq. 5 with the outputs at initialisation, which the paper's average over initialisations leaves out, and as printed. */
  readonly kept: Predicted;
  readonly dropped: Predicted;
}

/** Outputs at t = ∞ by the kernel at initialisation. */
interface Predicted extends OutputScores {
  /** Mean over the test points, and over the training points, of |f_QNTK(x) − f_trained(x)|. */
  readonly error: number;
  readonly trainError: number;
}

const seed = 7;

/** Initialisations by their numbers from 0: those of `initial: {seed: 7}` in a SPEC. */
export const networkKind = {
  name: 'qntk-diagnostics-network',
  seedRun(spec) {
    const { model, dataset } = networkOf(spec);
    return atOnce((index) => resultOf(model, dataset, initialTheta(model, seed, index), spec.steps));
  },
} as const satisfies Kind<NetworkSpec, undefined, NetworkResult>;

/** The model and its data, split at random into halves. */
function networkOf({ data: source, split, range, ansatz, frequency, layers, observable, scale }: NetworkSpec): {
  readonly model: Model;
  readonly dataset: Dataset;
} {
  const { data, model } = parseSpec({
    data: { ...source, seed: 1 },
    model: { qubits: 6, encoding: { gate: 'RY', frequency }, ansatz: { kind: ansatz, layers }, observable, scale },
  });
  const dataset = datasetFromTable(
    generateTable(data, engines.wasm),
    { train: 0.5, range: [...range], seed: split },
    1,
  );
  return { model: buildModel(model, dataset.features.length, engines.wasm), dataset };
}

function resultOf(model: Model, dataset: Dataset, theta0: Float64Array, steps: number): NetworkResult {
  const training = train(model, dataset, { optimizer: 'lbfgs', loss: 'sum', steps, theta0 });
  const kept = frozenAt(model, dataset, theta0);
  const { values, rank, kappa, order } = kept.spectrum;
  return {
    // Those that P < m leaves out are exactly 0.
    eigenvalues: Array.from({ length: order }, (_, k) => values[k] ?? 0),
    rank,
    kappa,
    trained: trainedOf(dataset, training),
    kept: predicted(dataset, kept, training),
    dropped: predicted(dataset, frozenAt(model, dataset, theta0, 'dropped'), training),
  };
}

/** The network with its kernel frozen at θ₀; where f₀ is dropped its outputs count as 0 there. */
function frozenAt(
  model: Model,
  { X, features, y, train, test }: Dataset,
  theta0: Float64Array,
  start: 'kept' | 'dropped' = 'kept',
): LinearModel {
  const at = (rows: Int32Array): Jacobian => {
    const found = jacobian(model, theta0, bind(model, takeRows(X, features.length, rows)));
    return start === 'kept' ? found : { ...found, f: new Float64Array(found.rows) };
  };
  return linearFromJacobian(at(train), at(test), { y: takeRows(y, 1, train), loss: 'sum', points: train.length });
}

function trainedOf(dataset: Dataset, training: Training): NetworkResult['trained'] {
  const last = training.trajectory.times.length - 1;
  const f = { train: outputsAtRecord(training, 'train', last), test: outputsAtRecord(training, 'test', last) };
  return {
    ...scoresOf(dataset, f),
    iterations: training.iterations,
    parameterChange: training.parameterChange ?? 0,
    bestTestMse: Math.min(...(scoreTraining(dataset, training).testMse ?? [])),
  };
}

function predicted(dataset: Dataset, linear: LinearModel, training: Training): Predicted {
  const f = outputsAt(linear, limitLaw);
  const last = training.trajectory.times.length - 1;
  const distance = (part: 'train' | 'test') => {
    const trained = outputsAtRecord(training, part, last);
    return f[part].reduce((sum, value, i) => sum + Math.abs(value - trained[i]!), 0) / trained.length;
  };
  return { ...scoresOf(dataset, f), error: distance('test'), trainError: distance('train') };
}
