import { InputError } from '../errors.ts';
import type { Preparation } from './preparation.ts';

/**
 * Data points with labels, ready for a model: features scaled, classes as ±1, rows in the order of their source.
 */
export interface Dataset {
  /** Names of the F features. */
  readonly features: readonly string[];
  /** Each row of X is a state: real and imaginary part of each amplitude in turn. */
  readonly states?: boolean;
  /** Names of the classes where the labels are classes; output c is +1 for class c, one output for two classes. */
  readonly classes?: readonly string[];
  /** How features and labels came from the columns of a table, where they did. */
  readonly preparation?: Preparation;
  /** Rows × F. */
  readonly X: Float64Array;
  /** Rows × outputs; what networks are trained on, in units of `preparation.labels` where these were standardised. */
  readonly y: Float64Array;
  readonly outputs: number;
  /** Rows to train on. */
  readonly train: Int32Array;
  /** Rows kept for the test. */
  readonly test: Int32Array;
}

/**
 * The given rows of a row-major matrix.
 *
 * @throws InputError where it has no such row.
 */
export function takeRows(values: Float64Array, width: number, rows: Int32Array): Float64Array {
  const bad = rows.findIndex((row) => !(row >= 0 && (row + 1) * width <= values.length));
  if (bad >= 0)
    throw new InputError({
      where: `rows[${bad}]`,
      found: `row ${rows[bad]}`,
      expected: `a row of the ${values.length / width} there are`,
    });
  const taken = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    taken.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return taken;
}
