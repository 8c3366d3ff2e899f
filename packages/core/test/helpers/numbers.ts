import { expect } from 'vitest';

/** Seed of every property here. fast-check prints it with a counterexample; QNTK_FUZZ_RUNS gives more cases. */
export const seed = 20_261_122;

/** Number of random cases. */
export const runs = (usual: number): number => Number(process.env.QNTK_FUZZ_RUNS ?? usual);

/** Largest |a − b| of two lists of equal length. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, i) => {
    const apart = Math.abs(value - b[i]);
    // NaN is the largest of all differences.
    return apart <= most ? most : apart;
  }, 0);
}

/** Largest absolute value. */
export const largest = (values: ArrayLike<number>): number => difference(values, new Float64Array(values.length));

/** Numbers k·step + start for k = 0 … count − 1. */
export const grid = (count: number, start: number, step: number): Float64Array =>
  Float64Array.from({ length: count }, (_, k) => start + k * step);
