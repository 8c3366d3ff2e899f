import { InputError } from '@qntk/core';
import { type FileMetaData, parquetMetadata, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import type { NamedColumns } from '../columns.ts';
import { checkPages, compressors } from './pages.ts';
import { endOfStruct } from './thrift.ts';

/** What a cell may be once decoded; anything else is refused. */
type Cell = number | bigint | boolean | string | null | undefined;

interface Opened {
  readonly bytes: Uint8Array;
  readonly where: string;
  readonly metadata: FileMetaData;
  readonly root: SchemaTree;
  readonly rows: number;
}

const magic = 'PAR1';
/** Rows × columns: run lengths let a file of some bytes stand for more than any memory holds. */
const mostCells = 2 ** 26;

/** Whether a file is one by its name. */
export const isParquet = (file: string): boolean => file.toLowerCase().endsWith('.parquet');

/**
 * Reads a Parquet file; `where` names it in errors. Columns are decoded when they are asked for.
 *
 * @throws InputError where it is damaged, or has no rows, more than 2^26 cells, or columns without or of equal names.
 */
export function readParquet(bytes: Uint8Array, where: string): NamedColumns {
  const file = open(bytes, where);
  const names = file.root.children.map(({ element }) => element.name);
  checkNames(names, file);
  const place = (row: number) => `${where}: row ${row} (from 0)`;
  return {
    names,
    index: pandasIndex(file.metadata),
    place,
    numbers: (name) => numbersOf(cellsOf(file, name), name, place),
    labels: (name) => labelsOf(cellsOf(file, name), name, place),
    texts: (name) => textsOf(cellsOf(file, name), name, place),
  };
}

function open(bytes: Uint8Array, where: string): Opened {
  checkFrame(bytes, where);
  return decoding(`${where}: damaged Parquet file`, () => {
    const end = bytes.length - 8;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true);
    if (length > end - magic.length) throw new Error(`a footer of ${length} bytes`);
    endOfStruct(new DataView(bytes.buffer, bytes.byteOffset + end - length, length), 0);
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    const rows = metadata.row_groups.reduce((sum, group) => sum + rowsOf(group.num_rows), 0);
    if (rows !== rowsOf(metadata.num_rows))
      throw new Error(`row groups of ${rows} rows, and ${metadata.num_rows} in all`);
    return { bytes, where, metadata, root: parquetSchema(metadata), rows };
  });
}

function rowsOf(count: unknown): number {
  const rows = Number(count);
  if (typeof count !== 'bigint' || !Number.isSafeInteger(rows) || rows < 0) throw new Error(`${count} rows`);
  return rows;
}

function checkFrame(bytes: Uint8Array, where: string): void {
  const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + magic.length));
  if (bytes.length === 0) throw new InputError(`${where}: found an empty file, expected a Parquet file`);
  if (text(0) === 'PARE') throw new InputError(`${where}: found an encrypted Parquet file, expected a plain one`);
  if (text(0) !== magic)
    throw new InputError(
      `${where}: not a Parquet file: it starts with ${JSON.stringify(text(0))}, expected "${magic}"`,
    );
  if (bytes.length < 12 || text(bytes.length - magic.length) !== magic)
    throw new InputError(`${where}: truncated: the Parquet file does not end with "${magic}"`);
}

function checkNames(names: readonly string[], { where, rows }: Opened): void {
  names.forEach((name, i) => {
    if (!name) throw new InputError(`${where}: column ${i + 1} has an empty name, expected a name for every column`);
    if (names.indexOf(name) < i)
      throw new InputError(`${where}: two columns are named "${name}", expected a different name for every column`);
  });
  if (rows === 0) throw new InputError(`${where}: found no rows, expected at least one`);
  if (rows * names.length > mostCells)
    throw new InputError(`${where}: found ${rows} rows of ${names.length} columns, expected at most 2^26 cells`);
}

