import { counted } from '../format.ts';

/** Columns of text, each as wide as its widest cell; numbers to the right, the first column to the left. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => [...(row[c] ?? '')].length)));
  const padded = (cell: string, c: number) => {
    const space = ' '.repeat(widths[c] - [...cell].length);
    return c === 0 ? cell + space : space + cell;
  };
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}

/** The rows of a long table that are printed, from either end. */
const [mostFirst, mostLast] = [8, 6];

/** A table of any number of rows. */
export interface LongTable {
  readonly head: readonly string[];
  readonly count: number;
  /** The cells of row `index`, from 0; asked for only where the row is printed. */
  row(index: number): readonly string[];
  /** What stands below the rows, such as their mean. */
  readonly foot?: readonly (readonly string[])[];
}

/** A table for a terminal: of many rows the first and the last, and between them how many are left out. */
export function longTable({ head, count, row, foot = [] }: LongTable): string {
  // To leave out a row for a line that says so would gain nothing.
  const whole = count <= mostFirst + mostLast + 1;
  const first = Array.from({ length: whole ? count : mostFirst }, (_, i) => row(i));
  const last = whole ? [] : Array.from({ length: mostLast }, (_, i) => row(count - mostLast + i));
  const lines = columns([head, ...first, ...last, ...foot]).split('\n');
  const left = count - first.length - last.length;
  if (left > 0) lines.splice(1 + mostFirst, 0, `… ${counted(left, 'row')} between these: --json has all`);
  return lines.join('\n');
}

/** Text in lines of at most `width` characters, broken between words; what a space that does not break holds together stays so. */
export function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/ (?!%)/)) {
    const line = lines[lines.length - 1];
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}
