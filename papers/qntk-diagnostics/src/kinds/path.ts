import { runSync, takeRows, train } from '@qntk/core';
import { forecastPath } from '@qntk/core/forecast';
import { r2 } from '@qntk/core/model';
import { limitLaw, outputsAt } from '@qntk/core/predict';
import { outputsAtRecord } from '@qntk/core/train';
import { atOnce, type Kind } from '@qntk/study';
import { distance, frozenAt, type Network, type NetworkSpec, networkOf, thetaOf } from '../networks.ts';

/** A training, and its forecasts from some numbers of Jacobians of the training points. */
export interface PathSpec extends NetworkSpec {
  readonly optimizer: 'lbfgs' | 'adam';
  /** null: as many as it takes. */
  readonly budgets: readonly (number | null)[];
}

export interface PathResult {
  /** Gradients that training took. */
  readonly gradients: number;
  readonly testR2: number;
  /** Eq. 5 with the outputs at initialisation. */
  readonly kernel: PathForecast;
  /** On the optimiser's own path, by budget. */
  readonly forecasts: readonly PathForecast[];
}

interface PathForecast {
  readonly jacobians: number;
  /** Mean |f − f trained| over the test points. */
  readonly error: number;
  readonly testR2: number;
}

/** Of Adam; L-BFGS has none. */
const rate = 0.05;
/** Jacobians of L-BFGS where no budget is given: by default it would be the beginning of its training here, and not on models. */
const ofLbfgs = 24;

export const pathKind = {
  name: 'qntk-diagnostics-path',
  revision: 4,
  seedRun(spec) {
    const network = networkOf(spec);
    return atOnce((index) => resultOf(network, thetaOf(network.model, index), spec));
  },
} as const satisfies Kind<PathSpec, undefined, PathResult>;

function resultOf(network: Network, theta0: Float64Array, { optimizer, steps, budgets }: PathSpec): PathResult {
  const { model, dataset } = network;
  const plan = { optimizer, loss: 'sum', steps, theta0, ...(optimizer === 'adam' && { rate }) } as const;
  const training = train(model, dataset, plan);
  const trained = outputsAtRecord(training, 'test', training.trajectory.times.length - 1);
  const y = takeRows(dataset.y, 1, dataset.test);
  const scored = (jacobians: number, f: Float64Array): PathForecast => ({
    jacobians,
    error: distance(f, trained),
    testR2: r2(y, f, 1).value!,
  });
  return {
    gradients: training.evaluations,
    testR2: r2(y, trained, 1).value!,
    kernel: scored(1, outputsAt(frozenAt(network, theta0), limitLaw).test),
    forecasts: budgets.map((budget) => {
      // With one Jacobian the path of L-BFGS has not left its start.
      if (budget === 1 && optimizer === 'lbfgs') return scored(1, outputsAtRecord(training, 'test', 0));
      const most = budget ?? (optimizer === 'lbfgs' ? ofLbfgs : undefined);
      const { records, jacobians } = runSync(forecastPath(model, dataset, { ...plan, jacobians: most }));
      return scored(jacobians, records.at(-1)!.test);
    }),
  };
}
