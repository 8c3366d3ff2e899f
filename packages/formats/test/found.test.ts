import { describe, expect, test } from 'vitest';
import { readCsv } from '../src/csv/read.ts';
import { readParquet } from '../src/parquet/read.ts';
import { writeParquet } from '../src/parquet/write.ts';

/** What is found in a column of these cells, with another beside it that keeps rows of empty cells from being blank. */
function found(...cells: string[]) {
  const text = ['c,other', ...cells.map((cell) => `${cell},x`), ''].join('\n');
  const { values, ...rest } = readCsv(new TextEncoder().encode(text), 't.csv').found()[0]!;
  return { ...rest, values: Array.from<unknown>(values) };
}

describe('columns as they are', () => {
  test.each<[string[], object]>([
    [['1', '-2.5', '3'], { kind: 'numbers', missing: 0, values: [1, -2.5, 3] }],
    [['True', 'False', 'True'], { kind: 'booleans', missing: 0, values: [1, 0, 1] }],
    [['a', 'b', 'a'], { kind: 'texts', missing: 0, values: ['a', 'b', 'a'] }],
    [['2024-01-31', '2024-02-01'], { kind: 'times', missing: 0 }],
    [['10%', '20%'], { kind: 'unreadable', problem: '"10%"' }],
    [['1', '', 'NA', '4', 'nan'], { kind: 'numbers', missing: 3, problem: 'an empty cell' }],
    [['', 'a', ''], { kind: 'texts', missing: 2 }],
    [['', ''], { kind: 'texts', missing: 2 }],
    [['1', 'x', ''], { kind: 'unreadable', missing: 1, problem: '"x"' }],
    [['a', '2'], { kind: 'unreadable', problem: '"a"' }],
  ])('%j', (cells, expected) => {
    expect(found(...cells)).toMatchObject({ name: 'c', rows: cells.length, ...expected });
  });

  test('an index of pandas is told from the others', () => {
    const columns = readCsv(new TextEncoder().encode(',x\n0,0.5\n1,0.7\n'), 't.csv').found();
    expect(columns.map(({ name, index }) => [name, index])).toEqual([
      ['', true],
      ['x', undefined],
    ]);
  });

  test('of a Parquet file, NaN being no value', () => {
    const bytes = writeParquet([{ name: 'x', data: Float64Array.of(1, Number.NaN, Number.NaN) }], {
      key: 'k',
      value: 'v',
    });
    expect(readParquet(bytes, 't.parquet').found()).toMatchObject([
      { name: 'x', rows: 3, kind: 'numbers', missing: 2 },
    ]);
  });
});
