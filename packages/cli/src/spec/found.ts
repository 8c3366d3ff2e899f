import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import { type DataNote, type FoundColumn, InputError, type Table } from '@qntk/core';
import { type CsvOptions, contentOf, formatOfName, formats, type NamedColumns, onlyArray } from '@qntk/formats';
import { largest, readInput } from '../files/input.ts';
import { archiveTable, arrayTable } from './arrays.ts';
import type { FileLines } from './proposed.ts';

/** What is in a file of data, and the keys of a SPEC that read it so. */
export type FoundData = FoundColumns | FoundArrays;

interface FoundColumns {
  readonly kind: 'columns';
  readonly lines: FileLines;
  readonly columns: readonly FoundColumn[];
  readonly notes: readonly DataNote[];
}

interface FoundArrays {
  readonly kind: 'arrays';
  readonly lines: FileLines;
  readonly table: Table;
}

/**
 * Reads a file of data; its name in the SPEC is relative to `folder`.
 *
 * @throws InputError where it is none, or cannot be read.
 */
export function findData(file: string, folder: string): FoundData {
  const format = formatOfName(file);
  if (!format) {
    const endings = Object.values(formats).flatMap(({ extensions }) => extensions);
    throw new InputError({ where: file, found: 'another name', expected: `one that ends with ${endings.join(', ')}` });
  }
  const open = (name: string) => {
    const most = format.name === 'csv' ? largest.table : largest.array;
    return contentOf(readInput(name, most), name, format, most);
  };
  const relative = (name: string) => path.relative(folder, name).split(path.sep).join('/');
  const source = { key: 'source', value: format.name };
  const named = { key: 'file', value: relative(file) };
  if (format.holds === 'columns') {
    const content = open(file);
    const { columns, lines } =
      format.name === 'csv' ? readText(content, file) : { columns: format.read(content, file), lines: [] };
    return { kind: 'columns', columns: columns.found(), notes: columns.notes, lines: [source, named, ...lines] };
  }
  const arrays = format.read(open(file), file);
  if (format.name === 'npz') return { kind: 'arrays', table: archiveTable(arrays, file), lines: [source, named] };
  const labels = labelsBeside(file);
  const y = { array: formats.npy.read(open(labels), labels).get(onlyArray), where: labels };
  const table = arrayTable({ array: arrays.get(onlyArray), where: file }, y);
  return { kind: 'arrays', table, lines: [source, named, { key: 'labels', value: relative(labels) }] };
}

/** The labels of X.npy are y.npy, those of X_train.npy y_train.npy. */
function labelsBeside(file: string): string {
  const name = path.basename(file).replace(/(?<![a-z])x(?![a-z])/i, 'y');
  const labels = path.join(path.dirname(file), name);
  if (name !== path.basename(file) && fs.existsSync(labels)) return labels;
  throw new InputError({
    where: file,
    found: 'points without labels',
    expected: 'X.npy with y.npy beside it',
    advice: 'np.savez(FILE, X=X, y=y) puts both into one file',
  });
}

/** A decimal comma, and nothing that may set thousands apart. */
const decimalComma = /^[+-]?\d*,(?:\d{1,2}|\d{4,})$/;

/** A table of text, in the encoding and with the decimals it seems to have. */
function readText(content: Uint8Array, file: string): { columns: NamedColumns; lines: FileLines } {
  const encoded = isUtf8(content) || isMarked(content) ? {} : { encoding: 'windows-1252' };
  const plain = formats.csv.read(content, file, encoded);
  const comma = plain
    .found()
    .some(({ kind, problem }) => kind === 'unreadable' && decimalComma.test(unquoted(problem)));
  const options: CsvOptions = { ...encoded, ...(comma && { decimal: ',' }) };
  const columns = comma ? formats.csv.read(content, file, options) : plain;
  const delimiter = columns.notes.flatMap((note) => (note.code === 'delimiter' ? [note.delimiter] : []))[0];
  return {
    columns,
    lines: [
      ...(options.encoding === undefined
        ? []
        : [{ key: 'encoding', value: options.encoding, comment: 'a guess, as the file is no UTF-8' }]),
      ...(delimiter === undefined ? [] : [{ key: 'delimiter', value: delimiter }]),
      ...(comma ? [{ key: 'decimal', value: ',' }] : []),
    ],
  };
}

/** Whether the text begins with the mark of UTF-16. */
const isMarked = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const unquoted = (problem = ''): string => problem.replace(/^"|"$/g, '');
