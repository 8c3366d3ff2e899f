import { train } from '@qntk/core';
import { digits, mean, type Study, table } from '../../table.ts';
import { type ModelChoice, startOf, tfim } from './problems.ts';

const seed = 7;

/** L-BFGS from the first `seeds` initialisations: mean squared errors on the training points, means over the starts. */
export function trainingErrors(choice: ModelChoice, steps: number, seeds: number) {
  const problem = tfim(choice);
  const runs = Array.from({ length: seeds }, (_, index) => {
    const { theta0, linear } = startOf(problem, seed, index);
    const options = { optimizer: 'lbfgs', loss: 'mean', steps, theta0 } as const;
    const { iterations, trajectory } = train(problem.model, problem.dataset, options);
    const residual = linear.nullResidual.reduce((sum, r) => sum + r * r, 0) / linear.points;
    // L is half the mean squared error.
    return { iterations, residual, reached: 2 * trajectory.trainLoss[trajectory.trainLoss.length - 1] };
  });
  return {
    /** Residual of the frozen kernel, before training. */
    residual: mean(runs.map((run) => run.residual)),
    reached: mean(runs.map((run) => run.reached)),
    iterations: mean(runs.map((run) => run.iterations)),
  };
}

export const residualStudy: Study = {
  name: 'residual',
  title: 'Irreducible error',
  print() {
    const rows = [5, 10, 20].map((layers) => {
      const { residual, reached } = trainingErrors({ kind: 'hea', frequency: 'low', layers, scale: 1.5 }, 2000, 3);
      return [layers, digits(residual, 4), digits(reached, 4)];
    });
    return { text: table(['layers', 'residual of the frozen kernel (MSE)', 'reached by L-BFGS (MSE)'], rows) };
  },
};

export const edgeStudy: Study = {
  name: 'edge',
  title: 'Labels at the edge of the readout',
  print() {
    const rows = [1, 1.5].flatMap((scale) =>
      [20, 100, 500].map((steps) => {
        const choice = { kind: 'hea', frequency: 'high', layers: 20, scale } as const;
        const { iterations, reached } = trainingErrors(choice, steps, 3);
        return [scale, steps, digits(iterations, 3), digits(reached)];
      }),
    );
    return { text: table(['γ', 'allowed', 'iterations', 'training MSE'], rows) };
  },
};
