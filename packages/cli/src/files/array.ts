import { InputError } from '@qntk/core';
import { checkReal, isParquet, type NpyArray, readNpy, readNpz, readParquet } from '@qntk/formats';
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
export const arrayFiles = '.npy, .npz, .npz:NAME or .parquet';

/** Whether a file holds arrays, by its name. */
export const isArrayFile = (name: string): boolean => /\.npy$|\.npz(:[^:/\\]+)?$|\.parquet$/i.test(name);

/**
 * An array of finite real numbers: a .npy file, the array `wanted` or NAME of a .npz, or the columns of a Parquet file
 * as {@link kernelTable} writes them, where y and f of several outputs have an axis for these.
 *
 * @throws InputError naming the file, and the index of the first number that is not finite.
 */
export function readArray(file: string, wanted: ArrayName): NpyArray {
  const [, archive, name = wanted] = /^(.*\.npz)(?::([^:/\\]+))?$/i.exec(file) ?? [];
  const array = archive ? fromArchive(archive, name) : isParquet(file) ? fromColumns(file, wanted) : fromNpy(file);
  checkReal(array, file);
  return array;
}

const fromNpy = (file: string) => readNpy(readInput(file, largest.array), file);

function fromArchive(file: string, name: string): NpyArray {
  const arrays = readNpz(readInput(file, largest.array), file);
  const array = arrays.get(name);
  if (array) return array;
  const found = [...arrays.keys()].join(', ');
  throw new InputError(`${file}: found no array ${name}, only ${found}; expected it, or FILE.npz:NAME with another`);
}

function fromColumns(file: string, wanted: ArrayName): NpyArray {
  const table = readParquet(readInput(file, largest.array), file);
  const names = columnsOf[wanted](table.names);
  if (names.length === 0)
    throw new InputError(`${file}: found no column ${expectedColumns[wanted]}, only ${listed(table.names)}`);
  const columns = names.map((name) => table.numbers(name));
  const rows = columns[0]!.length;
  const data = new Float64Array(rows * names.length);
  columns.forEach((values, c) => {
    for (let row = 0; row < rows; row++) data[row * names.length + c] = values[row]!;
  });
  if (wanted === 'K' || wanted === 'J') return { shape: [rows, names.length], data };
  const outputs = table.names.includes('output') ? outputsOf(table.numbers('output'), file) : 1;
  return { shape: outputs === 1 ? [rows] : [rows / outputs, outputs], data };
}

/** How many outputs a point has: the column `output` counts them, and begins again with every point. */
function outputsOf(column: Float64Array, file: string): number {
  const again = column.indexOf(0, 1);
  const outputs = again < 0 ? column.length : again;
  const bad = column.findIndex((value, row) => value !== row % outputs);
  if (bad < 0 && column.length % outputs === 0) return outputs;
  const row = bad < 0 ? column.length - 1 : bad;
  const expected = `0 to ${outputs - 1} in turn for every point`;
  throw new InputError(`${file}: row ${row} (from 0): column "output": found ${column[row]}, expected ${expected}`);
}

const listed = (names: readonly string[]) => [...names.slice(0, 12), ...(names.length > 12 ? ['…'] : [])].join(', ');
