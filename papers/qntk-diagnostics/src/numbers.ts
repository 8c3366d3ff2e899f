import { statistics } from '@qntk/core/dynamics';
import { significant } from '../../statistics.ts';

/** A quantity over initialisations. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation. */
  readonly std: number;
  readonly values: readonly number[];
}

export function spreadOf(values: readonly number[]): Spread {
  const { mean, std } = statistics(values);
  return { mean, std, values };
}

/** Two standard errors of the mean. */
const twoErrors = ({ std, values }: Spread): number => (2 * std) / Math.sqrt(values.length);

/** Least squares slope of y against x; 0 where x is constant. */
export function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const x = spreadOf(xs);
  const y = spreadOf(ys);
  const square = xs.reduce((sum, value) => sum + (value - x.mean) ** 2, 0);
  return square === 0 ? 0 : xs.reduce((sum, value, i) => sum + (value - x.mean) * (ys[i]! - y.mean), 0) / square;
}

/** Two significant digits where nobody asks for others. */
export const digits = (value: number, count = 2): string => significant(value, count);

/** `0.18 ± 0.02`: a mean over initialisations and two standard errors of it. */
export const meanText = (spread: Spread): string => `${digits(spread.mean)} ± ${digits(twoErrors(spread), 1)}`;

export const rangeText = (values: readonly number[]): string =>
  values.length === 0 ? '–' : `${digits(Math.min(...values))} … ${digits(Math.max(...values))}`;
