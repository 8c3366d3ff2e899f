import { InputError } from '../errors.ts';
import { checkFinite } from '../magnitude.ts';
import { counted } from '../wording.ts';
import { checkShared } from './checks.ts';
import { type Dataset, takeRows } from './dataset.ts';
import { inLabelUnits, labelUnitsOf } from './label-units.ts';

/** A score, or why there is none. */
export type Score = { readonly value: number } | { readonly value: null; readonly reason: string };

/** @throws InputError where there are not as many outputs as labels, for a whole number of points, or a number is not finite. */
function checkPairs(y: Float64Array, f: Float64Array, outputs = 1): void {
  checkShared(y, outputs);
  if (f.length !== y.length)
    throw new InputError({
      where: 'f',
      found: counted(f.length, 'output'),
      expected: `${y.length}, one for each label`,
    });
  checkFinite('y', y);
  checkFinite('f', f);
}

/**
 * Mean of (y − f)² over points and outputs; `y` and `f` are points × outputs.
 *
 * @throws InputError where their lengths differ, or a number is not finite.
 */
export function mse(y: Float64Array, f: Float64Array): Score {
  checkPairs(y, f);
  if (y.length === 0) return { value: null, reason: 'there are no points' };
  return { value: y.reduce((sum, value, i) => sum + (value - f[i]) ** 2, 0) / y.length };
}

/**
 * Coefficient of determination 1 − Σ(y − f)²/Σ(y − ȳ)², ȳ the mean of these labels; with several outputs the mean of
 * the outputs' coefficients, as scikit-learn has it. 1 is perfect, 0 is no better than the constant ȳ.
 *
 * @throws InputError as {@link mse}, and where `outputs` does not share the labels evenly.
 */
export function r2(y: Float64Array, f: Float64Array, outputs: number): Score {
  checkPairs(y, f, outputs);
  const points = y.length / outputs;
  if (points < 2)
    return { value: null, reason: `it needs at least 2 points, there ${points === 1 ? 'is 1' : 'are 0'}` };
  let sum = 0;
  for (let o = 0; o < outputs; o++) {
    const labels = column(y, outputs, o);
    const mean = labels.reduce((total, value) => total + value, 0) / points;
    if (labels.every((value) => value === labels[0])) {
      const which = outputs === 1 ? '' : ` of output ${o}`;
      return { value: null, reason: `all labels${which} are ${labels[0]}` };
    }
    const values = column(f, outputs, o);
    const left = labels.reduce((total, value, i) => total + (value - values[i]) ** 2, 0);
    const around = labels.reduce((total, value) => total + (value - mean) ** 2, 0);
    sum += 1 - left / around;
  }
  return { value: sum / outputs };
}

/**
 * How outputs are read as classes: the nearer of two label values where there is one output, the largest output where
 * there is one output a class.
 */
export type Decision =
  | { readonly kind: 'nearest'; readonly low: number; readonly high: number }
  | { readonly kind: 'largest'; readonly outputs: number };

/**
 * The way to read a data set's labels as classes, undefined where they are none: one output with exactly two values
 * (±1, 0 and 1, …), or several of which exactly one is high in every row. Labels of a table that were taken for numbers are none.
 */
export function decisionOf({
  y,
  outputs,
  classes,
  preparation,
}: Pick<Dataset, 'y' | 'outputs' | 'classes' | 'preparation'>): Decision | undefined {
  if (preparation && !classes && outputs === 1) return undefined;
  const values = [...new Set(y)].sort((a, b) => a - b);
  if (values.length !== 2) return undefined;
  const [low, high] = values;
  if (outputs === 1) return { kind: 'nearest', low, high };
  for (let row = 0; row < y.length; row += outputs)
    if (y.subarray(row, row + outputs).filter((value) => value === high).length !== 1) return undefined;
  return { kind: 'largest', outputs };
}

/**
 * Share of points whose output is read as the class of its label.
 *
 * @throws InputError as {@link mse}.
 */
