import { InputError } from '../errors.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { counted, didYouMean, shown } from '../wording.ts';
import { flow } from './flow.ts';
import { optimizerNamed, optimizers } from './index.ts';
import type { Training, TrainingOptions } from './training.ts';

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
  { optimizer: name, ...options }: TrainingOptions & { readonly optimizer: string },
): Training {
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
  checkShapes(model, dataset, options);
  if (options.tolerance !== undefined && name !== flow.name)
    throw new InputError({
      where: 'tolerance',
      found: `${options.tolerance} with the optimizer ${name}`,
      expected: `none, as only ${flow.name} has one`,
    });
  return optimizer.train(model, dataset, options);
}

function checkShapes(model: Model, dataset: Dataset, { theta0, steps }: TrainingOptions): void {
  if (dataset.features.length !== model.inputs)
    throw new InputError({
      where: 'data',
      found: counted(dataset.features.length, 'feature'),
      expected: `${model.inputs}, as the model takes`,
    });
  if (dataset.outputs !== model.outputs)
    throw new InputError({
      where: 'data',
      found: `labels for ${counted(dataset.outputs, 'output')}`,
      expected: `${model.outputs}, as the model has`,
    });
  if (theta0.length !== model.parameters)
    throw new InputError({
      where: 'theta0',
      found: counted(theta0.length, 'value'),
      expected: `${model.parameters}, one for each parameter`,
    });
  if (!(Number.isInteger(steps) && steps >= 0))
    throw new InputError({ where: 'training.steps', found: shown(steps), expected: 'a whole number from 0' });
}
