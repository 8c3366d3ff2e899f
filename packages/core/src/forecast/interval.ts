import { r2 } from '../model/scores.ts';
import type { ForecastPath } from './path.ts';

/** A figure and what it lies in, nine times in ten. */
export interface ForecastInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * R² is missed by at least so much, and by this multiple of what the last quarter of the Jacobians says: calibrated on the
 * design half of papers/forecast, checked on the other.
 */
const widths = {
  steps: { floor: 0.03, share: 0.45 },
  samples: { floor: 0.04, share: 0.9 },
} as const;

/**
 * R² in an interval. d is the RMS change of the outputs by the last quarter of the Jacobians over the deviation of the
 * labels; outputs that are off by d change R² by up to u = 2d·√(1 − R²) + d², and the interval is R² ± (a + bu) with a and b
 * by how the path was followed. R² is never above 1.
 */
export function intervalAround(value: number, d: number, follows: ForecastPath['follows']): ForecastInterval {
  const { floor, share } = widths[follows];
  const half = floor + share * (2 * d * Math.sqrt(1 - value) + d * d);
  return { value, low: value - half, high: Math.min(1, value + half) };
}

/**
 * R² of a forecast on test points with its interval, from the forecast alone.
 *
 * @param y - labels of the test points, points × outputs.
 * @returns undefined where R² is, or where the forecast had too few Jacobians to be told from one with less.
 */
export function r2Interval(
  { records, earlier, follows }: ForecastPath,
  y: Float64Array,
  outputs: number,
): ForecastInterval | undefined {
  const { test } = records[records.length - 1];
  const { value } = r2(y, test, outputs);
  if (value === null || !earlier) return undefined;
  return intervalAround(value, changeOf(test, earlier.test, y, outputs), follows);
}

/** RMS of the change over the deviation of the labels around their means, output by output. */
function changeOf(f: Float64Array, earlier: Float64Array, y: Float64Array, outputs: number): number {
  const points = y.length / outputs;
  let around = 0;
  for (let o = 0; o < outputs; o++) {
    let mean = 0;
    for (let i = o; i < y.length; i += outputs) mean += y[i] / points;
    for (let i = o; i < y.length; i += outputs) around += (y[i] - mean) ** 2;
  }
  return Math.sqrt(f.reduce((sum, value, i) => sum + (value - earlier[i]) ** 2, 0) / around);
}
