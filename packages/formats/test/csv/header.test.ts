import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/csv/read.ts';
import { readUnnamed } from '../../src/csv/unnamed.ts';
import { bytes, open } from './open.ts';

describe('the first row', () => {
  test.each(['0.1,0.2,1\n1,2,3', '1,0\n2,3', '5,6\n2,3', '1,1\n2,3', '-1e3,2\n1,2'])('numbers: %j', (text) => {
    expect(() => open(text)).toThrow(/^moons\.csv:1: found numbers \(.*\) in the first row, expected a header row/);
  });

  test.each(['0,1,2\n.5,.6,.7', '1,2\n.5,.6'])('columns that are only counted: %j', (text) => {
    expect(open(text).numbers('1')).toHaveLength(1);
  });

  test('some numbers are told of', () => {
    expect(open('0.1,0.2,cat\n1,2,dog').notes).toEqual([{ code: 'numeric-header', names: ['0.1', '0.2'], line: 1 }]);
    expect(open('2019,2020,country\n1,2,fr').notes).toEqual([]);
    expect(open('5,3,setosa\n1,2,virginica').notes).toEqual([{ code: 'numeric-header', names: ['5', '3'], line: 1 }]);
  });

  test.each<[string, string]>([
    [
      '# made by me\nx,y\n1,2',
      'the header is taken to be line 1, "# made by me": take off what stands above the names',
    ],
    ['x,y\n1,0.5,a', 'where the first cells are names of rows, as R writes them: row.names=FALSE'],
    ['x,y\n0,5,1', 'where commas stand before decimals, put such cells in quotes or another delimiter between them'],
  ])('that no row fits: %j', (text, advice) => {
    expect(() => open(text)).toThrow(`as in the header; ${advice}`);
  });

  test('a delimiter at the end of every line', () => {
    expect(() => open('x,y,\n1,2,')).toThrow('where every line ends with a delimiter, take the last one off');
  });

  test('an index of several columns', () => {
    const table = open('Unnamed: 0,Unnamed: 1,x\n0,0,1\n0,1,2\n1,0,3');
    expect(table.index).toEqual(['Unnamed: 0', 'Unnamed: 1']);
    const other = open('Unnamed: 0,x,Unnamed: 2\n.5,1,7\n.5,2,8');
    expect([other.index, other.notes]).toEqual([
      [],
      [
        { code: 'unnamed-column', column: 'Unnamed: 0' },
        { code: 'unnamed-column', column: 'Unnamed: 2' },
      ],
    ]);
  });

  test.each(['', 'Unnamed: 0'])('an index of pandas, named %j', (name) => {
    const table = open(`${name},x\n7,1\n3,2`);
    expect(table.index).toEqual([name]);
    expect(table.notes).toEqual([{ code: 'index-column', column: name }]);
    expect(table.numbers('x')).toEqual(Float64Array.of(1, 2));
  });

  test('a first column that is no index', () => {
    expect(open('Unnamed: 0,x\n1,1\n1,2').index).toEqual([]);
    expect(() => open(',x\n.5,1\n.6,2')).toThrow(
      'moons.csv:1: found an empty name of column 1, expected a name for every column; where it is an index of pandas, write the file with index=False',
    );
  });
});

describe('tables without a header row', () => {
  const read = (text: string) => {
    const table = readUnnamed(bytes(text), 'K.csv');
    return table.names.map((name) => [...table.numbers(name)]);
  };

  test.each([
    ['commas', '1,0.5\n-2,1e-3\n'],
    ['semicolons', '1;0.5\n-2;1e-3'],
    ['tabs', '1\t0.5\r\n-2\t1e-3\r\n'],
    // np.savetxt(f, [[1, 0.5], [-2, 1e-3]], header='kernel') of numpy 2.4.6
    [
      'spaces',
      '# kernel\n1.000000000000000000e+00 5.000000000000000000e-01\n-2.000000000000000000e+00 1.000000000000000021e-03\n',
    ],
    ['spaces that align', '   1  0.5\n  -2  1e-3 \n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual([
      [1, -2],
      [0.5, 1e-3],
    ]);
  });

  test('one column, of numbers or names', () => {
    expect(read('1\n2\n')).toEqual([[1, 2]]);
    expect(readUnnamed(bytes('yes\nno\n'), 'y.csv').labels('1')).toEqual(['yes', 'no']);
  });

  test.each([
    [
      'K_0,K_1\n1,2\n',
      'K.csv:1: found names (K_0, K_1) in the first row, expected numbers alone, without a header row',
    ],
    ['# kernel\n1,2\n3\n', 'K.csv:3: found 1 cell, expected 2 as in the first row'],
    ['1,2\n3,x\n', 'K.csv:2: column "2": found "x", expected a finite number'],
    ['1,nan\n3,4\n', 'K.csv:1: column "2": found "nan", a missing value, expected a finite number'],
    ['# nothing\n', 'K.csv: found no rows, expected numbers, a row a line'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

test('as many columns as there may be are looked up by name, not one after the other', () => {
  const count = 200_000;
  const names = Array.from({ length: count }, (_, c) => `c${c}`);
  const row = names.map(() => '0.5').join(',');
  const table = readCsv(new TextEncoder().encode(`${names.join(',')}\n${row}\n${row}\n`), 'd.csv', {});
  expect(names.reduce((sum, name) => sum + table.numbers(name)[1]!, 0)).toBe(count / 2);
});
