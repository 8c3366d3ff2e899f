import { InputError } from '@qntk/core';
import { CsvError, parse } from 'csv-parse/sync';
import type { NamedColumns } from './columns.ts';

/** A table with a header row; cells are text, without the spaces around them. */
export interface Table {
  columns: string[];
  rows: string[][];
  /** For each row the line of the file it starts on, counted from 1. */
  lines: number[];
}

interface Row {
  cells: string[];
  line: number;
}

/** Reads a table; `where` names the file in errors, and a name that ends with .tsv or .tab means tabs between the cells. */
export function readTable(text: string, where: string, delimiter = /\.(tsv|tab)$/i.test(where) ? '\t' : ','): Table {
  if (text.includes('\0')) {
    throw new InputError(`${where}: found binary data (a zero byte), expected a text file with a header row`);
  }
  const [header, ...rows] = parseRows(text, where, delimiter);
  if (header === undefined) {
    throw new InputError(`${where}: found an empty file, expected a header row with column names and rows below it`);
  }
  checkHeader(header, where);
  if (rows.length === 0) {
    throw new InputError(`${where}:${header.line}: found only a header row, expected rows below it`);
  }
  for (const row of rows) checkWidth(row, header, where);
  return { columns: header.cells, rows: rows.map((row) => row.cells), lines: rows.map((row) => row.line) };
}

/** The columns of a table that was read from `where`. */
export function namedColumns(table: Table, where: string): NamedColumns {
  const texts = (name: string) => table.rows.map((row) => row[table.columns.indexOf(name)]!);
  return {
    names: table.columns,
    index: [],
    place: (row) => `${where}:${table.lines[row]}`,
    numbers: (name) => numberColumn(table, name, where),
    labels: (name) => labelColumn(table, name, texts(name), where),
    texts,
  };
}

/** Numbers, or text where no cell is a number: one bad number among others must not turn a target into classes. */
function labelColumn(table: Table, column: string, cells: string[], where: string): Float64Array | string[] {
  if (cells.some(isNumeric)) return numberColumn(table, column, where);
  const bad = cells.findIndex((cell) => cell === '' || /^[+-]?(nan|inf|infinity)$/i.test(cell));
  if (bad < 0) return cells;
  const found = cells[bad] === '' ? 'an empty cell' : JSON.stringify(cells[bad]);
  throw new InputError(
    `${where}:${table.lines[bad]}: column "${column}": found ${found}, expected a finite number or the name of a class`,
  );
}

/** The column as numbers; anything but a finite number in it is an error that names its line. */
export function numberColumn(table: Table, column: string, where: string): Float64Array {
  const at = table.columns.indexOf(column);
  if (at < 0) {
    throw new InputError(`${where}: found no column "${column}", expected one of ${table.columns.join(', ')}`);
  }
  return Float64Array.from(table.rows, (row, i) => {
    const cell = row[at]!;
    if (isNumeric(cell)) return Number(cell);
    const found = cell === '' ? 'an empty cell' : JSON.stringify(cell);
    throw new InputError(`${where}:${table.lines[i]}: column "${column}": found ${found}, expected a finite number`);
  });
}

/** Whether the cell is a finite decimal number and nothing else: no hex, no unit, no nan or inf. */
export function isNumeric(cell: string): boolean {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(cell) && Number.isFinite(Number(cell));
}

/** The rows that are not blank. */
function parseRows(text: string, where: string, delimiter: string): Row[] {
  // One kind of line end, or the parser counts the \r\n inside a quoted cell as two lines.
  const lines = text.replace(/\r\n?/g, '\n');
  const rows: Row[] = [];
  try {
    parse(lines, {
      bom: true,
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines: lastLine }) => {
        rows.push({ cells, line: lastLine - lineBreaks(cells) });
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? tableError(error, lines, rows.at(-1), where) : error;
  }
  return rows;
}

function lineBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

/** A message about the parser's error that names the line and what to do. */
function tableError(error: CsvError, text: string, last: Row | undefined, where: string): InputError {
  const options = { cause: error };
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED': {
      const found = 'found a quote that is never closed in the row that starts here';
      return new InputError(`${where}:${lineAfter(last, text)}: ${found}, expected a closing "`, options);
    }
    case 'INVALID_OPENING_QUOTE': {
      const expected = 'expected quotes around the whole cell, and "" for a quote inside';
      return new InputError(`${where}:${error.lines}: found a quote inside an unquoted cell, ${expected}`, options);
    }
    case 'CSV_INVALID_CLOSING_QUOTE': {
      const expected = 'expected the cell to end there, and "" for a quote inside';
      return new InputError(`${where}:${error.lines}: found text after a closing quote, ${expected}`, options);
    }
    default:
      return new InputError(`${where}: found a malformed table: ${error.message}`, options);
  }
}

/** The first line after the row that is not blank. */
function lineAfter(row: Row | undefined, text: string): number {
  const lines = text.split('\n');
  let line = row === undefined ? 1 : row.line + lineBreaks(row.cells) + 1;
  while (lines[line - 1]?.trim() === '') line++;
  return line;
}

function checkHeader({ cells, line }: Row, where: string): void {
  cells.forEach((name, i) => {
    if (name === '') {
      throw new InputError(`${where}:${line}: column ${i + 1} has an empty name, expected a name for every column`);
    }
    const first = cells.indexOf(name);
    if (first < i) {
      const found = `columns ${first + 1} and ${i + 1} are both named "${name}"`;
      throw new InputError(`${where}:${line}: ${found}, expected a different name for every column`);
    }
  });
}

function checkWidth({ cells, line }: Row, header: Row, where: string): void {
  const expected = header.cells.length;
  if (cells.length === expected) return;
  const found = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  throw new InputError(`${where}:${line}: found ${found}, expected ${expected} as in the header`);
}
