import { counted, InputError } from '@qntk/core';
import { type FileMetaData, parquetMetadata, parquetSchema, type SchemaTree } from 'hyparquet';
import { type Column, ColumnBuilder } from '../column.ts';
import { type NamedColumns, namedColumns } from '../columns.ts';
import { numberOf } from '../number.ts';
import { mostCells, tooManyCells } from '../size.ts';
import { durationColumns } from './arrow-schema.ts';
import { compressors } from './compressors.ts';
import { decodeColumn, type RawCell } from './hyparquet.ts';
import { decimalText, isDecimal, refusedKind, scaleOf } from './kinds.ts';
import { checkPages } from './pages.ts';
import { endOfStruct } from './thrift.ts';

interface Opened {
  readonly bytes: Uint8Array;
  readonly where: string;
  readonly metadata: FileMetaData;
  readonly root: SchemaTree;
  readonly rows: number;
  /** Columns of durations, which are integers as far as Parquet knows. */
  readonly durations: readonly string[];
}

const magic = 'PAR1';

/**
 * Reads a Parquet file; `where` names it in errors. Columns are decoded when they are asked for.
 *
 * @throws InputError where it is damaged, or has no rows, more than 2^26 cells, or columns without or of equal names.
 */
export function readParquet(bytes: Uint8Array, where: string): NamedColumns {
  const file = open(bytes, where);
  const names = file.root.children.map(({ element }) => element.name);
  checkNames(names, file);
  return namedColumns({
    where,
    names,
    index: pandasIndex(file.metadata),
    notes: [],
    rows: file.rows,
    place: (row) => `${where}: row ${row} (from 0)`,
    column: (name) => columnOf(file, name),
  });
}

function open(bytes: Uint8Array, where: string): Opened {
  checkFrame(bytes, where);
  return decoding(`${where}: a damaged Parquet file`, () => {
    const end = bytes.length - 8;
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end, true);
    if (length > end - magic.length) throw new Error(`a footer of ${counted(length, 'byte')}`);
    endOfStruct(new DataView(bytes.buffer, bytes.byteOffset + end - length, length), 0);
    const metadata = parquetMetadata(bytes, { geoparquet: false });
    const rows = metadata.row_groups.reduce((sum, group) => sum + rowsOf(group.num_rows), 0);
    if (rows !== rowsOf(metadata.num_rows))
      throw new Error(`row groups of ${rows} rows, and ${metadata.num_rows} in all`);
    const durations = durationColumns(metadataOf(metadata, 'ARROW:schema'));
    return { bytes, where, metadata, root: parquetSchema(metadata), rows, durations };
  });
}

function rowsOf(count: unknown): number {
  const rows = Number(count);
  if (typeof count !== 'bigint' || !Number.isSafeInteger(rows) || rows < 0) throw new Error(`${count} rows`);
  return rows;
}

function checkFrame(bytes: Uint8Array, where: string): void {
  const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + magic.length));
  const refuse = (found: string, expected: string): InputError => new InputError({ where, found, expected });
  if (bytes.length === 0) throw refuse('an empty file', 'a Parquet file');
  if (text(0) === 'PARE') throw refuse('an encrypted Parquet file', 'a plain one');
  if (text(0) !== magic)
    throw refuse(`a file that starts with ${JSON.stringify(text(0))}`, `a Parquet file ("${magic}")`);
  if (bytes.length < 12 || text(bytes.length - magic.length) !== magic)
    throw refuse('a truncated Parquet file', `"${magic}" at its end`);
}

function checkNames(names: readonly string[], { where, rows }: Opened): void {
  const seen = new Set<string>();
  names.forEach((name, i) => {
    if (!name)
      throw new InputError({ where, found: `an empty name of column ${i + 1}`, expected: 'a name for every column' });
    if (seen.has(name))
      throw new InputError({
        where,
        found: `two columns named ${JSON.stringify(name)}`,
        expected: 'a different name for every column',
      });
    seen.add(name);
  });
  if (rows === 0) throw new InputError({ where, found: 'no rows', expected: 'at least one' });
  if (rows * names.length > mostCells) throw tooManyCells(where);
}

/** The columns pandas keeps its index in; it says so in the file. */
function pandasIndex(metadata: FileMetaData): string[] {
  try {
    const { index_columns: columns } = JSON.parse(metadataOf(metadata, 'pandas') ?? '{}');
    return Array.isArray(columns) ? columns.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

const metadataOf = ({ key_value_metadata: entries = [] }: FileMetaData, name: string): string | undefined =>
  entries.find(({ key }) => key === name)?.value;

function columnOf(file: Opened, name: string): Column {
  const { where, root, durations } = file;
  const place = `${where}: column "${name}"`;
  const node = root.children.find(({ element }) => element.name === name)!;
  const found = durations.includes(name) ? 'durations' : refusedKind(node);
  if (found !== undefined) {
    const advice = /^(dates|times|durations)/.test(found) ? { advice: 'turn them into numbers' } : {};
    throw new InputError({ where: place, found, expected: 'numbers, truth values or text', ...advice });
  }
  const builder = new ColumnBuilder();
  const decimals = isDecimal(node.element);
  const { parts, scale } = decoding(`${place}: it cannot be read`, () => ({
    parts: cellsOf(file, node),
    scale: decimals ? scaleOf(node.element) : 0,
  }));
  for (const part of parts)
    for (let i = 0; i < part.length; i++) {
      const cell = part[i];
      // A decimal is read as its text in a table would be.
      if (decimals && cell !== null && cell !== undefined)
        builder.add(numberOf(decimalText(cell as number | bigint | Uint8Array, scale), '.'));
      else if (cell instanceof Uint8Array) builder.refuse('bytes that are no UTF-8', 'text in UTF-8');
      else builder.add(cell);
    }
  return builder.column();
}

/** The decoded cells of a column, a list for each page or so. */
function cellsOf({ bytes, metadata, root }: Opened, node: SchemaTree): ArrayLike<RawCell>[] {
  const { name, type } = node.element;
  return metadata.row_groups.flatMap(({ columns, num_rows }, group) => {
    const chunk = columns.find(
      ({ meta_data: { path_in_schema: path } = {} }) => path?.length === 1 && path[0] === name,
    );
    if (!chunk?.meta_data || chunk.file_path) throw new Error(`no data in row group ${group}`);
    const { codec, total_compressed_size, data_page_offset, dictionary_page_offset } = chunk.meta_data;
    if (chunk.meta_data.type !== type) throw new Error(`${chunk.meta_data.type} in row group ${group}`);
    const rows = Number(num_rows);
    const start = Number(dictionary_page_offset || data_page_offset);
    const packed = bytes.subarray(start, start + Number(total_compressed_size));
    checkPages(packed, { element: node.element, codec, rows });
    const cells = decodeColumn({ bytes: packed, codec, rows, root, node }, compressors);
    const found = cells.reduce((sum, part) => sum + part.length, 0);
    if (found !== rows) throw new Error(`${found} values of ${rows}`);
    return cells;
  });
}

/** Errors of the decoder come of the file: it has no others. */
function decoding<Result>(where: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new InputError({ where, found: reasonOf(error), expected: 'a Parquet file that is whole' }, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message.replace(/^parquet /, '') : String(error);
  return /\b(?:undefined|NaN)\b/.test(reason) ? 'a structure without a field that it needs' : reason;
}
