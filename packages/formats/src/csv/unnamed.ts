import { counted, InputError } from '@qntk/core';
import { ColumnBuilder } from '../column.ts';
import { type NamedColumns, namedColumns } from '../columns.ts';
import { numberOf } from '../number.ts';
import { mostCells, tooManyCells } from '../size.ts';
import { decodeText } from '../text.ts';
import { recognisedDelimiter } from './dialect.ts';
import { eachRow } from './rows.ts';

/**
 * Reads a table without a header row, as np.savetxt writes an array: its columns are named 1, 2, … Cells stand between
 * commas, semicolons, tabs or spaces; lines that begin with # and a space are comments.
 *
 * @throws InputError naming file and line where the text is not UTF-8, has names in the first row, no row, or rows of
 * different lengths.
 */
export function readUnnamed(bytes: Uint8Array, where: string): NamedColumns {
  const whole = decodeText(bytes, where, { advice: 'save it as UTF-8' });
  // Comments leave their line empty, so that the others keep their numbers.
  const { text, delimiter } = withDelimiter(whole.replace(/^# .*$/gm, ''), where);
  const builders: ColumnBuilder[] = [];
  const lines: number[] = [];
  let first: readonly string[] = [];
  eachRow(text, delimiter, where, (cells, line) => {
    if (lines.length === 0) {
      first = cells;
      for (const _ of cells) builders.push(new ColumnBuilder({ untyped: true }));
    } else if (lines.length === 1) checkNoNames(first, cells, `${where}:${lines[0]}`);
    if (cells.length !== builders.length)
      throw new InputError({
        where: `${where}:${line}`,
        found: counted(cells.length, 'cell'),
        expected: `${builders.length} as in the first row`,
      });
    lines.push(line);
    if (lines.length * cells.length > mostCells) throw tooManyCells(where);
    builders.forEach((builder, c) => {
      builder.add(numberOf(cells[c]!, '.') ?? cells[c]);
    });
  });
  if (lines.length === 0) throw new InputError({ where, found: 'no rows', expected: 'numbers, a row a line' });
  return namedColumns({
    where,
    names: builders.map((_, c) => String(c + 1)),
    index: [],
    notes: [],
    rows: lines.length,
    place: (row) => `${where}:${lines[row]}`,
    column: (name) => builders[Number(name) - 1]!.column(),
  });
}

/** The text with one sign between its cells: any number of spaces becomes one, where nothing else stands there. */
function withDelimiter(text: string, where: string): { text: string; delimiter: string } {
  const delimiter = recognisedDelimiter(text, where);
  if (text.slice(0, 2 ** 16).includes(delimiter)) return { text, delimiter };
  return { text: text.replace(/^ +| +$/gm, '').replace(/ +/g, ' '), delimiter: ' ' };
}

function checkNoNames(first: readonly string[], second: readonly string[], where: string): void {
  const isNumber = (cell: string) => numberOf(cell, '.') !== undefined;
  if (first.some(isNumber) || !second.every(isNumber)) return;
  const found = `names (${first.slice(0, 5).join(', ')}${first.length > 5 ? ', …' : ''}) in the first row`;
  throw new InputError({ where, found, expected: 'numbers alone, without a header row' });
}
