import { InputError } from '@qntk/core';
import type { NpyArray } from './npy.ts';

/** @throws InputError naming the index of the first number that is not finite. */
export function checkFinite({ data, shape, complex }: NpyArray, where: string): void {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const index = indexText(complex ? Math.floor(bad / 2) : bad, shape);
  throw new InputError(`${where}: found ${data[bad]} at ${index}, expected finite numbers`);
}

/** @throws InputError where the numbers are complex or not finite. */
export function checkReal(array: NpyArray, where: string): void {
  if (array.complex) throw new InputError(`${where}: found complex numbers, expected real ones`);
  checkFinite(array, where);
}

function indexText(flat: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = flat;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return `[${index.join(', ')}]`;
}
