import { InputError } from '../errors.ts';
import { checkFits, checkParameters } from '../model/checks.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { runSync, type Work } from '../progress.ts';
import { didYouMean, shown } from '../wording.ts';
import { optimizerNamed, optimizers } from './optimizers.ts';
import type { Optimizer, Training, TrainingOptions, TrainingProgress } from './training.ts';

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
  const optimizer = optimizerNamed(name);
  if (!optimizer) {
    const known = optimizers.map((entry) => entry.name);
    throw new InputError({
      where: 'training.optimizer',
      found: `"${name}"`,
      expected: `one of ${known.join(', ')}`,
      ...didYouMean(name, known),
    });
  }
  checkFits(model, dataset);
  checkStart(model, options);
  checkTaken(optimizer, options);
  return optimizer.training(model, dataset, options);
}

/** The options that not every optimiser takes, with the name each has in a SPEC or on the command line. */
const special = { batch: 'training.batch', momentum: 'training.momentum', tolerance: 'tolerance' } as const;

function checkTaken({ name, takes }: Optimizer, options: TrainingOptions): void {
  for (const [option, where] of Object.entries(special) as [keyof typeof special, string][]) {
    const given = options[option];
    if (given === undefined || takes.includes(option)) continue;
    const able = optimizers.filter((other) => other.takes.includes(option)).map((other) => other.name);
    throw new InputError({
      where,
      found: `${shown(typeof given === 'number' ? given : given.size)} with the optimizer ${name}`,
      expected: `none, as only ${able.join(' and ')} ${able.length === 1 ? 'has' : 'have'} one`,
    });
  }
  const { momentum } = options;
  if (momentum !== undefined && !(momentum >= 0 && momentum < 1))
    throw new InputError({ where: special.momentum, found: shown(momentum), expected: 'from 0 to below 1' });
}

function checkStart(model: Model, { theta0, steps }: TrainingOptions): void {
  checkParameters('theta0', theta0, model);
  if (!(Number.isInteger(steps) && steps >= 0))
    throw new InputError({ where: 'training.steps', found: shown(steps), expected: 'a whole number from 0' });
}
