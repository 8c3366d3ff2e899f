import { InputError } from '@qntk/core';
import { isNumberText } from '../number.ts';

/** The first row of a table. */
export interface Header {
  readonly names: readonly string[];
  readonly line: number;
}

/**
 * @throws InputError naming the line where the names look like a first row of numbers, or are not all there and
 * different. The first may be empty: pandas writes its index so.
 */
export function checkHeader({ names, line }: Header, where: string): void {
  const place = `${where}:${line}`;
  if (names.every(isNumberText) && !countsUp(names))
    throw new InputError({
      where: place,
      found: `numbers (${listed(names)}) in the first row`,
      expected: 'a header row with the names of the columns',
      advice: 'add one above it, as the first row is not read as data',
    });
  const places = new Map<string, number>();
  names.forEach((name, i) => {
    if (name === '' && i > 0)
      throw new InputError({
        where: place,
        found: `an empty name of column ${i + 1}`,
        expected: 'a name for every column',
        ...(i === names.length - 1 && { advice: 'where every line ends with a delimiter, take the last one off' }),
      });
    const first = places.get(name);
    if (first !== undefined)
      throw new InputError({
        where: place,
        found: `columns ${first + 1} and ${i + 1} both named ${JSON.stringify(name)}`,
        expected: 'a different name for every column',
      });
    places.set(name, i);
  });
}

/** 0, 1, 2, … or 1, 2, 3, …: the names of a table whose columns are only counted. */
function countsUp(names: readonly string[]): boolean {
  const [first] = names;
  return (first === '0' || first === '1') && names.every((name, i) => name === String(Number(first) + i));
}

const listed = (names: readonly string[]) => [...names.slice(0, 5), ...(names.length > 5 ? ['…'] : [])].join(', ');
