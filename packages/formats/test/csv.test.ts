import { InputError } from '@qntk/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNumeric, numberColumn, readTable } from '../src/csv.ts';

const read = (text: string) => readTable(text, 'moons.csv');

describe('tables', () => {
  const plain = {
    columns: ['x', 'label'],
    rows: [
      ['1', 'a'],
      ['2', 'b'],
    ],
    lines: [2, 3],
  };

  test.each([
    ['line feeds', 'x,label\n1,a\n2,b\n'],
    ['carriage returns and line feeds', 'x,label\r\n1,a\r\n2,b\r\n'],
    ['carriage returns', 'x,label\r1,a\r2,b\r'],
    ['mixed line ends', 'x,label\r\n1,a\n2,b'],
    ['a byte order mark', '\ufeffx,label\n1,a\n2,b'],
    ['a byte order mark and quotes', '\ufeff"x","label"\n1,"a"\n2,b'],
    ['spaces around cells', 'x, label\n 1 ,"a" \n2,\tb'],
    ['blank lines at the end', 'x,label\n1,a\n2,b\n\n  \n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(plain);
  });

  test('quoted cells hold delimiters, quotes and line ends', () => {
    expect(read('x,y\r\n"a,b","say ""hi"""\r\n"two\r\nlines",1\r\n\r\n3,4').rows).toEqual([
      ['a,b', 'say "hi"'],
      ['two\nlines', '1'],
      ['3', '4'],
    ]);
  });

  test('a row has the line it starts on', () => {
    expect(read('\r\nx,y\r\n"two\r\nlines","\r\nq\r\n"\r\n\r\n3,4\r\n"\r",6\r\n7,8').lines).toEqual([3, 8, 9, 11]);
  });

  test('tabs separate the cells of a .tsv file, and empty cells stay', () => {
    const table = {
      columns: ['x', 'y', 'z'],
      rows: [
        ['1,5', '', ' 2'.trim()],
        ['', '', '3'],
      ],
      lines: [2, 3],
    };
    expect(readTable('x\ty\tz\n1,5\t\t2\n\t\t3\n', 'a.TSV')).toEqual(table);
    expect(readTable('x\ty\tz\n1,5\t\t2\n\t\t3\n', 'a.txt', '\t')).toEqual(table);
  });

  test('any table that is written with quotes is read again', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é') });
    const quoted = (row: string[]) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const table = read(['x,y', ...rows.map(quoted)].join('\n'));
        expect(table.rows).toEqual(rows);
        const breaks = rows.map((row) => row.join('').split('\n').length);
        expect(table.lines).toEqual(rows.map((_, i) => 2 + breaks.slice(0, i).reduce((sum, each) => sum + each, 0)));
      }),
    );
  });
});

describe('errors in tables', () => {
  const nameEach = 'expected a name for every column';
  const differently = 'expected a different name for every column';
  test.each([
    ['', 'moons.csv: found an empty file, expected a header row with column names and rows below it'],
    [' \n\n', 'moons.csv: found an empty file, expected a header row with column names and rows below it'],
    ['x,y\n', 'moons.csv:1: found only a header row, expected rows below it'],
    ['PK\0\x01', 'moons.csv: found binary data (a zero byte), expected a text file with a header row'],
    ['x,,y\n1,2,3', `moons.csv:1: column 2 has an empty name, ${nameEach}`],
    ['\nx,y,\n1,2,3', `moons.csv:2: column 3 has an empty name, ${nameEach}`],
    ['x,y,z,y\n1,2,3,4', `moons.csv:1: columns 2 and 4 are both named "y", ${differently}`],
    ['x,y\n1,2\n3\n', 'moons.csv:3: found 1 cell, expected 2 as in the header'],
    ['x,y\n"a\nb",2\n\n1,2,3\n', 'moons.csv:5: found 3 cells, expected 2 as in the header'],
    [
      'x,y\n"a\nb",2\n\n3,"4\n5,6\n7,8\n',
      'moons.csv:5: found a quote that is never closed in the row that starts here, expected a closing "',
    ],
    [
      '\n"x,y\n1,2\n',
      'moons.csv:2: found a quote that is never closed in the row that starts here, expected a closing "',
    ],
    [
      'x,y\r\n"a\r\nb",2\r\n1,2"3\r\n',
      'moons.csv:4: found a quote inside an unquoted cell, expected quotes around the whole cell, and "" for a quote inside',
    ],
    [
      'x,y\n1,2\n1,"2"3\n',
      'moons.csv:3: found text after a closing quote, expected the cell to end there, and "" for a quote inside',
    ],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(new InputError(message));
  });
});

describe('numbers', () => {
  test.each(['0', '-1', '+1', '1.', '.5', '-0.25', '1e-3', '1E+3', '007', '1e-400'])('%s is one', (cell) => {
    expect(isNumeric(cell)).toBe(true);
  });

  test.each([
    '',
    ' ',
    '.',
    '-',
    'e5',
    '1e',
    '0x10',
    '0b1',
    '1_000',
    '1,5',
    '1 ',
    '12px',
    '1.2.3',
    'nan',
    'NaN',
    'inf',
    '-Infinity',
    '1e999',
    '१',
  ])('"%s" is none', (cell) => {
    expect(isNumeric(cell)).toBe(false);
  });

  test('every finite number as JavaScript prints it is one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isNumeric(String(value))).toBe(true);
      }),
    );
  });

  test('a column', () => {
    expect(numberColumn(read('x,y\n1,a\n-2.5e1,b'), 'x', 'moons.csv')).toEqual(Float64Array.from([1, -25]));
  });

  test.each([
    ['x,y\n1,2\n\n"a\nb",2', 'moons.csv:4: column "x": found "a\\nb", expected a finite number'],
    ['x,y\n1,2\n,2', 'moons.csv:3: column "x": found an empty cell, expected a finite number'],
    ['x,y\nnan,2', 'moons.csv:2: column "x": found "nan", expected a finite number'],
    ['x,y\n-inf,2', 'moons.csv:2: column "x": found "-inf", expected a finite number'],
    ['x,y\n1e999,2', 'moons.csv:2: column "x": found "1e999", expected a finite number'],
    ['y,z\n1,2', 'moons.csv: found no column "x", expected one of y, z'],
  ])('%j', (text, message) => {
    expect(() => numberColumn(read(text), 'x', 'moons.csv')).toThrow(new InputError(message));
  });
});
