import path from 'node:path';
import {
  columnNotes,
  type DataNote,
  type DataSpec,
  type Dataset,
  datasetFromTable,
  type Engine,
  generateTable,
  InputError,
  type OutputsWanted,
  type Table,
} from '@qntk/core';
import { type ColumnsFormat, contentOf, type FileFormat, formats, type NamedColumns, onlyArray } from '@qntk/formats';
import { largest, readInput } from '../files/input.ts';
import { archiveTable, arrayTable } from './arrays.ts';
import { checkColumn, chosenNames, featureColumns } from './features.ts';
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
  outputs: OutputsWanted,
  engine: Engine,
): { dataset: Dataset; notes: readonly DataNote[] } {
  const { table, notes } = 'file' in spec ? readFile(spec, folder) : { table: generateTable(spec, engine), notes: [] };
  const dataset = datasetFromTable(table, spec, outputs);
  return { dataset, notes: [...notes, ...columnNotes(table, dataset, spec.task)] };
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
  if (spec.source === 'npz') return { table: chosenOf(archiveTable(arrays, where), spec, where), notes: [] };
  const y = open('labels', typeof spec.labels === 'string' ? spec.labels : spec.labels.file);
  const labels = { array: formats.npy.read(y.bytes, y.where).get(onlyArray), where: y.where };
  return { table: chosenOf(arrayTable({ array: arrays.get(onlyArray), where }, labels), spec, where), notes: [] };
}

/** The table of arrays with the chosen of its columns alone. */
function chosenOf(table: Table, spec: FileSpec, where: string): Table {
  if (spec.features === undefined && spec.drop === undefined) return table;
  if (table.states)
    throw new InputError({
      where: spec.features ? 'data.features' : 'data.drop',
      found: 'a list of columns',
      expected: 'none, as amplitudes of states belong together',
    });
  const byName = new Map(table.features.map((column) => [column.name, column]));
  const names = chosenNames([...byName.keys()], spec, where);
  return { ...table, features: names.map((name) => byName.get(name)!) };
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

function columnTable(columns: NamedColumns, spec: ColumnsSpec, where: string): Table {
  const { target, split } = spec;
  if (target === split)
    throw new InputError({ where: 'data.split', found: `"${split}", which is the target`, expected: 'another column' });
  checkColumn(columns.names, target, 'data.target', where);
  if (split !== undefined) checkColumn(columns.names, split, 'data.split', where);
  return {
    file: where,
    targetName: `column "${target}"`,
    target: columns.labels(target),
    ...(split !== undefined && { split: { name: split, cells: columns.texts(split) } }),
    features: featureColumns(columns, spec, chosenNames(columns.names, spec, where, columns.index), where),
    place: columns.place,
  };
}
