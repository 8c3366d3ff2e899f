import { InputError } from '../errors.ts';
import { checkFinite } from '../magnitude.ts';
import { counted, shown } from '../wording.ts';
import type { Dataset } from './dataset.ts';

/** @throws InputError where there are not so many numbers, or one is not finite. */
export function checkNumbers(where: string, values: Float64Array, expected: number): void {
  const { length } = values;
  if (length !== expected) throw new InputError({ where, found: counted(length, 'number'), expected: `${expected}` });
  checkFinite(where, values);
}

/** @throws InputError where labels are not those of a whole number of points with so many outputs each. */
export function checkShared(labels: Float64Array, outputs: number): void {
  if (!(outputs >= 1 && labels.length % outputs === 0))
    throw new InputError({
      where: 'outputs',
      found: shown(outputs),
      expected: `a number of outputs that shares ${counted(labels.length, 'label')} evenly`,
    });
}

/** @throws InputError where parameters have another length than the model's, or are not finite. */
export function checkParameters(
  where: string,
  theta: Float64Array,
  { parameters }: { readonly parameters: number },
): void {
  if (theta.length !== parameters)
    throw new InputError({
      where,
      found: counted(theta.length, 'value'),
      expected: `${parameters}, one for each parameter`,
    });
  checkFinite(where, theta);
}

/**
 * What a data set of one's own may have wrong: X and y must be of one number of rows, labels finite, training rows and test rows
 * among those there are, and there must be a row to train on.
 *
 * @throws InputError with the field at fault.
 */
export function checkDataset({ features, X, y, outputs, train, test }: Dataset): void {
  const rows = y.length / outputs;
  if (!Number.isInteger(rows))
    throw new InputError({
      where: 'y',
      found: counted(y.length, 'value'),
      expected: `rows × ${counted(outputs, 'output')}, a whole number of rows`,
    });
  if (X.length !== rows * features.length)
    throw new InputError({
      where: 'X',
      found: counted(X.length, 'value'),
      expected: `${rows * features.length}: ${counted(rows, 'row')}, as y has, × ${counted(features.length, 'feature')}`,
    });
  checkFinite('y', y);
  if (train.length === 0)
    throw new InputError({ where: 'train', found: 'no rows', expected: 'at least one row to train on' });
  for (const [where, chosen] of Object.entries({ train, test })) {
    const bad = chosen.findIndex((row) => !(row >= 0 && row < rows));
    if (bad >= 0)
      throw new InputError({
        where: `${where}[${bad}]`,
        found: `row ${chosen[bad]}`,
        expected: `a row from 0 to ${rows - 1}`,
      });
  }
}

/** @throws InputError where a model has other outputs than the labels of a data set make. */
export function checkOutputs(
  { outputs: found }: { readonly outputs: number },
  { outputs: wanted }: Pick<Dataset, 'outputs'>,
): void {
  if (found !== wanted)
    throw new InputError({
      where: 'model.observable',
      found: counted(found, 'observable'),
      expected: `${wanted}, one for each output that the labels make`,
    });
}

/** @throws InputError where a data set is not sound ({@link checkDataset}), or has other features or outputs than a model. */
export function checkFits(model: { readonly inputs: number; readonly outputs: number }, dataset: Dataset): void {
  checkOutputs(model, dataset);
  if (dataset.features.length !== model.inputs)
    throw new InputError({
      where: 'data',
      found: counted(dataset.features.length, 'feature'),
      expected: `${model.inputs}, as the model takes`,
    });
  checkDataset(dataset);
}
