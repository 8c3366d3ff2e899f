import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNumberText, numberOf } from '../../src/number.ts';
import { open } from './open.ts';

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
