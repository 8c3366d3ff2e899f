import { InputError } from '@qntk/core';
import type { NamedColumns } from './columns.ts';
import { type CsvOptions, readCsv } from './csv/read.ts';
import { foreignFormat, foreignText } from './foreign.ts';
import { gunzip, isGzip } from './gzip.ts';
import { magic as npyMagic } from './npy/header.ts';
import { readNpy } from './npy/read.ts';
import { type NamedArrays, openNpz } from './npz/read.ts';
import { readParquet } from './parquet/read.ts';

interface Common<Name extends string> {
  readonly name: Name;
  /** With its article, for messages. */
  readonly title: string;
  /** The ends of file names, in small letters. */
  readonly extensions: readonly string[];
  /** How such a file begins, where that tells it from all others. */
  readonly magic?: readonly number[];
}

/** A file of columns with names. */
export interface ColumnsFormat<Name extends string = string> extends Common<Name> {
  readonly holds: 'columns';
  readonly read: (bytes: Uint8Array, where: string, options: CsvOptions) => NamedColumns;
}

/** A file of arrays with names, or of one. */
interface ArraysFormat<Name extends string = string> extends Common<Name> {
  readonly holds: 'arrays';
  readonly read: (bytes: Uint8Array, where: string) => NamedArrays;
}

/** The name that the array of a file of one goes by. */
export const onlyArray = '';

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

/** Every format that is read: adding one is an entry here, and a folder with its reader. */
export const formats = {
  csv: {
    name: 'csv',
    title: 'a table of text (CSV)',
    extensions: ['.csv', '.tsv', '.tab', '.txt'],
    holds: 'columns',
    read: readCsv,
  },
  parquet: {
    name: 'parquet',
    title: 'a Parquet file',
    extensions: ['.parquet'],
    magic: ascii('PAR1'),
    holds: 'columns',
    read: readParquet,
  },
  npz: {
    name: 'npz',
    title: 'an archive of arrays (.npz)',
    extensions: ['.npz'],
    magic: ascii('PK'),
    holds: 'arrays',
    read: openNpz,
  },
  npy: {
    name: 'npy',
    title: 'an array (.npy)',
    extensions: ['.npy'],
    magic: npyMagic,
    holds: 'arrays',
    read: (bytes, where): NamedArrays => ({ names: [onlyArray], get: () => readNpy(bytes, where) }),
  },
} as const satisfies { readonly [Name in string]: ColumnsFormat<Name> | ArraysFormat<Name> };

export type FormatName = keyof typeof formats;
export type FileFormat = (typeof formats)[FormatName];

/** The format of a file by its name; that of what is packed where it ends with .gz. */
export function formatOfName(file: string): FileFormat | undefined {
  const name = file.toLowerCase().replace(/\.gz$/, '');
  return Object.values(formats).find(({ extensions }) => extensions.some((extension) => name.endsWith(extension)));
}

/**
 * The content of a file that should be of a format, unpacked if it is packed with gzip. What it really is, is told.
 *
 * @param most - bytes that it may have, unpacked.
 * @throws InputError naming the file where its beginning shows another format.
 */
export function contentOf(bytes: Uint8Array, where: string, format: FileFormat, most: number): Uint8Array {
  const content = isGzip(bytes) ? unpacked(bytes, where, most) : bytes;
  const isText = !content.subarray(0, 2 ** 16).includes(0);
  const foreign = isText ? foreignText(content) : foreignFormat(content);
  // Text is none of the others, whatever its first column is called.
  const other = isText
    ? undefined
    : Object.values(formats).find((each) => 'magic' in each && startsWith(content, each.magic));
  if (foreign !== undefined && foreign.unless !== format.name)
    throw new InputError({ where, found: foreign.title, expected: format.title, advice: foreign.advice });
  if (other && other.name !== format.name)
    throw new InputError({
      where,
      found: other.title,
      expected: format.title,
      advice: `name it what it is: ${other.name}`,
    });
  return content;
}

function unpacked(bytes: Uint8Array, where: string, most: number): Uint8Array {
  try {
    return gunzip(bytes, most);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      { where, found: `gzip that cannot be unpacked (${reason})`, expected: 'a whole file' },
      { cause },
    );
  }
}

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);
