import { statistics } from '@qntk/core/dynamics';
import { shareInterval, significant } from '../../statistics.ts';

/** A mean over initialisations with its standard error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
  readonly count: number;
}

export function meanOf(values: readonly number[]): Mean {
  const { mean, std } = statistics(values);
  return { mean, error: std / Math.sqrt(values.length), count: values.length };
}

/** Mean and standard deviation at every record of equally long curves. */
export function band(curves: readonly (readonly number[])[]): { mean: number[]; deviation: number[] } {
  const at = curves[0]!.map((_, k) => statistics(curves.map((curve) => curve[k]!)));
  return { mean: at.map(({ mean }) => mean), deviation: at.map(({ std }) => std) };
}

/** Three significant digits where nobody asks for others. */
export const digits = (value: number, count = 3): string => significant(value, count);

/** `0.18 ± 0.01`: a mean and its standard error, with the digits that this leaves. */
export function meanText({ mean, error }: Mean): string {
  if (!(error > 1e-12 * Math.abs(mean))) return digits(mean);
  const places = Math.max(0, 1 - Math.floor(Math.log10(error)));
  if (Math.abs(mean) < 1e-3 || places > 8) return `${digits(mean, 2)} ± ${digits(error, 1)}`;
  return `${mean.toFixed(places)} ± ${error.toFixed(places)}`.replace('-', '−');
}

/** `0.1 … 0.3`: least and largest; – of none. */
export function range(values: readonly number[], count = 2): string {
  if (values.length === 0) return '–';
  return `${digits(Math.min(...values), count)} … ${digits(Math.max(...values), count)}`;
}

/** A share with its interval: `6 of 7 (95 %: 0.49 … 0.97)`. */
export function shareText(hits: number, count: number): string {
  const [low, high] = shareInterval(hits, count).map((end) => digits(end, 2));
  return `${hits} of ${count} (95 %: ${low} … ${high})`;
}

/** −Δ ln L/Δt between the records nearest to two shares of a curve. */
export function slopeBetween(times: readonly number[], loss: readonly number[], from: number, to: number): number {
  const at = (share: number) => Math.round(share * (times.length - 1));
  const [a, b] = [at(from), at(to)];
  return Math.log(loss[a]! / loss[b]!) / (times[b]! - times[a]!);
}

/** Where a falling curve first comes to a level, logarithmically between records; null where it does not. */
export function crossing(xs: readonly number[], ys: readonly number[], level: number): number | null {
  const k = ys.findIndex((y) => y <= level);
  if (k < 0) return null;
  if (k === 0) return xs[0]!;
  const share = Math.log(ys[k - 1]! / level) / Math.log(ys[k - 1]! / ys[k]!);
  return xs[k - 1]! + share * (xs[k]! - xs[k - 1]!);
}

export const counting = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
