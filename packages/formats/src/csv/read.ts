import { type DataNote, InputError } from '@qntk/core';
import { type Column, ColumnBuilder } from '../column.ts';
import { type NamedColumns, namedColumns, type StoredColumns } from '../columns.ts';
import { isNumberText, numberOf } from '../number.ts';
import { mostCells, tooManyCells } from '../size.ts';
import { decodeText } from '../text.ts';
import { recognisedDelimiter } from './dialect.ts';
import { checkHeader, type Header } from './header.ts';
import { eachRow } from './rows.ts';

/** What a file does not say of itself. */
export interface CsvOptions {
  /** See {@link decodeText}. */
  readonly encoding?: string | undefined;
  /** One character between the cells; found out from the first lines where left out. */
  readonly delimiter?: string | undefined;
  /** What stands before the decimals. */
  readonly decimal?: '.' | ',' | undefined;
}

const encodingAdvice = 'name its encoding, as in encoding: windows-1252, or save it as UTF-8';
/** Delimiters that are nothing to tell of. */
const usual = [',', '\t'];
/** How pandas writes the name of an index that has none, and what it becomes when read and written once more. */
const namelessIndex = /^(?:Unnamed: 0(?:\.\d+)?)?$/;
const infinite = /^[+-]?(?:inf|infinity)$|^[+-]?[\d.]+e\+?\d+$/i;

/**
 * Reads a table with a header row; `where` names the file in errors, and a name that ends with .tsv or .tab means tabs.
 *
 * @throws InputError naming file and line where the text is in another encoding, quotes are in the wrong place, rows are
 * of different lengths, or the header is missing.
 */
export function readCsv(bytes: Uint8Array, where: string, options: CsvOptions = {}): NamedColumns {
  const text = decodeText(bytes, where, { encoding: options.encoding, advice: encodingAdvice });
  if (text.includes('\0'))
    throw new InputError({ where, found: 'binary data (a zero byte)', expected: 'a text file with a header row' });
  const delimiter = options.delimiter ?? recognisedDelimiter(text, where);
  const { header, columns, lines } = readColumns(text, where, delimiter, options.decimal ?? '.');
  const index = indexColumn(header, columns, where);
  const told: DataNote[] =
    options.delimiter === undefined && !usual.includes(delimiter) ? [{ code: 'delimiter', delimiter }] : [];
  return namedColumns({
    where,
    names: header.names,
    index: index.index,
    notes: [...told, ...index.notes, ...numericNames(header)],
    place: (row) => `${where}:${lines[row]}`,
    column: (name) => columns[header.names.indexOf(name)]!,
    adviceOn: decimalAdvice(delimiter, options.decimal ?? '.'),
  });
}

interface Table {
  readonly header: Header;
  readonly columns: readonly Column[];
  /** For each row the line of the file it starts on. */
  readonly lines: readonly number[];
}

function readColumns(text: string, where: string, delimiter: string, decimal: '.' | ','): Table {
  let header: Header | undefined;
  let builders: ColumnBuilder[] = [];
  const lines: number[] = [];
  eachRow(text, delimiter, where, (cells, line) => {
    if (!header) {
      header = { names: cells, line };
      checkHeader(header, where);
      builders = cells.map(() => new ColumnBuilder({ untyped: true }));
      return;
    }
    checkWidth(cells, line, header, where);
    lines.push(line);
    if (lines.length * cells.length > mostCells) throw tooManyCells(where);
    builders.forEach((builder, c) => {
      addCell(builder, cells[c]!, decimal);
    });
  });
  if (!header)
    throw new InputError({
      where,
      found: 'an empty file',
      expected: 'a header row with column names and rows below it',
    });
  if (lines.length === 0)
    throw new InputError({ where: `${where}:${header.line}`, found: 'only a header row', expected: 'rows below it' });
  return { header, columns: builders.map((builder) => builder.column()), lines };
}

function checkWidth(cells: readonly string[], line: number, { names }: Header, where: string): void {
  if (cells.length === names.length) return;
  const found = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  throw new InputError({ where: `${where}:${line}`, found, expected: `${names.length} as in the header` });
}

function addCell(builder: ColumnBuilder, cell: string, decimal: '.' | ','): void {
  const number = numberOf(cell, decimal);
  if (number === undefined && infinite.test(cell)) builder.refuse(JSON.stringify(cell));
  else builder.add(number ?? cell);
}

/** A comma that may set thousands apart as well as decimals. */
const grouped = /^[+-]?\d{1,3},\d{3}$/;

/** How to read numbers with a decimal comma; undefined for any other text. */
function decimalAdvice(delimiter: string, decimal: '.' | ','): (text: string) => string | undefined {
  const keys = delimiter === ',' ? 'decimal: ","' : `delimiter: ${JSON.stringify(delimiter)} and decimal: ","`;
  return (text) => {
    if (decimal === ',' || numberOf(text, '.') !== undefined || numberOf(text, ',') === undefined) return undefined;
    return grouped.test(text)
      ? `where the comma sets thousands apart, leave it out; where it is a decimal comma, ${keys} read it`
      : `it looks like a decimal comma: ${keys} read it`;
  };
}

/** The first column where pandas has written its index there: without a name, or with the one it reads that as. */
function indexColumn(
  { names, line }: Header,
  columns: readonly Column[],
  where: string,
): Pick<StoredColumns, 'index' | 'notes'> {
  const [name = ''] = names;
  if (!namelessIndex.test(name)) return { index: [], notes: [] };
  if (isIndex(columns[0]!)) return { index: [name], notes: [{ code: 'index-column', column: name }] };
  if (name !== '') return { index: [], notes: [] };
  throw new InputError({
    where: `${where}:${line}`,
    found: 'an empty name of column 1',
    expected: 'a name for every column',
    advice: 'where it is an index of pandas, write the file with index=False',
  });
}

/** Whole numbers, none of them twice. */
function isIndex({ kind, values, misfit }: Column): boolean {
  return kind === 'numbers' && !misfit && values.every(Number.isInteger) && new Set(values).size === values.length;
}

/** A name such as 0.5 is rather a value of a first row that was taken for names. */
function numericNames({ names, line }: Header): DataNote[] {
  const numeric = names.filter((name) => isNumberText(name) && !/^\d+$/.test(name));
  return numeric.length === 0 ? [] : [{ code: 'numeric-header', names: numeric, line }];
}
