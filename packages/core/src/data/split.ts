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
 * at least one, and less than all unless the share is 1.
 */
export function splitRows(table: Table, rows: number, share: number, seed: number): Split {
  return table.split ? byColumn(table, table.split) : byShare(rows, share, seed);
}

function byShare(rows: number, share: number, seed: number): Split {
  const most = share < 1 ? rows - 1 : rows;
  const count = Math.max(1, Math.min(most, Math.round(share * rows)));
  const order = random(seed, streams.split).permutation(rows);
  return { train: order.slice(0, count).sort(), test: order.slice(count).sort() };
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
