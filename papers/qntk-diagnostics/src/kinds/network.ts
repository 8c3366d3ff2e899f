import { type Dataset, limitLaw, outputsAt, scoreTraining, train } from '@qntk/core';
import { outputsAtRecord, type Training } from '@qntk/core/train';
import { atOnce, type Kind } from '@qntk/study';
import { distance, frozenAt, type Network, type NetworkSpec, networkOf, thetaOf } from '../networks.ts';
import { type OutputScores, scoresOf } from '../scores.ts';

/** One initialisation: the kernel there, what it predicts, and what training by L-BFGS comes to. */
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

export const networkKind = {
  name: 'qntk-diagnostics-network',
  seedRun(spec) {
    const network = networkOf(spec);
    return atOnce((index) => resultOf(network, thetaOf(network.model, index), spec.steps));
  },
} as const satisfies Kind<NetworkSpec, undefined, NetworkResult>;

function resultOf(network: Network, theta0: Float64Array, steps: number): NetworkResult {
  const { model, dataset } = network;
  const training = train(model, dataset, { optimizer: 'lbfgs', loss: 'sum', steps, theta0 });
  const kept = frozenAt(network, theta0);
  const { values, rank, kappa, order } = kept.spectrum;
  const predicted = (linear: typeof kept) => predictedBy(linear, dataset, training);
  return {
    // Those that P < m leaves out are exactly 0.
    eigenvalues: Array.from({ length: order }, (_, k) => values[k] ?? 0),
    rank,
    kappa,
    trained: trainedOf(dataset, training),
    kept: predicted(kept),
    dropped: predicted(frozenAt(network, theta0, 'dropped')),
  };
}

/** Outputs where a training ended. */
function endOf(training: Training) {
  const last = training.trajectory.times.length - 1;
  return { train: outputsAtRecord(training, 'train', last), test: outputsAtRecord(training, 'test', last) };
}

function trainedOf(dataset: Dataset, training: Training): NetworkResult['trained'] {
  return {
    ...scoresOf(dataset, endOf(training)),
    iterations: training.iterations,
    parameterChange: training.parameterChange ?? 0,
    bestTestMse: Math.min(...(scoreTraining(dataset, training).testMse ?? [])),
  };
}

function predictedBy(linear: Parameters<typeof outputsAt>[0], dataset: Dataset, training: Training): Predicted {
  const f = outputsAt(linear, limitLaw);
  const end = endOf(training);
  return { ...scoresOf(dataset, f), error: distance(f.test, end.test), trainError: distance(f.train, end.train) };
}