/** The columns pandas keeps its index in; it says so in the file. */
function pandasIndex({ key_value_metadata: entries = [] }: FileMetaData): string[] {
  const text = entries.find(({ key }) => key === 'pandas')?.value;
  try {
    const { index_columns: columns } = JSON.parse(text ?? '{}');
    return Array.isArray(columns) ? columns.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** The decoded cells of a column, a list for each page or so. */
function cellsOf(file: Opened, name: string): ArrayLike<Cell>[] {
  const { bytes, where, metadata, root } = file;
  const node = root.children.find(({ element }) => element.name === name);
  if (!node) throw new InputError(`${where}: found no column "${name}"`);
  const refused = refusedKind(node);
  if (refused) throw new InputError(`${where}: column "${name}": found ${refused}, expected numbers or text`);
  return decoding(`${where}: column "${name}": cannot be read`, () =>
    metadata.row_groups.flatMap(({ columns, num_rows }, group) => {
      const chunk = columns.find(
        ({ meta_data: { path_in_schema: path } = {} }) => path?.length === 1 && path[0] === name,
      );
      if (!chunk?.meta_data || chunk.file_path) throw new Error(`no data in row group ${group}`);
      const { codec, total_compressed_size, data_page_offset, dictionary_page_offset, type } = chunk.meta_data;
      if (type !== node.element.type) throw new Error(`${type} in row group ${group}`);
      const rows = Number(num_rows);
      const start = Number(dictionary_page_offset || data_page_offset);
      const packed = bytes.subarray(start, start + Number(total_compressed_size));
      checkPages(packed, { element: node.element, codec, rows });
      const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
      const schemaPath = [root, node];
      const decoder = { pathInSchema: [name], type, element: node.element, schemaPath, codec, compressors };
      const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
      const { data } = readColumn({ view, offset: 0 }, select, { ...decoder, parsers: DEFAULT_PARSERS });
      const found = data.reduce((sum, part) => sum + part.length, 0);
      if (found !== rows) throw new Error(`${found} values of ${rows}`);
      return data as ArrayLike<Cell>[];
    }),
  );
}

/** What a column holds that no number or text can be made of, if so. */
function refusedKind({ children, element }: SchemaTree): string | undefined {
  const { type, repetition_type, converted_type: converted = '', logical_type } = element;
  const logical = logical_type?.type ?? '';
  if (children.length > 0 || repetition_type === 'REPEATED') return 'lists or records';
  if (type === 'INT96' || /^(DATE|TIME|INTERVAL)/.test(converted) || /^(DATE|TIME|INTERVAL)/.test(logical))
    return 'dates';
  if (/^(JSON|BSON|UUID|VARIANT|GEO)/.test(`${converted}${logical}`))
    return `values of the kind ${logical || converted}`;
  if (converted === 'DECIMAL' || logical === 'DECIMAL') return refusedDecimal(element);
  return type === 'FIXED_LEN_BYTE_ARRAY' && logical !== 'FLOAT16' ? 'raw bytes' : undefined;
}

/** Only of a fixed length: it takes quadratic time to read a long one. */
function refusedDecimal({ type, type_length: length = 0 }: SchemaElement): string | undefined {
  return type === 'BYTE_ARRAY' || length > 32 ? 'decimals of more than 32 bytes' : undefined;
}

function eachCell(parts: ArrayLike<Cell>[], visit: (cell: Cell, row: number) => void): number {
  let row = 0;
  for (const part of parts) for (let i = 0; i < part.length; i++) visit(part[i], row++);
  return row;
}

const lengthOf = (parts: readonly ArrayLike<Cell>[]) => parts.reduce((sum, { length }) => sum + length, 0);

type Place = (row: number) => string;

function numbersOf(parts: ArrayLike<Cell>[], name: string, place: Place): Float64Array {
  const values = new Float64Array(lengthOf(parts));
  eachCell(parts, (cell, row) => {
    const value = Number(cell ?? Number.NaN);
    const good = typeof cell === 'bigint' ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!good || typeof cell === 'string') throw unexpected(cell, name, place(row), 'a finite number');
    values[row] = value;
  });
  return values;
}

/** Numbers stay numbers; text and truth values are classes. */
function labelsOf(parts: ArrayLike<Cell>[], name: string, place: Place): Float64Array | string[] {
  const numeric = parts.some((part) => part.length > 0 && /number|bigint/.test(typeof part[0]));
  return numeric ? numbersOf(parts, name, place) : textsOf(parts, name, place);
}

function textsOf(parts: ArrayLike<Cell>[], name: string, place: Place): string[] {
  const texts: string[] = new Array(lengthOf(parts));
  eachCell(parts, (cell, row) => {
    if (cell === null || cell === undefined || cell === '')
      throw unexpected(cell, name, place(row), 'a finite number or the name of a class');
    texts[row] = String(cell);
  });
  return texts;
}

function unexpected(cell: Cell, name: string, place: string, expected: string): InputError {
  const shown = typeof cell === 'string' ? JSON.stringify(cell) : String(cell);
  const found = cell === null || cell === undefined ? 'null' : cell === '' ? 'an empty cell' : shown;
  return new InputError(`${place}: column "${name}": found ${found}, expected ${expected}`);
}

/** Errors of the decoder come of the file: it has no others. */
function decoding<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = error instanceof Error ? error.message.replace(/^parquet /, '') : String(error);
    throw new InputError(`${what}: found ${reason}`, { cause: error });
  }
}
