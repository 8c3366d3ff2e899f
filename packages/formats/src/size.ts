import { InputError } from '@qntk/core';

/** Bytes that one file of arrays may take, packed or not. */
export const sizeLimit = 2 ** 31;

/** @throws InputError where the arrays, given by name with their bytes, are more than one file takes. */
export function checkSize(arrays: readonly (readonly [name: string, bytes: number])[]): void {
  const total = arrays.reduce((sum, [, bytes]) => sum + bytes, 0);
  if (total <= sizeLimit) return;
  const names = arrays.map(([name]) => name).join(', ');
  throw new InputError(`arrays ${names} together take ${gibibytes(total)}, expected at most ${gibibytes(sizeLimit)}`);
}

export function gibibytes(bytes: number): string {
  return `${Math.round((bytes / 2 ** 30) * 100) / 100} GiB`;
}
