import { type Dataset, takeRows } from '../model/dataset.ts';
import { duplicatePoints } from '../model/duplicates.ts';
import type { Model } from '../model/model.ts';
import { column } from '../model/scores.ts';

/** What the labels alone forbid: mean squared errors over training points and outputs. */
export interface LabelErrors {
  /** What no function of the inputs gets below: the variance of the labels among points with the same inputs. */
  readonly noise: number;
  /** How much labels out of the readout's range add to that. */
  readonly outOfRange: number;
}

/** The least errors of any function of the inputs, and of any with values in the readout's range. */
export function labelErrors({ ranges, outputs }: Model, dataset: Dataset): LabelErrors {
  const X = takeRows(dataset.X, dataset.features.length, dataset.train);
  const y = takeRows(dataset.y, outputs, dataset.train);
  const pairs = duplicatePoints({ features: dataset.features, X, y, outputs });
  // The first point with the same inputs as each.
  const firsts = Int32Array.from({ length: dataset.train.length }, (_, i) => i);
  for (const { first, second } of pairs) firsts[second] = first;
  const least = (within: (output: number) => Limits) => {
    let sum = 0;
    for (let o = 0; o < outputs; o++) sum += leastError(firsts, column(y, outputs, o), within(o));
    return sum / outputs;
  };
  const noise = least(() => everything);
  return { noise, outOfRange: ranges ? Math.max(0, least((output) => ranges[output]) - noise) : 0 };
}

interface Limits {
  readonly low: number;
  readonly high: number;
}

const everything: Limits = { low: -Infinity, high: Infinity };

/** Least mean squared error of one output with values from `low` to `high`, the same for all points with the same first. */
function leastError(firsts: Int32Array, y: Float64Array, { low, high }: Limits): number {
  const sums = new Float64Array(y.length);
  const counts = new Float64Array(y.length);
  firsts.forEach((first, i) => {
    sums[first] += y[i];
    counts[first]++;
  });
  const error = (first: number, i: number) => (y[i] - Math.min(high, Math.max(low, sums[first] / counts[first]))) ** 2;
  return firsts.reduce((sum, first, i) => sum + error(first, i), 0) / y.length;
}
