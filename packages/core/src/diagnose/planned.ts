import type { PathOptions } from '../forecast/path.ts';
import { type Work, withEvents } from '../progress.ts';
import { optimizerNamed } from '../train/optimizers.ts';
import { training } from '../train/train.ts';
import type { Training } from '../train/training.ts';
import type { DiagnosisProblem } from './problem.ts';

/** The training of initialisation `index` from θ₀ as the SPEC plans it: what is forecast, and what is trained. */
export function plannedTraining(
  { options, rate }: DiagnosisProblem,
  index: number,
  theta0: Float64Array,
): Omit<PathOptions, 'jacobians'> {
  const { optimizer, loss, steps, seed, batch, momentum } = options;
  // An optimiser on the clock of the flow takes the rate that gives the forecast its time.
  const rates = { 'flow-time': rate * (1 - (momentum ?? 0)), 'step-length': options.rate, none: undefined };
  const given = rates[optimizerNamed(optimizer)?.rate ?? 'none'];
  return {
    optimizer,
    loss,
    steps,
    theta0,
    ...(given !== undefined && { rate: given }),
    ...(batch !== undefined && { batch: { size: batch, seed, index } }),
    ...(momentum !== undefined && { momentum }),
  };
}

/** Trains an initialisation as planned. */
export function trainingAsPlanned(problem: DiagnosisProblem, index: number, theta0: Float64Array): Work<Training> {
  return withEvents(
    training(problem.model, problem.dataset, plannedTraining(problem, index, theta0)),
    ({ label, done, total }) => ({ label, done, total }),
  );
}
