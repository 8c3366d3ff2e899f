import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/csv/read.ts';
import { eachRow } from '../../src/csv/rows.ts';
import { bytes, open } from './open.ts';

/** All rows of a text, the header included. */
function rowsOf(text: string, delimiter = ',') {
  const rows: string[][] = [];
  const lines: number[] = [];
  eachRow(text, delimiter, 'moons.csv', (cells, line) => {
    rows.push(cells);
    lines.push(line);
  });
  return { rows, lines };
}

describe('tables', () => {
  const plain = {
    rows: [
      ['x', 'label'],
      ['1', 'a'],
      ['2', 'b'],
    ],
    lines: [1, 2, 3],
  };

  test.each([
    ['line feeds', 'x,label\n1,a\n2,b\n'],
    ['carriage returns and line feeds', 'x,label\r\n1,a\r\n2,b\r\n'],
    ['carriage returns', 'x,label\r1,a\r2,b\r'],
    ['mixed line ends', 'x,label\r\n1,a\n2,b'],
    ['quotes', '"x","label"\n1,"a"\n2,b'],
    ['spaces around cells', 'x, label\n 1 ,"a" \n2,\tb'],
    ['blank lines at the end', 'x,label\n1,a\n2,b\n\n  \n'],
  ])('%s', (_, text) => {
    expect(rowsOf(text)).toEqual(plain);
  });

  test('quoted cells hold delimiters, quotes and line ends', () => {
    expect(rowsOf('x,y\r\n"a,b","say ""hi"""\r\n"two\r\nlines",1\r\n\r\n3,4').rows).toEqual([
      ['x', 'y'],
      ['a,b', 'say "hi"'],
      ['two\nlines', '1'],
      ['3', '4'],
    ]);
  });

  test('a row has the line it starts on', () => {
    expect(rowsOf('\r\nx,y\r\n"two\r\nlines","\r\nq\r\n"\r\n\r\n3,4\r\n"\r",6\r\n7,8').lines).toEqual([2, 3, 8, 9, 11]);
  });

  test('tabs separate the cells of a .tsv file, and empty cells stay', () => {
    const text = 'x\ty\tz\n1,5\t\t2\n\t\t3\n';
    for (const name of ['a.TSV', 'a.tab', 'a.txt', 'a.tsv.gz']) {
      const table = readCsv(bytes(text), name);
      expect(table.names).toEqual(['x', 'y', 'z']);
      expect(table.numbers('z')).toEqual(Float64Array.of(2, 3));
      expect(table.notes).toEqual([]);
    }
  });

  test('any table that is written with quotes is read again', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é') });
    const quoted = (row: string[]) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const table = rowsOf(rows.map(quoted).join('\n'));
        expect(table.rows).toEqual(rows);
        const breaks = rows.map((row) => row.join('').split('\n').length);
        expect(table.lines).toEqual(rows.map((_, i) => 1 + breaks.slice(0, i).reduce((sum, each) => sum + each, 0)));
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
    ['x,,y\n1,2,3', `moons.csv:1: found an empty name of column 2, ${nameEach}`],
    ['\nx,y,\n1,2,3', `moons.csv:2: found an empty name of column 3, ${nameEach}`],
    ['x,y,z,y\n1,2,3,4', `moons.csv:1: found columns 2 and 4 both named "y", ${differently}`],
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
    expect(() => open(text)).toThrow(message);
  });
});

describe('what stands between the cells', () => {
  test.each([';', '|'])('%s is recognised and told of', (delimiter) => {
    const table = open(['x,1', 'y'].join(delimiter).concat('\n1', delimiter, '2'));
    expect(table.names).toEqual(['x,1', 'y']);
    expect(table.notes).toEqual([{ code: 'delimiter', delimiter }]);
  });

  test('whoever names it is not told', () => {
    expect(open('x;y\n1;2', { delimiter: ';' }).notes).toEqual([]);
    expect(open('a#b\n1#2', { delimiter: '#' }).names).toEqual(['a', 'b']);
  });

  test('a spreadsheet says it in the first line', () => {
    const table = open('sep=;\r\nx;y\r\n1,2;a\r\n');
    expect(table.names).toEqual(['x', 'y']);
    expect(table.notes).toEqual([]);
    expect(() => table.numbers('y')).toThrow('moons.csv:3: column "y"');
    expect(open('sep=,y\n1,2').names).toEqual(['sep=', 'y']);
  });

  test('quoted text does not count, and rows of other lengths are told of', () => {
    expect(open('"a;b",y\n"c;d",1').names).toEqual(['a;b', 'y']);
    expect(() => open('a;b\n1;2\n1')).toThrow('moons.csv:3: found 1 cell, expected 2 as in the header');
  });

  test('two that fit equally well', () => {
    expect(() => open('a,b;c,d\n1,2;3,4')).toThrow(
      'moons.csv: found both "," and ";" equally often in every line, expected one kind of delimiter between the cells; say which, as in delimiter: ";"',
    );
  });

  test('a decimal comma', () => {
    const advice = 'it looks like a decimal comma: delimiter: ";" and decimal: "," read it';
    const text = 'x;y\n0,5;a\n-1,25;b';
    expect(() => open(text).numbers('x')).toThrow(
      `moons.csv:2: column "x": found "0,5", expected a finite number; ${advice}`,
    );
    expect(() => open(text).labels('x')).toThrow(advice);
    expect(() => open('x,y\n1,a\n"0,5",b').numbers('x')).toThrow('it looks like a decimal comma: decimal: "," read it');
    expect(open(text, { decimal: ',' }).numbers('x')).toEqual(Float64Array.of(0.5, -1.25));
  });
});
