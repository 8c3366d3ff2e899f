import { readFileSync } from 'node:fs';
import { InputError } from '@qntk/core';
import { describe, expect, test } from 'vitest';
import { readParquet } from '../../src/parquet/read.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}.parquet`, import.meta.url)));
const open = (name: string) => readParquet(fixture(name), 'd.parquet');
const f64 = (...values: number[]) => Float64Array.from(values);

const table = {
  x: f64(0.25, -1.5, 3, 0.125, 2, -0.5),
  n: f64(1, -2, 3, 4, 5, 2 ** 53 - 1),
  single: f64(0.5, 1, 1.5, 2, 2.5, 3),
  byte: f64(1, 2, 3, 4, 5, 255),
  flag: f64(1, 0, 1, 1, 0, 0),
};

describe('files made by pandas, pyarrow and polars', () => {
  test.each([
    ...['snappy', 'gzip', 'brotli', 'zstd', 'lz4', 'none', 'delta', 'delta-texts'],
    ...['pages-v2', 'plain-small-pages', 'required', 'polars', 'checksums-1', 'checksums-2'],
  ])('%s', (name) => {
    const columns = open(name);
    expect(columns.names).toEqual([...Object.keys(table), 'label', 'part']);
    expect(columns.index).toEqual([]);
    for (const [column, values] of Object.entries(table)) expect(columns.numbers(column)).toEqual(values);
    expect(columns.labels('label')).toEqual(['a', 'b', 'a', 'a', 'b', 'b']);
    expect(columns.labels('flag')).toEqual(['true', 'false', 'true', 'true', 'false', 'false']);
    expect(columns.labels('n')).toEqual(table.n);
    expect(columns.texts('part')).toEqual(['train', 'test', 'train', 'train', 'test', 'train']);
  });

  test('durations are known where Arrow has left its schema', () => {
    expect(open('spans').numbers('x')).toEqual(f64(1, 2));
    expect(open('spans').numbers('small')).toEqual(f64(1.25, -2));
  });

  test('split bytes', () => {
    expect(open('split').numbers('x')).toEqual(table.x);
    expect(open('split').numbers('single')).toEqual(table.single);
  });

  test('decimals and half precision', () => {
    expect(open('decimal-half').numbers('d')).toEqual(f64(1.25, -0.5));
    expect(open('decimal-half').numbers('h')).toEqual(f64(0.5, -2));
  });

  test.each(['four', 'eight', 'many'])('decimals of %s bytes are the doubles that their text is', (name) => {
    expect(open('decimals').numbers(name)).toEqual(f64(0.7, -2.9));
  });

  test('an index of pandas is known as one', () => {
    expect(open('index').index).toEqual(['__index_level_0__']);
    expect(open('index').numbers('x')).toEqual(f64(0.25, 3, 0.125));
    expect(open('named-index').index).toEqual(['n']);
    expect(open('named-index').numbers('n')).toEqual(table.n);
  });

  test('several row groups, pages and runs', () => {
    const columns = open('many');
    const k = Float64Array.from({ length: 5000 }, (_, i) => i);
    expect(columns.numbers('k')).toEqual(k);
    expect(columns.numbers('run')).toEqual(k.map((i) => Math.floor(i / 1000)));
    columns.numbers('sine').forEach((value, i) => {
      expect(Math.abs(value - Math.sin(i))).toBeLessThan(1e-15);
    });
    expect(columns.labels('word')).toEqual(Array.from(k, (i) => (i % 3 === 0 ? 'yes' : 'no')));
  });
});

describe('what is refused', () => {
  test.each([
    ['nan', 'x', 'd.parquet: row 1 (from 0): column "x": found null, a missing value, expected a finite number'],
    ['null', 'x', 'd.parquet: row 2 (from 0): column "x": found null, a missing value, expected a finite number'],
    ['snappy', 'label', 'd.parquet: row 0 (from 0): column "label": found "a", expected a finite number'],
    [
      'refused',
      'wide',
      'd.parquet: row 0 (from 0): column "wide": found the integer 9007199254740993, expected integers below 2^53 in size, which is all that doubles hold',
    ],
    [
      'refused',
      'when',
      'd.parquet: column "when": found dates or times, expected numbers, truth values or text; turn them into numbers',
    ],
    [
      'refused',
      'day',
      'd.parquet: column "day": found dates or times, expected numbers, truth values or text; turn them into numbers',
    ],
    ['refused', 'list', 'd.parquet: column "list": found lists or records, expected numbers, truth values or text'],
    ['refused', 'record', 'd.parquet: column "record": found lists or records, expected numbers, truth values or text'],
    ['refused', 'bytes', 'd.parquet: column "bytes": found raw bytes, expected numbers, truth values or text'],
    [
      'spans',
      'span',
      'd.parquet: column "span": found durations, expected numbers, truth values or text; turn them into numbers',
    ],
    [
      'spans',
      'decimal',
      'd.parquet: row 0 (from 0): column "decimal": found the integer 1234567890123456789, expected integers below 2^53 in size, which is all that doubles hold',
    ],
  ])('%s.parquet, column %s', (name, column, message) => {
    expect(() => open(name).numbers(column)).toThrow(message);
  });

  test('a label that is null', () => {
    expect(() => open('null-text').labels('y')).toThrow(
      'd.parquet: row 1 (from 0): column "y": found null, a missing value, expected a finite number or the name of a class; leave the row out, or give the class another name',
    );
  });

  test('text that is no UTF-8: two towns would become one', () => {
    expect(() => open('latin1').labels('town')).toThrow(
      'd.parquet: row 0 (from 0): column "town": found bytes that are no UTF-8, expected text in UTF-8',
    );
  });

  test('no rows', () => {
    expect(() => open('empty')).toThrow('d.parquet: found no rows, expected at least one');
  });

  test.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'found an empty file, expected a Parquet file'],
    [
      'another format',
      Buffer.from('x,y\n1,2\n'),
      'found a file that starts with "x,y\\n", expected a Parquet file ("PAR1")',
    ],
    ['an encrypted file', Buffer.from('PARE00000000PARE'), 'found an encrypted Parquet file, expected a plain one'],
    ['half a file', fixture('none').subarray(0, 2000), 'found a truncated Parquet file, expected "PAR1" at its end'],
    [
      'a footer longer than the file',
      Buffer.from('PAR1\xff\xff\xff\x7fPAR1', 'latin1'),
      'a damaged Parquet file: found a footer of 2147483647 bytes',
    ],
    ['a footer of nothing', Buffer.from('PAR1\0\0\0\0PAR1'), 'a damaged Parquet file'],
  ])('%s', (_, bytes, message) => {
    expect(() => readParquet(bytes, 'd.parquet')).toThrow(InputError);
    expect(() => readParquet(bytes, 'd.parquet')).toThrow(`d.parquet: ${message}`);
  });
});
