import { InputError } from '@qntk/core';

/** What may stand between cells where nobody says, the usual one first. */
const delimiters = [',', ';', '\t', '|'] as const;

/** Lines that are looked at. */
const sample = 20;

/**
 * What stands between the cells, from the first lines: as often in each of them as in the first. The name decides for
 * .tsv and .tab.
 *
 * @throws InputError where two would do.
 */
export function recognisedDelimiter(text: string, where: string): string {
  if (/\.(tsv|tab)(\.gz)?$/i.test(where)) return '\t';
  const lines = firstLines(text);
  const fitting = delimiters.filter((delimiter) => {
    const [header = 0, ...counts] = lines.map((line) => countOf(line, delimiter));
    return header > 0 && counts.every((count) => count === header);
  });
  if (fitting.length > 1 && fitting.includes(',')) {
    const [a, b] = fitting.map((delimiter) => JSON.stringify(delimiter));
    throw new InputError({
      where,
      found: `both ${a} and ${b} equally often in every line`,
      expected: 'one kind of delimiter between the cells',
      advice: `say which, as in delimiter: ${b}`,
    });
  }
  // Rows of different lengths are told of by line, with the delimiter that the header has.
  const [header = ''] = lines;
  return fitting[0] ?? delimiters.find((delimiter) => countOf(header, delimiter) > 0) ?? ',';
}

/** Without what stands in quotes. */
function firstLines(text: string): string[] {
  const lines = text.slice(0, 2 ** 16).replace(/"[^"]*"/g, '');
  return lines
    .split(/\r\n?|\n/)
    .slice(0, sample)
    .filter((line) => line.trim() !== '');
}

const countOf = (line: string, delimiter: string): number => line.split(delimiter).length - 1;
