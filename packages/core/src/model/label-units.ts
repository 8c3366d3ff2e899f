import type { Range } from '../circuit/range.ts';
import type { Dataset } from './dataset.ts';
import type { LabelUnits } from './preparation.ts';

/** The units of a data set's labels: those that its labels were brought to deviation 1 from, or 0 and 1 where they are as they were. */
export function labelUnitsOf({ preparation, outputs }: Pick<Dataset, 'preparation' | 'outputs'>): LabelUnits {
  return preparation?.labels ?? { means: new Array<number>(outputs).fill(0), deviation: 1 };
}

/** Labels or outputs (points × outputs) in the labels' own units. */
export function inLabelUnits(values: Float64Array, { means, deviation }: LabelUnits): Float64Array {
  return values.map((value, i) => means[i % means.length] + deviation * value);
}

/** What outputs can be, one range for each, in the labels' own units. */
export function rangesInLabelUnits(ranges: readonly Range[], { means, deviation }: LabelUnits): Range[] {
  const inUnits = (value: number, output: number) => means[output] + deviation * value;
  return ranges.map(({ low, high, exact }, o) => ({ low: inUnits(low, o), high: inUnits(high, o), exact }));
}

/** Mean squared error in the labels' own units. */
export const mseInLabelUnits = (mse: number, { deviation }: LabelUnits): number => deviation ** 2 * mse;
