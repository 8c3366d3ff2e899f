import { checkFits, checkParameters } from '../model/checks.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { runSync, type Work } from '../progress.ts';
import { checkedOptimizer, checkPlan } from './plan.ts';
import type { Training, TrainingOptions, TrainingProgress } from './training.ts';

/**
 * Really trains a model on the training rows of a data set and records its outputs along the way.
 *
 * A rate above the stability limit is allowed: the outputs of a network are bounded, so that it oscillates and may
 * still be what somebody wants to see.
 *
 * @throws InputError where the optimiser is unknown, data or start do not fit the model, an option does not suit the
 * optimiser, or the loss does not stay finite.
 */
export function train(
  model: Model,
  dataset: Dataset,
  options: TrainingOptions & { readonly optimizer: string },
): Training {
  return runSync(training(model, dataset, options));
}

/** The same as work with an event after every iteration (every Jacobian of the flow), the first at the start. */
export function training(
  model: Model,
  dataset: Dataset,
  { optimizer: name, ...options }: TrainingOptions & { readonly optimizer: string },
): Work<Training, TrainingProgress> {
  const optimizer = checkedOptimizer(name);
  checkFits(model, dataset);
  checkParameters('theta0', options.theta0, model);
  checkPlan(optimizer, { ...options, batch: options.batch?.size });
  return optimizer.training(model, dataset, options);
}
