import { InputError } from '@qntk/core';
import type { NpyArray, StoredArray } from './array.ts';

/** @throws InputError where the array is text, or naming the index of the first number that is not finite. */
export function checkFinite(array: StoredArray, where: string): asserts array is NpyArray {
  if ('texts' in array)
    throw new InputError({ where, found: 'text', expected: 'numbers', advice: 'astype(float) makes numbers of it' });
  const { data, shape, complex } = array;
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const index = indexText(complex ? Math.floor(bad / 2) : bad, shape);
  throw new InputError({ where, found: `${data[bad]} at ${index}`, expected: 'finite numbers' });
}

/** @throws InputError where the array is text, or the numbers are complex or not finite. */
export function checkReal(array: StoredArray, where: string): asserts array is NpyArray {
  if ('data' in array && array.complex)
    throw new InputError({ where, found: 'complex numbers', expected: 'real ones' });
  checkFinite(array, where);
}

/** The indices of an element, given by its place in row-major order. */
export function indexText(flat: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = flat;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return `[${index.join(', ')}]`;
}