export function accuracy(y: Float64Array, f: Float64Array, decision: Decision): Score {
  checkPairs(y, f, decision.kind === 'largest' ? decision.outputs : 1);
  const wanted = classesOf(y, decision);
  if (wanted.length === 0) return { value: null, reason: 'there are no points' };
  const found = classesOf(f, decision);
  return { value: wanted.filter((value, i) => value === found[i]).length / wanted.length };
}

/** Index of the class of every point; halfway between two values counts as the higher, of equal outputs the first. */
function classesOf(values: Float64Array, decision: Decision): number[] {
  if (decision.kind === 'nearest') {
    const middle = (decision.low + decision.high) / 2;
    return Array.from(values, (value) => (value >= middle ? 1 : 0));
  }
  const { outputs } = decision;
  return Array.from({ length: values.length / outputs }, (_, i) => {
    const row = values.subarray(i * outputs, (i + 1) * outputs);
    return row.indexOf(Math.max(...row));
  });
}

/** How well outputs fit labels. */
export interface LabelScores {
  readonly mse: Score;
  readonly r2: Score;
  readonly accuracy: Score;
}

/**
 * All scores of outputs f on labels y, points × outputs.
 *
 * @param decision how labels are read as classes; undefined where they are none.
 */
export function scoresOf(
  y: Float64Array,
  f: Float64Array,
  outputs: number,
  decision: Decision | undefined,
): LabelScores {
  return {
    mse: mse(y, f),
    r2: r2(y, f, outputs),
    accuracy: decision ? accuracy(y, f, decision) : { value: null, reason: 'the labels are no classes' },
  };
}

/** Mean squared error of a network's outputs on some rows of a data set, in the labels' own units. */
export function mseOn(dataset: Dataset, rows: Int32Array, f: Float64Array): Score {
  const units = labelUnitsOf(dataset);
  return mse(inLabelUnits(takeRows(dataset.y, dataset.outputs, rows), units), inLabelUnits(f, units));
}

/** R² of a network's outputs on some rows of a data set. */
export function r2On(dataset: Dataset, rows: Int32Array, f: Float64Array): Score {
  const units = labelUnitsOf(dataset);
  const { outputs } = dataset;
  return r2(inLabelUnits(takeRows(dataset.y, outputs, rows), units), inLabelUnits(f, units), outputs);
}

/** All scores of a network's outputs on some rows of a data set, in the labels' own units. */
export function scoresOn(dataset: Dataset, rows: Int32Array, f: Float64Array): LabelScores {
  const inUnits = (values: Float64Array) => inLabelUnits(values, labelUnitsOf(dataset));
  const { outputs } = dataset;
  const decision = decisionOf({ ...dataset, y: inUnits(dataset.y) });
  return scoresOf(inUnits(takeRows(dataset.y, outputs, rows)), inUnits(f), outputs, decision);
}

/**
 * The names of the classes that outputs (points × outputs) are read as; undefined where the labels are no named classes. Of
 * two classes the first is the lower value.
 */
export function decided(
  dataset: Pick<Dataset, 'y' | 'outputs' | 'classes' | 'preparation'>,
  f: Float64Array,
): string[] | undefined {
  const decision = decisionOf(dataset);
  const { classes } = dataset;
  return decision && classes && classesOf(f, decision).map((index) => classes[index]);
}

/** One column of a row-major matrix. */
export function column(values: Float64Array, width: number, index: number): Float64Array {
  return values.filter((_, i) => i % width === index);
}

/** Variance of each output's labels about their mean; y is points × outputs. */
export function variancesOf(y: Float64Array, outputs: number): number[] {
  return Array.from({ length: outputs }, (_, output) => {
    const labels = column(y, outputs, output);
    const mean = labels.reduce((sum, value) => sum + value, 0) / labels.length;
    return labels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / labels.length;
  });
}

/** The mean of a score over several runs; null where it is undefined in any, or where there are none. */
export function meanScore(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.includes(null)) return null;
  return (values as readonly number[]).reduce((sum, value) => sum + value, 0) / values.length;
}
