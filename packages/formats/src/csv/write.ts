import { counted } from '@qntk/core';
/** A column as it is written: its name, and a number or a text for every row. */
export interface CsvColumn {
  readonly name: string;
  readonly values: ArrayLike<number | string>;
}

/**
 * A table as CSV (RFC 4180, lines end in a single line feed): a header row, then the columns side by side. Numbers have all
 * their digits; texts are quoted where they need it.
 *
 * @throws RangeError where columns have different lengths, or a number is not finite.
 */
export function writeCsv(columns: readonly CsvColumn[]): string {
  const rows = columns[0]?.values.length ?? 0;
  for (const { name, values } of columns)
    if (values.length !== rows) throw new RangeError(`${name} has ${counted(values.length, 'row')}, expected ${rows}`);
  const lines = [columns.map(({ name }) => cell(name))];
  for (let i = 0; i < rows; i++) lines.push(columns.map(({ values }) => cell(values[i]!)));
  return `${lines.map((line) => line.join(',')).join('\n')}\n`;
}

function cell(value: number | string): string {
  if (typeof value === 'string') return /[",\r\n]|^\s|\s$|^$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number that a table can hold`);
  return String(value);
}
