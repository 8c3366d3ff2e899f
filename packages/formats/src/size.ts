import { InputError } from '@qntk/core';

/** Bytes that one file of arrays may take, packed or not. */
export const sizeLimit = 2 ** 31;

/** Rows × columns of a table: run lengths, and cells of one character, let a file stand for more than any memory holds. */
export const mostCells = 2 ** 26;

export function tooManyCells(where: string): InputError {
  const found = `more than ${mostCells} cells (rows × columns)`;
  return new InputError({ where, found, expected: 'at most 2^26', advice: 'leave out columns or rows' });
}

/** @throws InputError where the arrays, given by name with their bytes, are more than one file takes. */
export function checkSize(arrays: readonly (readonly [name: string, bytes: number])[]): void {
  const total = arrays.reduce((sum, [, bytes]) => sum + bytes, 0);
  if (total <= sizeLimit) return;
  const names = arrays.map(([name]) => name).join(', ');
  const found = `${gibibytes(total)} together`;
  throw new InputError({ where: `arrays ${names}`, found, expected: `at most ${gibibytes(sizeLimit)}` });
}

export function gibibytes(bytes: number): string {
  return `${Math.round((bytes / 2 ** 30) * 100) / 100} GiB`;
}
