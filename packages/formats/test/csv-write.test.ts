import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeCsv } from '../src/csv/write.ts';

test('what is written is read again', () => {
  // Seed 3. Cells that our reader takes for a number, a truth value or no value are not texts to it.
  const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((cell) => `t${cell.replaceAll('\0', '')}`);
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
  const rows = fc.array(fc.tuple(text, number), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(rows, (given) => {
      const written = writeCsv([
        { name: 'a "b", c', values: given.map(([cell]) => cell) },
        { name: 'x', values: given.map(([, value]) => value) },
      ]);
      expect(linesOf(written)).toEqual([['a "b", c', 'x'], ...given.map(([cell, value]) => [cell, String(value)])]);
    }),
    { seed: 3, numRuns: 200 },
  );
});

/** RFC 4180, letter by letter. */
function linesOf(text: string): string[][] {
  const lines: string[][] = [['']];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const line = lines.at(-1)!;
    const letter = text[i]!;
    if (letter === '"' && quoted && text[i + 1] === '"') line[line.length - 1] += text[++i];
    else if (letter === '"' && (quoted || line.at(-1) === '')) quoted = !quoted;
    else if (letter === ',' && !quoted) line.push('');
    else if (letter === '\n' && !quoted) lines.push(['']);
    else line[line.length - 1] += letter;
  }
  return lines.slice(0, -1);
}

test('columns of different lengths and numbers that are none are refused', () => {
  const x = { name: 'x', values: [1, 2] };
  expect(() => writeCsv([x, { name: 'y', values: [1] }])).toThrow('y has 1 row, expected 2');
  expect(() => writeCsv([{ name: 'x', values: [Number.NaN] }])).toThrow(RangeError);
  expect(writeCsv([x])).toBe('x\n1\n2\n');
});
