import { counted, InputError, magnitudes } from '@qntk/core';
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
 * An array of finite real numbers: a .npy file, the array `wanted` or NAME of a .npz (or its only one), or the columns of a
 * Parquet file as {@link kernelTable} writes them, where y and f of several outputs have an axis for these; or the numbers of
 * a text, a row a line, where a single column is an array of one axis.
 *
 * @throws InputError naming the file, and the index of the first number that is not finite.
 */
export function readArray(file: string, wanted: Exclude<ArrayName, 'y'>): NpyArray {
  const array = read(file, wanted, () => {
    throw new Error(`${wanted} has no classes`);
  });
  checkSizes(array, file, wanted === 'K' ? mostOfKernel : magnitudes.most);
  return array;
}

/** The square of what other arrays may have: a kernel is of second order in them. */
const mostOfKernel = 1e120;

function checkSizes({ data }: NpyArray, where: string, most: number): void {
  const large = data.find((value) => Math.abs(value) > most);
  if (large !== undefined)
    throw new InputError({
      where,
      found: String(large),
      expected: `sizes of at most ${most}`,
      advice: 'choose other units',
    });
}

/** Labels as numbers, and the two classes that −1 and +1 stand for where they are names. */
export interface LabelArray extends NpyArray {
  readonly classes?: readonly string[];
}

/**
 * Labels from a file as {@link readArray} reads it: numbers as they are; text or truth values are two classes, −1 and +1 in
 * sorted order as in a data set, or in the order of the `known` ones.
 *
 * @throws InputError where there are more or fewer than two classes, or another than the known ones.
 */
export function readLabelArray(file: string, known?: readonly string[]): LabelArray {
  let classes = known;
  const array = read(file, 'y', (labels) => {
    classes ??= twoClasses(labels, file);
    return signsOf(labels, classes, file);
  });
  checkSizes(array, file, magnitudes.most);
  return { ...array, ...(classes && { classes }) };
}

/** Makes numbers of names of classes. */
type Coding = (labels: readonly string[]) => Float64Array;

function read(file: string, wanted: ArrayName, code: Coding): NpyArray {
  const [, archive = file, name] = inArchive.exec(file) ?? [];
  const named = formatOfName(archive);
  const most = named?.name === 'csv' ? largest.table : largest.array;
  const content = readInput(archive, most);
  const format = named ?? npyUnnamed(content, file);
  const bytes = contentOf(content, archive, format, most);
  if (format.name === 'csv') return fromText(readUnnamed(bytes, file), wanted, code);
  if (format.holds === 'columns') return fromColumns(format.read(bytes, file), file, wanted, code);
  const arrays = format.read(bytes, archive);
  const array = arrays.get(format.name === 'npy' ? onlyArray : nameIn(arrays, wanted, name, archive));
  if (wanted === 'y') return coded(array, file, code);
  checkReal(array, file);
  return array;
}

/** A file whose name says nothing, such as a pipe, is .npy where it begins so. */
function npyUnnamed(content: Uint8Array, where: string): typeof formats.npy {
  if (formats.npy.magic.every((byte, i) => content[i] === byte)) return formats.npy;
  throw new InputError({ where, found: 'a name that says no format', expected: arrayFiles });
}

/** The array that is named, or else the one that is looked for, or the only one where it has a name that means nothing to us. */
function nameIn({ names }: NamedArrays, wanted: ArrayName, named: string | undefined, where: string): string {
  const name = named ?? wanted;
  if (names.includes(name)) return name;
  const [only] = names;
  if (named === undefined && names.length === 1 && !['X', ...Object.keys(columnsOf)].includes(only!)) return only!;
  const found = `no array ${name}, only ${names.join(', ')}`;
  throw new InputError({ where, found, expected: 'an array of that name', advice: 'FILE.npz:NAME takes another' });
}

function coded(array: StoredArray, where: string, code: Coding): NpyArray {
  const labels = labelsOfArray(array, where);
  return { shape: array.shape, data: labels instanceof Float64Array ? labels : code(labels) };
}

function twoClasses(labels: readonly string[], where: string): readonly string[] {
  const classes = [...new Set(labels)].sort();
  if (classes.length === 2) return classes;
  throw new InputError({
    where,
    found: counted(classes.length, 'class'),
    expected: '2 classes, or numbers',
  });
}

function signsOf(labels: readonly string[], classes: readonly string[], where: string): Float64Array {
  const other = labels.find((label) => !classes.includes(label));
  if (other !== undefined)
    throw new InputError({ where, found: `the class ${JSON.stringify(other)}`, expected: `one of ${listed(classes)}` });
  return Float64Array.from(labels, (label) => (label === classes[1] ? 1 : -1));
}

function fromColumns(table: NamedColumns, file: string, wanted: ArrayName, code: Coding): NpyArray {
  const names = columnsOf[wanted](table.names);
  if (names.length === 0)
    throw new InputError({
      where: file,
      found: `no column ${expectedColumns[wanted]}, only ${listed(table.names)}`,
      expected: 'the columns of a kernel',
    });
  const { rows, data } = joined(table, names, wanted, code);
  if (wanted === 'K' || wanted === 'J') return { shape: [rows, names.length], data };
  const outputs = table.names.includes('output') ? outputsOf(table.numbers('output'), file) : 1;
  return { shape: outputs === 1 ? [rows] : [rows / outputs, outputs], data };
}

function fromText(table: NamedColumns, wanted: ArrayName, code: Coding): NpyArray {
  const { rows, data } = joined(table, table.names, wanted, code);
  return { shape: table.names.length === 1 ? [rows] : [rows, table.names.length], data };
}

/** Columns side by side, row-major. */
function joined(table: NamedColumns, names: readonly string[], wanted: ArrayName, code: Coding) {
  const columns = names.map((name) => (wanted === 'y' ? codedColumn(table, name, code) : table.numbers(name)));
  const rows = columns[0]!.length;
  const data = new Float64Array(rows * names.length);
  columns.forEach((values, c) => {
    for (let row = 0; row < rows; row++) data[row * names.length + c] = values[row]!;
  });
  return { rows, data };
}

function codedColumn(table: NamedColumns, name: string, code: Coding): Float64Array {
  const labels = table.labels(name);
  return labels instanceof Float64Array ? labels : code(labels);
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
