import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { InputError } from '@qntk/core';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { contentOf, type FormatName, formatOfName, formats } from '../src/format.ts';
import { writeNpy } from '../src/npy/write.ts';

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)));
const parquet = new Uint8Array(readFileSync(new URL('parquet/fixtures/none.parquet', import.meta.url)));
const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const most = 2 ** 20;
const npy = writeNpy({ shape: [2], data: Float64Array.of(1, 2) });

/** What is said about a file under the name of a format. */
function messageOf(content: Uint8Array, name: FormatName): string {
  try {
    contentOf(content, 'd', formats[name], most);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error('it was taken for what it is called');
}

describe('names', () => {
  test.each<[string, FormatName | undefined]>([
    ['a.csv', 'csv'],
    ['a.TSV', 'csv'],
    ['a.csv.gz', 'csv'],
    ['a.b.parquet', 'parquet'],
    ['a.npz', 'npz'],
    ['a.npy.GZ', 'npy'],
    ['a.xlsx', undefined],
    ['csv', undefined],
  ])('%s', (name, format) => {
    expect(formatOfName(name)?.name).toBe(format);
  });
});

describe('a file under the name of another format is called what it is', () => {
  const table = 'expected a table of text (CSV)';
  test.each<[string, Uint8Array, FormatName, string]>([
    ['Parquet', parquet, 'csv', `found a Parquet file, ${table}; name it what it is: parquet`],
    [
      'Parquet',
      parquet,
      'npz',
      'found a Parquet file, expected an archive of arrays (.npz); name it what it is: parquet',
    ],
    ['arrays', fixture('stored.npz'), 'csv', `found an archive of arrays (.npz), ${table}; name it what it is: npz`],
    ['an array', npy, 'parquet', 'found an array (.npy), expected a Parquet file; name it what it is: npy'],
    ['packed Parquet', gzipSync(parquet), 'csv', `found a Parquet file, ${table}; name it what it is: parquet`],
    [
      'Excel',
      zipSync({ '[Content_Types].xml': bytes('<Types/>'), 'xl/worksheets/sheet1.xml': bytes('<sheet/>') }),
      'npz',
      'found an Excel or OpenDocument file, expected an archive of arrays (.npz); save the table as CSV or Parquet',
    ],
    [
      'OpenDocument',
      zipSync({ mimetype: [bytes('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }] }),
      'csv',
      `found an Excel or OpenDocument file, ${table}; save the table as CSV or Parquet`,
    ],
    ['a zip archive', zipSync({ 'd.csv': bytes('x,y\n') }), 'csv', `found a zip archive, ${table}; unpack it first`],
    ['old Excel', latin1(`\xd0\xcf\x11\xe0${'\0'.repeat(9)}`), 'csv', `found an old Excel or Office file, ${table}`],
    ['HDF5', latin1('\x89HDF\r\n\x1a\n\0'), 'npy', 'found an HDF5 file, expected an array (.npy); save the arrays as'],
    ['Feather', latin1('ARROW1\0\0'), 'parquet', 'found an Arrow or Feather file, expected a Parquet file'],
    ['SQLite', latin1('SQLite format 3\0'), 'csv', `found a SQLite data base, ${table}`],
    ['a pickle', latin1('\x80\x04\x95\0\0'), 'npy', 'found a pickle of Python, expected an array (.npy); save the'],
    ['Zstandard', latin1('\x28\xb5\x2f\xfd\0'), 'csv', `found a file packed with Zstandard, ${table}; unpack it first`],
    ['tar', latin1(`d.csv${'\0'.repeat(252)}ustar\0`), 'csv', `found a tar archive, ${table}; unpack it first`],
    ['a page', bytes('\ufeff\n<!DOCTYPE html><html>'), 'parquet', 'found a web page (HTML), expected a Parquet file'],
    [
      'a pointer',
      bytes('version https://git-lfs.github.com/spec/v1\noid sha256:1\n'),
      'npz',
      'found a pointer of Git LFS, expected an archive of arrays (.npz); fetch the file with git lfs pull',
    ],
    ['JSON', bytes('[{"x": 1}]'), 'csv', `found JSON, ${table}`],
    ['ARFF', bytes('% moons\n@RELATION moons\n'), 'csv', `found an ARFF file, ${table}`],
    ['SVMlight', bytes('1 1:0.5 2:-1e-3\n'), 'csv', `found a sparse table (SVMlight), ${table}`],
  ])('%s', (_, content, name, message) => {
    expect(messageOf(content, name)).toContain(`d: ${message}`);
  });

  test.each<[string, Uint8Array, FormatName]>([
    ['a table whose first column is called PAR1', bytes('PAR1,y\n1,2\n'), 'csv'],
    ['a table whose first column is called PK', bytes('PK,y\n1,2\n'), 'csv'],
    ['a table with brackets', bytes('[x],{y}\n1,2\n'), 'csv'],
    ['text in UTF-16', Buffer.from('\ufeffx,y\n1,2\n', 'utf16le'), 'csv'],
    ['arrays behind another file', zipSync({ 'readme.txt': bytes('hello'), 'y.npy': npy }), 'npz'],
    ['whatever its reader will refuse', bytes('hello'), 'npy'],
  ])('%s is left to its reader', (_, content, name) => {
    expect(contentOf(content, 'd', formats[name], most)).toBe(content);
  });
});

describe('gzip', () => {
  const text = bytes('x,y\n0.5,1\n');
  const packed = gzipSync(text);
  const open = (content: Uint8Array, limit = most) => contentOf(content, 'd.csv.gz', formats.csv, limit);

  test('is unpacked whatever the name, in one member or several', () => {
    expect(open(packed)).toEqual(text);
    expect(open(Buffer.concat([packed, gzipSync(text)]))).toEqual(bytes('x,y\n0.5,1\nx,y\n0.5,1\n'));
  });

  test.each<[string, Uint8Array, string]>([
    ['cut off', packed.subarray(0, -9), 'gzip that cannot be unpacked'],
    ['without its end', packed.subarray(0, -3), 'gzip that cannot be unpacked'],
    ['another checksum', Buffer.from(packed).fill(0, packed.length - 8, packed.length - 4), 'a checksum that does not'],
    ['nothing but a beginning', packed.subarray(0, 4), 'gzip that cannot be unpacked'],
  ])('%s', (_, content, message) => {
    expect(() => open(content)).toThrow(message);
  });

  test('a bomb is stopped where it goes beyond the limit', () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 28));
    expect(bomb.length).toBeLessThan(2 ** 19);
    const before = process.memoryUsage().rss;
    expect(() => open(bomb)).toThrow(
      'd.csv.gz: found gzip that cannot be unpacked (more than 1048576 bytes, unpacked), expected a whole file',
    );
    // 64 KiB unpack to 64 MiB at most, which is what is taken before it is looked at.
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 28);
  });
});
