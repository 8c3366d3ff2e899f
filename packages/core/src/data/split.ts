import { InputError } from '../errors.ts';
import { random } from '../random/random.ts';
import { shown } from '../wording.ts';
import { streams } from './streams.ts';
import { placeOf, type Table } from './table.ts';

/** Rows of each part, ascending. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Share of rows to train on where a SPEC says nothing. */
export const defaultShare = 0.5;

/**
 * The parts a table is split into: by its split column where it has one, else `share` of the rows at random, rounded,
 * at least one, and less than all unless the share is 1. Rows of classes are shared out class by class.
 *
 * @param classOf - the class of every row, from 0; all of one where the labels are no classes.
 */
export function splitRows(
  table: Table,
  { classOf, share, seed }: { readonly classOf: Int32Array; readonly share: number; readonly seed: number },
): Split {
  return table.split ? byColumn(table, table.split) : byShare(classOf, share, seed);
}

function byShare(classOf: Int32Array, share: number, seed: number): Split {
  const left = trainingCounts(sizesOf(classOf), share);
  const train: number[] = [];
  const test: number[] = [];
  for (const row of random(seed, streams.split).permutation(classOf.length)) {
    const isTrained = left[classOf[row]]-- > 0;
    (isTrained ? train : test).push(row);
  }
  return { train: Int32Array.from(train).sort(), test: Int32Array.from(test).sort() };
}

function sizesOf(classOf: Int32Array): number[] {
  const sizes = new Array<number>(classOf.reduce((most, c) => Math.max(most, c), 0) + 1).fill(0);
  for (const c of classOf) sizes[c]++;
  return sizes;
}

/**
 * Training rows of classes of these sizes: each its share, rounded down or up by the largest remainders so that the sum is
 * right, the first of equal ones. A class of two or more rows has at least one in each part, which may move the
 * sum; a single row is trained on.
 */
function trainingCounts(sizes: readonly number[], share: number): number[] {
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const whole = Math.max(1, Math.min(share < 1 ? rows - 1 : rows, Math.round(share * rows)));
  const parts = sizes.map((size) => {
    const quota = (whole * size) / rows;
    const most = share < 1 && size > 1 ? size - 1 : size;
    const count = Math.min(most, Math.max(Math.min(1, size), Math.floor(quota)));
    return { quota, most, count };
  });
  for (let missing = whole - parts.reduce((sum, { count }) => sum + count, 0); missing > 0; missing--) {
    const open = parts.filter(({ count, most }) => count < most);
    if (open.length === 0) break;
    open.reduce((best, part) => (part.quota - part.count > best.quota - best.count ? part : best)).count++;
  }
  return parts.map(({ count }) => count);
}

function byColumn(table: Table, { name, cells }: NonNullable<Table['split']>): Split {
  const train: number[] = [];
  const test: number[] = [];
  cells.forEach((cell, row) => {
    if (cell === 'train') train.push(row);
    else if (cell === 'test') test.push(row);
    else
      throw new InputError({
        where: `${placeOf(table, row)}: column "${name}"`,
        found: shown(cell),
        expected: 'train or test',
      });
  });
  if (train.length === 0)
    throw new InputError({ where: `column "${name}"`, found: 'no row with train', expected: 'at least 1' });
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}
