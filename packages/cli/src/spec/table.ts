import path from 'node:path';
import {
  type DataSpec,
  type Dataset,
  datasetFromTable,
  didYouMean,
  type Engine,
  generateTable,
  InputError,
  type Table,
} from '@qntk/core';
import type { NamedColumns } from '@qntk/formats';
import { namedColumns, readNpy, readNpz, readParquet, readTable } from '@qntk/formats';
import { largest, readInput } from '../files/input.ts';
import { archiveTable, arrayTable } from './arrays.ts';
import { unreadable } from './unreadable.ts';

type FileSpec = Extract<DataSpec, { file: string }>;
type ColumnsSpec = Extract<FileSpec, { target: string }>;

/** The data set a SPEC describes; file names in it are relative to `folder`. */
export function readDataset(spec: DataSpec, folder: string, outputs: number, engine: Engine): Dataset {
  const table = 'file' in spec ? readFile(spec, folder) : generateTable(spec, engine);
  return datasetFromTable(table, spec, outputs);
}

function readFile(spec: FileSpec, folder: string): Table {
  const open = (key: 'file' | 'labels', file: string): [Buffer, string] => {
    const where = path.isAbsolute(file) ? file : path.join(folder, file);
    const most = spec.source === 'csv' ? largest.table : largest.array;
    return [contentOf(where, key, most), where];
  };
  const [bytes, where] = open('file', spec.file);
  switch (spec.source) {
    case 'csv':
      return columnTable(namedColumns(readTable(bytes.toString('utf8'), where), where), spec, where);
    case 'parquet':
      return columnTable(readParquet(bytes, where), spec, where);
    case 'npz':
      return archiveTable(readNpz(bytes, where), where);
    case 'npy': {
      const [labels, labelsWhere] = open('labels', spec.labels);
      return arrayTable({ ...readNpy(bytes, where), where }, { ...readNpy(labels, labelsWhere), where: labelsWhere });
    }
  }
}

function contentOf(file: string, key: string, most: number): Buffer {
  try {
    return readInput(file, most);
  } catch (error) {
    throw error instanceof InputError ? unreadable(`data.${key}`, file, error) : error;
  }
}

function columnTable(columns: NamedColumns, { target, split }: ColumnsSpec, where: string): Table {
  if (target === split)
    throw new InputError({ where: 'data.split', found: `"${split}", which is the target`, expected: 'another column' });
  checkColumn(columns, target, 'data.target', where);
  if (split !== undefined) checkColumn(columns, split, 'data.split', where);
  const rest = columns.names.filter((name) => name !== target && name !== split && !columns.index.includes(name));
  return {
    targetName: `${where}: column "${target}"`,
    target: columns.labels(target),
    ...(split !== undefined && { split: { name: split, cells: columns.texts(split) } }),
    features: rest.map((name) => ({ name, values: columns.numbers(name) })),
    place: columns.place,
  };
}

function checkColumn({ names }: NamedColumns, column: string, key: string, where: string): void {
  if (names.includes(column)) return;
  throw new InputError({
    where: key,
    found: `"${column}", which is no column of ${where}`,
    expected: `one of ${names.join(', ')}`,
    ...didYouMean(column, names),
  });
}
