import { counted, type DataNote, InputError, shown } from '@qntk/core';
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
const nameless = /^(?:Unnamed: \d+(?:\.\d+)?)?$/;
const infinite = /^[+-]?(?:inf|infinity)$|^[+-]?[\d.]+e\+?\d+$/i;

/**
 * Reads a table with a header row; `where` names the file in errors, and a name that ends with .tsv or .tab means tabs.
 *
 * @throws InputError naming file and line where the text is in another encoding, quotes are in the wrong place, rows are
 * of different lengths, or the header is missing.
 */
export function readCsv(bytes: Uint8Array, where: string, options: CsvOptions = {}): NamedColumns {
  const decoded = decodeText(bytes, where, { encoding: options.encoding, advice: encodingAdvice });
  const { text, said } = withoutSeparatorLine(decoded);
  if (text.includes('\0'))
    throw new InputError({ where, found: 'binary data (a zero byte)', expected: 'a text file with a header row' });
  const delimiter = options.delimiter ?? said ?? recognisedDelimiter(text, where);
  const { header, columns, lines } = readColumns(text, where, delimiter, options.decimal ?? '.');
  const index = indexColumn(header, columns, where);
  const told: DataNote[] =
    (options.delimiter ?? said) === undefined && !usual.includes(delimiter) ? [{ code: 'delimiter', delimiter }] : [];
  const byName = new Map(header.names.map((name, c) => [name, columns[c]!]));
  return namedColumns({
    where,
    names: header.names,
    index: index.index,
    notes: [...told, ...index.notes, ...numericNames(header)],
    rows: lines.length,
    place: (row) => `${where}:${lines[row]}`,
    column: (name) => byName.get(name)!,
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
    if (cells.length !== header.names.length) throw wrongWidth(cells, line, header, where, lines.length === 0);
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

function wrongWidth(
  cells: readonly string[],
  line: number,
  { names, line: headerLine }: Header,
  where: string,
  isFirst: boolean,
): InputError {
  const found = counted(cells.length, 'cell');
  const advice = isFirst ? headerAdvice(cells, names, headerLine) : undefined;
  const expected = `${names.length} as in the header`;
  return new InputError({ where: `${where}:${line}`, found, expected, ...(advice !== undefined && { advice }) });
}

/** What is likely the matter where not even the first row fits the header. */
function headerAdvice(cells: readonly string[], names: readonly string[], line: number): string | undefined {
  if (names.length === 1 && cells.length > 1)
    return `the header is taken to be line ${line}, ${shown(names[0])}: take off what stands above the names`;
  if (cells.length > names.length && cells.every((cell) => /^[+-]?\d+$/.test(cell)))
    return 'where commas stand before decimals, put such cells in quotes or another delimiter between them';
  // R's header has no name above the names of rows.
  const named = cells.length === names.length + 1 && !/^'/.test(cells[0]!);
  return named ? 'where the first cells are names of rows, as R writes them: row.names=FALSE' : undefined;
}

/** Without the line by which a spreadsheet is told the delimiter; lines keep their numbers. */
function withoutSeparatorLine(text: string): { text: string; said?: string } {
  const [line, said] = /^sep=([^"\r\n])(?=[\r\n])/i.exec(text) ?? [];
  return said === undefined ? { text } : { text: text.slice(line!.length), said };
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

/** The first columns where pandas has written its index there: without names, or with those it reads that as. */
function indexColumn(
  { names, line }: Header,
  columns: readonly Column[],
  where: string,
): Pick<StoredColumns, 'index' | 'notes'> {
  const first = names.findIndex((name) => !nameless.test(name));
  const leading = names.slice(0, first < 0 ? 0 : first);
  if (isIndex(columns.slice(0, leading.length)))
    return { index: leading, notes: leading.map((column) => ({ code: 'index-column', column })) };
  if (names[0] !== '') {
    const unnamed = names.filter((name) => nameless.test(name));
    return { index: [], notes: unnamed.map((column) => ({ code: 'unnamed-column', column })) };
  }
  throw new InputError({
    where: `${where}:${line}`,
    found: 'an empty name of column 1',
    expected: 'a name for every column',
    advice: 'where it is an index of pandas, write the file with index=False',
  });
}

/** Whole numbers, in no two rows the same. */
function isIndex(columns: readonly Column[]): boolean {
  if (!columns.every(({ kind, values, misfit }) => kind === 'numbers' && !misfit && values.every(Number.isInteger)))
    return false;
  const count = columns[0]?.values.length ?? 0;
  const rows = new Set<string>();
  for (let row = 0; row < count; row++) rows.add(columns.map(({ values }) => values[row]).join());
  return count > 0 && rows.size === count;
}

/** A name such as 0.5 is rather a value of a first row that was taken for names; years and counts go up. */
function numericNames({ names, line }: Header): DataNote[] {
  const numeric = names.filter(isNumberText);
  const counted = numeric.every((name, i) => /^\d+$/.test(name) && (i === 0 || Number(name) > Number(numeric[i - 1])));
  return counted ? [] : [{ code: 'numeric-header', names: numeric, line }];
}
