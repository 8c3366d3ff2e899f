import path from 'node:path';
import {
  columnNotes,
  type DataNote,
  type DataSpec,
  type Dataset,
  datasetFromTable,
  didYouMean,
  type Engine,
  generateTable,
  InputError,
  type Table,
} from '@qntk/core';
import { type ColumnsFormat, contentOf, type FileFormat, formats, type NamedColumns, onlyArray } from '@qntk/formats';
import { largest, readInput } from '../files/input.ts';
import { archiveTable, arrayTable } from './arrays.ts';
import { unreadable } from './unreadable.ts';

type FileSpec = Extract<DataSpec, { file: string }>;
type ColumnsSpec = Extract<FileSpec, { target: string }>;

/** A table, and what was taken for granted about its file. */
interface ReadTable {
  readonly table: Table;
  readonly notes: readonly DataNote[];
}

/** The data set a SPEC describes, with what is to be told of it; file names in it are relative to `folder`. */
export function readDataset(
  spec: DataSpec,
  folder: string,
  outputs: number,
  engine: Engine,
): { dataset: Dataset; notes: readonly DataNote[] } {
  const { table, notes } = 'file' in spec ? readFile(spec, folder) : { table: generateTable(spec, engine), notes: [] };
  const dataset = datasetFromTable(table, spec, outputs);
  return { dataset, notes: [...notes, ...columnNotes(table, dataset)] };
}

function readFile(spec: FileSpec, folder: string): ReadTable {
  const format = formats[spec.source];
  const open = (key: 'file' | 'labels', file: string) => opened(file, folder, `data.${key}`, format);
  const { bytes, where } = open('file', spec.file);
  if ('target' in spec) {
    const { read }: ColumnsFormat = formats[spec.source];
    const columns = read(bytes, where, spec.source === 'csv' ? spec : {});
    return { table: columnTable(columns, spec, where), notes: columns.notes };
  }
  const arrays = formats[spec.source].read(bytes, where);
  if (spec.source === 'npz') return { table: archiveTable(arrays, where), notes: [] };
  const y = open('labels', spec.labels);
  const labels = { array: formats.npy.read(y.bytes, y.where).get(onlyArray), where: y.where };
  return { table: arrayTable({ array: arrays.get(onlyArray), where }, labels), notes: [] };
}

interface OpenedFile {
  readonly bytes: Uint8Array;
  readonly where: string;
}

function opened(file: string, folder: string, key: string, format: FileFormat): OpenedFile {
  const where = path.isAbsolute(file) ? file : path.join(folder, file);
  const most = format.name === 'csv' ? largest.table : largest.array;
  return { bytes: contentOf(contentOfKey(where, key, most), where, format, most), where };
}

function contentOfKey(file: string, key: string, most: number): Buffer {
  try {
    return readInput(file, most);
  } catch (error) {
    throw error instanceof InputError ? unreadable(key, file, error) : error;
  }
}

function columnTable(columns: NamedColumns, { target, split }: ColumnsSpec, where: string): Table {
  if (target === split)
    throw new InputError({ where: 'data.split', found: `"${split}", which is the target`, expected: 'another column' });
  checkColumn(columns, target, 'data.target', where);
  if (split !== undefined) checkColumn(columns, split, 'data.split', where);
  const rest = columns.names.filter((name) => name !== target && name !== split && !columns.index.includes(name));
  return {
    file: where,
    targetName: `column "${target}"`,
    target: columns.labels(target),
    ...(split !== undefined && { split: { name: split, cells: columns.texts(split) } }),
    features: rest.map((name) => ({ name, values: featureOf(columns, name) })),
    place: columns.place,
  };
}

/** A column as a feature; where it cannot be one, the way out is to leave it away. */
function featureOf(columns: NamedColumns, name: string): Float64Array {
  try {
    return columns.numbers(name);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const advice = 'where it is no feature, leave the column out of the file';
    throw new InputError(
      error.problems.map((problem) => ({ advice, ...problem })),
      { cause: error },
    );
  }
}

function checkColumn({ names }: NamedColumns, column: string, key: string, where: string): void {
  if (names.includes(column)) return;
  throw new InputError({
    where: key,
    found: `"${column}", which is no column of ${where}`,
    expected: `one of ${listed(names)}`,
    // Where another sign stands between the cells, the first line is one name.
    ...(names.length === 1
      ? { advice: 'data.delimiter says what stands between the cells' }
      : didYouMean(column, names)),
  });
}

const listed = (names: readonly string[]) => [...names.slice(0, 12), ...(names.length > 12 ? ['…'] : [])].join(', ');
