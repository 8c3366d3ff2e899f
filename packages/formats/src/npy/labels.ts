import { InputError } from '@qntk/core';
import { ColumnBuilder } from '../column.ts';
import { badLabel, labelsOf } from '../columns.ts';
import type { StoredArray } from './array.ts';
import { checkReal, indexText } from './check.ts';

/**
 * The labels of an array with one for each point, by the rules of a column: numbers stay numbers, text and truth values
 * are classes.
 *
 * @throws InputError where a label is missing, not finite or a date, or the numbers are complex.
 */
export function labelsOfArray(array: StoredArray, where: string): Float64Array | string[] {
  const isText = 'texts' in array;
  if (!isText) checkReal(array, where);
  if (!isText && !array.booleans) return array.data;
  const builder = new ColumnBuilder();
  if (isText) for (const text of array.texts) builder.add(text);
  else for (const value of array.data) builder.add(value === 1);
  const column = builder.column();
  const bad = badLabel(column);
  if (!bad) return labelsOf(column);
  const { row, ...problem } = bad;
  throw new InputError({ where: `${where}: at ${indexText(row, array.shape)}`, ...problem });
}
