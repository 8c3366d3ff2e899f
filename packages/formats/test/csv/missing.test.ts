import { expect, test } from 'vitest';
import { readCsv } from '../../src/csv/read.ts';

const read = (text: string) => readCsv(new TextEncoder().encode(text), 'd.csv', {});

test('cells without a value: the way out says how many rows have none', () => {
  const table = read('a,b,c\n1,u,1\nNA,,2\n3,v,\n,w,4\n5,w,5\n');
  expect(() => table.numbers('a')).toThrow(
    'd.csv:3: column "a": found "NA", a missing value, expected a finite number; leave out the 2 rows that have no value there',
  );
  expect(() => table.labels('b')).toThrow('; leave the row out, or give the class another name');
  expect(() => table.numbers('c')).toThrow('found an empty cell, expected a finite number; leave the row out');
});
