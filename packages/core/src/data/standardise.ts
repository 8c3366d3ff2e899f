import { InputError } from '../errors.ts';
import { takeRows } from '../model/dataset.ts';
import type { LabelUnits } from '../model/preparation.ts';

/** What becomes of labels that are numbers: nothing, or mean 0 and deviation 1. */
export type LabelScaling = 'as-is' | 'standardize';
export const labelScalings = ['as-is', 'standardize'] as const satisfies readonly LabelScaling[];

/** Labels that differ by less than so many roundings of the largest are the same. */
const roundings = 10;

/**
 * Mean of each output and the deviation of all around these (divided by their number), of the labels of some rows; y is
 * rows × outputs.
 *
 * @throws InputError where these labels do not differ.
 */
export function fitLabelUnits(y: Float64Array, outputs: number, rows: Int32Array): LabelUnits {
  const labels = takeRows(y, outputs, rows);
  const means = new Array<number>(outputs).fill(0);
  labels.forEach((label, i) => {
    means[i % outputs] += label / rows.length;
  });
  const deviation = Math.sqrt(
    labels.reduce((sum, label, i) => sum + (label - means[i % outputs]) ** 2 / labels.length, 0),
  );
  const largest = labels.reduce((most, label) => Math.max(most, Math.abs(label)), 0);
  if (!(deviation > roundings * Number.EPSILON * largest))
    throw new InputError({
      where: 'data.labels',
      found: `standardize, where ${rows.length === 1 ? 'a single row is for training' : 'all training labels are the same'}`,
      expected: 'labels that differ, as their deviation is to become 1',
      advice: 'leave data.labels out, or train on other rows',
    });
  return { means, deviation };
}

/** Labels (rows × outputs) in the units that networks are trained on. */
export function standardised(y: Float64Array, { means, deviation }: LabelUnits): Float64Array {
  return y.map((label, i) => (label - means[i % means.length]) / deviation);
}
