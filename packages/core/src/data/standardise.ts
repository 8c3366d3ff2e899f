import { InputError } from '../errors.ts';
import { takeRows } from '../model/dataset.ts';
import type { LabelUnits } from '../model/preparation.ts';

/** What becomes of labels that are numbers: nothing, or mean 0 and deviation 1. */
export type LabelScaling = 'as-is' | 'standardize';
export const labelScalings = ['as-is', 'standardize'] as const satisfies readonly LabelScaling[];

/** Numbers that differ by less than so many roundings of the largest are the same. */
const roundings = 10;

const differ = (deviation: number, values: Float64Array): boolean =>
  deviation > roundings * Number.EPSILON * values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Mean, and sum of the squared distances from it. Sums of distances from the first value: where all are the same, of zeros. */
function moments(values: Float64Array): { mean: number; squares: number } {
  const mean = values[0] + values.reduce((sum, value) => sum + (value - values[0]), 0) / values.length;
  return { mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
}

/** Mean and standard deviation (divided by their number) of the values of a feature, which is 1 where they do not differ. */
export function standardUnits(values: Float64Array): { mean: number; deviation: number } {
  const { mean, squares } = moments(values);
  const deviation = Math.sqrt(squares / values.length);
  return { mean, deviation: differ(deviation, values) ? deviation : 1 };
}

/**
 * Mean of each output and the deviation of all around these (divided by their number), of the labels of some rows; y is
 * rows × outputs.
 *
 * @throws InputError where these labels do not differ.
 */
export function fitLabelUnits(y: Float64Array, outputs: number, rows: Int32Array): LabelUnits {
  const labels = takeRows(y, outputs, rows);
  const each = Array.from({ length: outputs }, (_, o) => moments(labels.filter((__, i) => i % outputs === o)));
  const deviation = Math.sqrt(each.reduce((sum, { squares }) => sum + squares, 0) / labels.length);
  if (!differ(deviation, labels))
    throw new InputError({
      where: 'data.labels',
      found: `standardize, where ${rows.length === 1 ? 'a single row is for training' : 'all training labels are the same'}`,
      expected: 'labels that differ, as their deviation is to become 1',
      advice: 'leave data.labels out, or train on other rows',
    });
  return { means: each.map(({ mean }) => mean), deviation };
}

/** Labels (rows × outputs) in the units that networks are trained on. */
export function standardised(y: Float64Array, { means, deviation }: LabelUnits): Float64Array {
  return y.map((label, i) => (label - means[i % means.length]) / deviation);
}
