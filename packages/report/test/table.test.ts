import { describe, expect, it } from 'vitest';
import { longTable, wrapped } from '../src/terminal/table.ts';

const numbered = (count: number, foot?: readonly (readonly string[])[]) => {
  const asked: number[] = [];
  const row = (index: number) => {
    asked.push(index);
    return [String(index), String(index ** 2)];
  };
  const lines = longTable({ head: ['i', 'i²'], count, row, ...(foot && { foot }) }).split('\n');
  return { lines, asked, first: lines.map((line) => line.split(/ {2,}/)[0]) };
};

it('lines break between words, not before the % of a number', () => {
  expect(wrapped('no more than 6 %.', 14)).toEqual(['no more than', '6 %.']);
});

describe('tables for a terminal', () => {
  it.each([0, 1, 14, 15])('of %d rows are printed whole', (count) => {
    const { first } = numbered(count);
    expect(first).toEqual(['i', ...Array.from({ length: count }, (_, i) => String(i))]);
  });

  it('of many rows have the first and the last, and say how many are between', () => {
    const { lines, asked, first } = numbered(1_000_000, [['mean', '1']]);
    const said = '… 999\u202f986 rows between these: --json has all';
    const last = Array.from({ length: 6 }, (_, i) => String(999_994 + i));
    expect(first).toEqual(['i', '0', '1', '2', '3', '4', '5', '6', '7', said, ...last, 'mean']);
    // No other row is made.
    expect(asked).toHaveLength(14);
    const widths = new Set(lines.filter((line) => line !== said).map(({ length }) => length));
    expect(widths.size).toBe(1);
  });

  it('lose as many rows as they say', () => {
    for (const count of [16, 17, 40]) {
      const { lines, asked } = numbered(count);
      expect(lines[9]).toBe(`… ${count - asked.length} rows between these: --json has all`);
      expect(lines).toHaveLength(asked.length + 2);
    }
  });
});
