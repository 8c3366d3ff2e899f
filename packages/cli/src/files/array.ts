import { InputError } from '@qntk/core';
import {
  checkReal,
  contentOf,
  formatOfName,
  formats,
  labelsOfArray,
  type NamedArrays,
  type NamedColumns,
  type NpyArray,
  onlyArray,
  readUnnamed,
  type StoredArray,
} from '@qntk/formats';
import { largest, readInput } from './input.ts';

/** What is looked for in a file of several arrays; the names are those `qntk kernel` writes. */
export type ArrayName = 'K' | 'J' | 'y' | 'f' | 'theta';

/** Names of the columns that make up an array in a Parquet file, in order. */
const columnsOf: Record<ArrayName, (names: readonly string[]) => string[]> = {
  K: (names) => names.filter((name) => /^K_\d+$/.test(name)).sort((a, b) => Number(a.slice(2)) - Number(b.slice(2))),
  J: (names) => names.filter((name) => name.startsWith('J_')),
  y: (names) => names.filter((name) => name === 'y'),
  f: (names) => names.filter((name) => name === 'f'),
  theta: (names) => names.filter((name) => name === 'theta'),
};

const expectedColumns: Record<ArrayName, string> = {
  K: 'K_0, K_1, …',
  J: 'J_<parameter>',
  y: 'y',
  f: 'f',
  theta: 'theta',
};

/** What a file of arrays may be called, for messages. */
export const arrayFiles = '.npy, .npz, .npz:NAME, .parquet or .csv';

/** A name of a file, and of an array in it where one follows a colon. */
const inArchive = /^(.*\.npz)(?::([^:/\\]+))?$/i;

/** Whether a file can hold an array, by its name. */
export function isArrayFile(name: string): boolean {
  return formatOfName(inArchive.exec(name)?.[1] ?? name) !== undefined;
}

/**
 * An array of finite real numbers: a .npy file, the array `wanted` or NAME of a .npz, or the columns of a Parquet file
 * as {@link kernelTable} writes them, where y and f of several outputs have an axis for these; or the numbers of a text,
 * a row a line, where a single column is an array of one axis. Labels y that are text or truth values are two classes, −1
 * and +1 as in a data set.
 *
 * @throws InputError naming the file, and the index of the first number that is not finite.
 */
export function readArray(file: string, wanted: ArrayName): NpyArray {
  const [, archive = file, name = wanted] = inArchive.exec(file) ?? [];
  const format = formatOfName(archive) ?? formats.npy;
  const most = format.name === 'csv' ? largest.table : largest.array;
  const bytes = contentOf(readInput(archive, most), archive, format, most);
  if (format.name === 'csv') return fromText(readUnnamed(bytes, file), file, wanted);
  if (format.holds === 'columns') return fromColumns(format.read(bytes, file), file, wanted);
  const arrays = format.read(bytes, archive);
  const array = arrays.get(format.name === 'npy' ? onlyArray : nameIn(arrays, name, archive));
  if (wanted === 'y') return coded(array, file);
  checkReal(array, file);
  return array;
}

function nameIn({ names }: NamedArrays, name: string, where: string): string {
  if (names.includes(name)) return name;
  const found = `no array ${name}, only ${names.join(', ')}`;
  throw new InputError({ where, found, expected: 'an array of that name', advice: 'FILE.npz:NAME takes another' });
}

function coded(array: StoredArray, where: string): NpyArray {
  const labels = labelsOfArray(array, where);
  return { shape: array.shape, data: labels instanceof Float64Array ? labels : signsOf(labels, where) };
}

function signsOf(labels: readonly string[], where: string): Float64Array {
  const classes = [...new Set(labels)].sort();
  if (classes.length === 2) return Float64Array.from(labels, (label) => (label === classes[1] ? 1 : -1));
  throw new InputError({
    where,
    found: `${classes.length} ${classes.length === 1 ? 'class' : 'classes'}`,
    expected: '2 classes, or numbers',
  });
}

function fromColumns(table: NamedColumns, file: string, wanted: ArrayName): NpyArray {
  const names = columnsOf[wanted](table.names);
  if (names.length === 0)
    throw new InputError({
      where: file,
      found: `no column ${expectedColumns[wanted]}, only ${listed(table.names)}`,
      expected: 'the columns of a kernel',
    });
  const { rows, data } = joined(table, names, file, wanted);
  if (wanted === 'K' || wanted === 'J') return { shape: [rows, names.length], data };
  const outputs = table.names.includes('output') ? outputsOf(table.numbers('output'), file) : 1;
  return { shape: outputs === 1 ? [rows] : [rows / outputs, outputs], data };
}

function fromText(table: NamedColumns, file: string, wanted: ArrayName): NpyArray {
  const { rows, data } = joined(table, table.names, file, wanted);
  return { shape: table.names.length === 1 ? [rows] : [rows, table.names.length], data };
}

/** Columns side by side, row-major. */
function joined(table: NamedColumns, names: readonly string[], file: string, wanted: ArrayName) {
  const columns = names.map((name) => (wanted === 'y' ? codedColumn(table, name, file) : table.numbers(name)));
  const rows = columns[0]!.length;
  const data = new Float64Array(rows * names.length);
  columns.forEach((values, c) => {
    for (let row = 0; row < rows; row++) data[row * names.length + c] = values[row]!;
  });
  return { rows, data };
}

function codedColumn(table: NamedColumns, name: string, where: string): Float64Array {
  const labels = table.labels(name);
  return labels instanceof Float64Array ? labels : signsOf(labels, where);
}

/** How many outputs a point has: the column `output` counts them, and begins again with every point. */
function outputsOf(column: Float64Array, file: string): number {
  const again = column.indexOf(0, 1);
  const outputs = again < 0 ? column.length : again;
  const bad = column.findIndex((value, row) => value !== row % outputs);
  if (bad < 0 && column.length % outputs === 0) return outputs;
  const row = bad < 0 ? column.length - 1 : bad;
  const expected = `0 to ${outputs - 1} in turn for every point`;
  throw new InputError({
    where: `${file}: row ${row} (from 0): column "output"`,
    found: String(column[row]),
    expected,
  });
}

const listed = (names: readonly string[]) => [...names.slice(0, 12), ...(names.length > 12 ? ['…'] : [])].join(', ');
