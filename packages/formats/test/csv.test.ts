import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvOptions, readCsv } from '../src/csv/read.ts';
import { eachRow } from '../src/csv/rows.ts';
import { readUnnamed } from '../src/csv/unnamed.ts';
import { isNumberText, numberOf } from '../src/number.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const open = (text: string, options?: CsvOptions) => readCsv(bytes(text), 'moons.csv', options);

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

describe('numbers', () => {
  test.each(['0', '-1', '+1', '1.', '.5', '-0.25', '1e-3', '1E+3', '007', '1e-400'])('%s is one', (cell) => {
    expect(isNumberText(cell)).toBe(true);
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
    expect(isNumberText(cell)).toBe(false);
  });

  test('every finite number as JavaScript prints it is one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isNumberText(String(value))).toBe(true);
      }),
    );
  });

  test.each<[string, '.' | ',', number | bigint | undefined]>([
    ['9007199254740991', '.', 2 ** 53 - 1],
    ['9007199254740992', '.', 2n ** 53n],
    ['-1234567890123456789', '.', -1234567890123456789n],
    // As Python writes a float, which is one exactly; the other is none.
    ['9007199254740994.0', '.', 2 ** 53 + 2],
    ['9007199254740993.0', '.', 2n ** 53n + 1n],
    ['1e20', '.', 1e20],
    ['0,5', ',', 0.5],
    ['-1,5e3', ',', -1500],
    ['0.5', ',', undefined],
    ['1.000,5', ',', undefined],
    ['0,5', '.', undefined],
  ])('%s with %s before the decimals', (text, decimal, value) => {
    expect(numberOf(text, decimal)).toBe(value);
  });

  test('a column', () => {
    expect(open('x,y\n1,a\n-2.5e1,b').numbers('x')).toEqual(Float64Array.from([1, -25]));
  });

  test.each([
    ['x,y\n1,2\n\n"a\nb",2', 'moons.csv:4: column "x": found "a\\nb", expected a finite number'],
    ['x,y\n1,2\n,2', 'moons.csv:3: column "x": found an empty cell, expected a finite number'],
    ['x,y\nnan,2', 'moons.csv:2: column "x": found "nan", a missing value, expected a finite number'],
    ['x,y\n-inf,2', 'moons.csv:2: column "x": found "-inf", expected a finite number'],
    ['x,y\n1e999,2', 'moons.csv:2: column "x": found "1e999", expected a finite number'],
    ['y,z\n1,2', 'moons.csv: found no column "x", expected one of y, z'],
  ])('%j', (text, message) => {
    expect(() => open(text).numbers('x')).toThrow(message);
  });
});

describe('numbers that are written otherwise', () => {
  test.each([
    ...['10%', '1_000', "1'000", '0x1F', '$1.50', '€ 5', '1+2j', '(1+0j)', '2i', '\u22121', '\uff11', '\u00a01'],
  ])('%s is none, nor the name of a class', (cell) => {
    const advice = 'write it as a plain number, such as 1000 or 0.1';
    expect(() => open(`x,y\n"${cell}",1`).numbers('x')).toThrow(advice);
    expect(() => open(`x,y\n1,"${cell}"`).labels('y')).toThrow(advice);
  });

  test.each(['10-20', '1st', 'i', 'B+', 'O-', '3a', '5 %-quantile', '#1'])('%s is the name of a class', (cell) => {
    expect(open(`x,y\n1,${cell}`).labels('y')).toEqual([cell]);
  });

  test('a comma before three digits', () => {
    expect(() => open('x,y\n"1,000",1').numbers('x')).toThrow(
      'found "1,000", expected a finite number; where the comma sets thousands apart, leave it out; where it is a decimal comma, decimal: "," read it',
    );
  });

  test.each([
    ...['2024-01-31', '2024-01-31T12:00:00Z', '2024/1/31', '31.12.2024', '1/31/2024 11:30 PM', '31 Jan 2024'],
    ...['Jan 31, 2024', '12:30', '1 days 00:00:01', 'PT1H30M', 'P1D'],
  ])('%s is a time', (cell) => {
    expect(() => open(`x,y\n1,"${cell}"`).labels('y')).toThrow(`found dates or durations, such as "${cell}"`);
  });

  test.each(['1.2.3', 'P', 'PT', 'March', '10:1', '2024'])('%s is none', (cell) => {
    expect(open(`x,y\n1,${cell}`).labels('y')).toHaveLength(1);
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

describe('encodings', () => {
  const text = 'x,town\n1,Köln\n2,Käln\n';
  const latin1 = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');

  test.each<[string, Uint8Array, CsvOptions?]>([
    ['UTF-8', bytes(text)],
    ['UTF-8 with a mark', bytes(`\ufeff${text}`)],
    ['UTF-16 with a mark', utf16],
    ['UTF-16, the other way round', Buffer.from(utf16).swap16()],
    ['UTF-16 that is named', utf16.subarray(2), { encoding: 'utf-16le' }],
    ['UTF-16 that is named, with a mark', Buffer.from(utf16).swap16(), { encoding: 'utf-16' }],
    ['UTF-8 as Python names it', bytes(`\ufeff${text}`), { encoding: 'utf-8-sig' }],
    ['Latin-1 that is named', latin1, { encoding: 'latin1' }],
    ['Latin-1 as Python names it', latin1, { encoding: 'latin-1' }],
    ['cp1252', latin1, { encoding: 'cp1252' }],
  ])('%s', (_, content, options) => {
    expect(readCsv(content, 'towns.csv', options).labels('town')).toEqual(['Köln', 'Käln']);
  });

  test.each<[string, Uint8Array, CsvOptions, string]>([
    [
      'Latin-1',
      latin1,
      {},
      'towns.csv:2:4: found the byte 0xF6, which is not UTF-8 there, expected text in UTF-8; name its encoding, as in encoding: windows-1252, or save it as UTF-8',
    ],
    ['UTF-16 without a mark', utf16.subarray(2), {}, 'towns.csv: found what looks like UTF-16LE without its mark'],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 120, 0, 0, 0), {}, 'towns.csv: found text in UTF-32, expected UTF-8'],
    ['another than is named', latin1, { encoding: 'utf-8' }, 'towns.csv: found bytes that are no UTF-8'],
    [
      'a mark of another',
      bytes(`\ufeff${text}`),
      { encoding: 'cp1252' },
      'found the mark of UTF-8 at its beginning, expected text in WINDOWS-1252',
    ],
    ['UTF-16 the other way round', utf16, { encoding: 'utf-16be' }, 'found the mark of UTF-16LE at its beginning'],
    ['none', latin1, { encoding: 'klingon' }, 'data.encoding: found "klingon", expected the name of an encoding'],
  ])('%s is refused', (_, content, options, message) => {
    expect(() => readCsv(content, 'towns.csv', options)).toThrow(message);
  });

  test('columns of an error count characters', () => {
    const content = Uint8Array.from([...bytes('x,y\näöü€,'), 0xff]);
    expect(() => readCsv(content, 'towns.csv')).toThrow('towns.csv:2:6: found the byte 0xFF');
  });
});
