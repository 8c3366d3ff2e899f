import { random } from '@qntk/core';
import { mean } from '../../table.ts';

/** Resamplings of an interval. */
const rounds = 2000;

/** A mean over data sets of means over races, and what lies within 90 % of a bootstrap over data sets and over the races of each. */
export function bootstrapped(sets: readonly (readonly number[])[]): { mean: number; low: number; high: number } {
  const draw = random(19, 1);
  const one = <Item>(items: readonly Item[]): Item => items[draw.integer(items.length)]!;
  const resampled = Array.from({ length: rounds }, () =>
    mean(sets.map(() => one(sets)).map((races) => mean(races.map(() => one(races))))),
  ).sort((a, b) => a - b);
  return {
    mean: mean(sets.map(mean)),
    low: resampled[Math.floor(0.05 * rounds)]!,
    high: resampled[Math.floor(0.95 * rounds)]!,
  };
}
