import path from 'node:path';
import {
  type DataSpec,
  type Dataset,
  datasetFromTable,
  type Engine,
  generateTable,
  InputError,
  type Table,
} from '@qntk/core';
import { isNumeric, numberColumn, readTable, type Table as TextTable } from '../files/csv.ts';
import type { NpyArray } from '../files/npy.ts';
import { readNpz } from '../files/npz.ts';
import { readInput } from '../files/output.ts';

type CsvSpec = Extract<DataSpec, { source: 'csv' }>;

/** The data set a SPEC describes; file names in it are relative to `folder`. */
export function readDataset(spec: DataSpec, folder: string, outputs: number, engine: Engine): Dataset {
  return datasetFromTable(tableOf(spec, folder, engine), spec, outputs);
}

function tableOf(spec: DataSpec, folder: string, engine: Engine): Table {
  if (!('file' in spec)) return generateTable(spec, engine);
  const where = path.isAbsolute(spec.file) ? spec.file : path.join(folder, spec.file);
  const bytes = contentOf(where);
  if (spec.source === 'npz') return npzTable(readNpz(bytes, where), where);
  return csvTable(readTable(bytes.toString('utf8'), where), spec, where);
}

function contentOf(file: string): Buffer {
  try {
    return readInput(file);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`data.file: ${error.message}`, { cause: error }) : error;
  }
}

function csvTable(text: TextTable, { target, split }: CsvSpec, where: string): Table {
  if (target === split)
    throw new InputError(`data.split: found "${split}", which is the target, expected a column of its own`);
  const features = text.columns.filter((name) => name !== target && name !== split);
  const place = (row: number) => `${where}:${text.lines[row]}`;
  return {
    targetName: `${where}: column "${target}"`,
    target: targetOf(text, target, where),
    ...(split !== undefined && { split: { name: split, cells: cellsOf(text, split, 'data.split', where) } }),
    features: features.map((name) => ({ name, values: numberColumn(text, name, where) })),
    place,
  };
}

/** Numbers, or text where no cell is a number: one bad number among others must not turn a target into classes. */
function targetOf(text: TextTable, target: string, where: string): Float64Array | string[] {
  const cells = cellsOf(text, target, 'data.target', where);
  if (cells.some(isNumeric)) return numberColumn(text, target, where);
  const empty = cells.findIndex((cell) => cell === '' || /^[+-]?(nan|inf|infinity)$/i.test(cell));
  if (empty < 0) return cells;
  const found = cells[empty] === '' ? 'an empty cell' : JSON.stringify(cells[empty]);
  throw new InputError(
    `${where}:${text.lines[empty]}: column "${target}": found ${found}, expected a finite number or the name of a class`,
  );
}

function cellsOf(text: TextTable, column: string, key: string, where: string): string[] {
  const at = text.columns.indexOf(column);
  if (at < 0)
    throw new InputError(
      `${key}: found "${column}", which is no column of ${where}, expected one of ${text.columns.join(', ')}`,
    );
  return text.rows.map((row) => row[at]!);
}

function npzTable(arrays: Map<string, NpyArray>, where: string): Table {
  const X = realArray(arrays, 'X', where);
  const y = realArray(arrays, 'y', where);
  const [rows = 0, width = 1] = X.shape;
  if (X.shape.length !== 2)
    throw new InputError(`${where}:X: found shape (${X.shape.join(', ')}), expected two axes: points × features`);
  if (y.shape.length < 1 || y.shape.length > 2 || y.shape[0] !== rows)
    throw new InputError(
      `${where}:y: found shape (${y.shape.join(', ')}), expected (${rows}) or (${rows}, outputs), as X has ${rows} points`,
    );
  const column = (c: number) => Float64Array.from({ length: rows }, (_, row) => X.data[row * width + c]!);
  return {
    targetName: `${where}:y`,
    target: y.shape.length === 1 || y.shape[1] === 1 ? y.data : { values: y.data, width: y.shape[1]! },
    features: Array.from({ length: width }, (_, c) => ({ name: `x${c}`, values: column(c) })),
    place: (row) => `${where} row ${row} (from 0)`,
  };
}

function realArray(arrays: Map<string, NpyArray>, name: string, where: string): NpyArray {
  const array = arrays.get(name);
  if (!array)
    throw new InputError(
      `${where}: found no array ${name}, only ${[...arrays.keys()].join(', ')}; expected X (points × features) and y`,
    );
  if (array.complex) throw new InputError(`${where}:${name}: found complex numbers, expected real ones`);
  return array;
}
