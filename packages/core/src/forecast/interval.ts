import { accuracy, type Decision, r2 } from '../model/scores.ts';
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
  steps: { floor: 0.02, share: 0.3 },
  samples: { floor: 0.05, share: 0.9 },
} as const;

/** Most that R² changes by where outputs are off by d, RMS over the deviation of the labels: 2d·√(1 − R²) + d². */
export const r2Change = (value: number, d: number): number => 2 * d * Math.sqrt(1 - value) + d * d;

/**
 * R² in an interval. d is the RMS change of the outputs by the last quarter of the Jacobians over the deviation of the
 * labels; u = 2d·√(1 − R²) + d² is what that makes of R², and the interval is R² ± (a + bu) with a and b by how the path was followed. R² is never above 1.
 */
export function intervalAround(value: number, d: number, follows: ForecastPath['follows']): ForecastInterval {
  const { floor, share } = widths[follows];
  const half = floor + share * r2Change(value, d);
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
  return intervalAround(value, relativeChange(test, earlier.test, y, outputs), follows);
}

/**
 * The training error ends at most so much below what the network has where the path ends, in shares of the labels' variance,
 * and at most so much above; the second of each is for what the last quarter of the Jacobians took away. Training goes
 * where a forecast with few Jacobians does not follow: the interval reaches further down than up. Calibrated as `widths`.
 */
const margins = {
  steps: { below: [0.04, 0.5], above: [0.01, 0.3] },
  samples: { below: [0.04, 2], above: [0.005, 0.1] },
} as const;

/**
 * A training error in an interval.
 *
 * @param earlier - the same with three quarters of the Jacobians.
 * @param variance - of the training labels, around the mean of each output.
 */
export function trainErrorAround(
  value: number,
  earlier: number,
  variance: number,
  follows: ForecastPath['follows'],
): ForecastInterval {
  const removed = Math.abs(earlier - value);
  const margin = ([floor, share]: readonly [number, number]) => floor * variance + share * removed;
  const { below, above } = margins[follows];
  return { value, low: Math.max(0, value - margin(below)), high: value + margin(above) };
}

/**
 * Outputs are off by at most so much of the labels' deviation, for the share of right classes: at least so much, and this multiple
 * of what the last quarter of the Jacobians changed. Calibrated as `widths`, on its data sets of two classes.
 */
const reaches = {
  steps: { floor: 0.04, share: 0.3 },
  samples: { floor: 0.05, share: 0.4 },
} as const;

/**
 * The share of points in the right class in an interval: the least where all outputs go towards the wrong class, the most where all go
 * towards the right one, as far as a forecast is off.
 *
 * @param margins - of each point how far its output is on the right side of where classes change, over the deviation of the labels.
 * @param d - RMS change of the outputs by the last quarter of the Jacobians, over that deviation.
 */
export function accuracyAround(
  value: number,
  margins: Float64Array,
  d: number,
  follows: ForecastPath['follows'],
): ForecastInterval {
  const { floor, share } = reaches[follows];
  const reach = floor + share * d;
  const shareOf = (least: number) => margins.filter((margin) => margin > least).length / margins.length;
  return { value, low: Math.min(value, shareOf(reach)), high: Math.max(value, shareOf(-reach)) };
}

/**
 * How far each output is on the right side of where classes change, in its own units: of one output from the middle of the two labels,
 * of several, one a class, the distance to where another one is as large.
 */
function marginsOf(y: Float64Array, f: Float64Array, decision: Decision): Float64Array {
  if (decision.kind === 'nearest') {
    const middle = (decision.low + decision.high) / 2;
    return f.map((value, i) => (y[i] >= middle ? value - middle : middle - value));
  }
  const { outputs } = decision;
  return Float64Array.from({ length: f.length / outputs }, (_, point) => {
    const [labels, values] = [y, f].map((all) => all.subarray(point * outputs, (point + 1) * outputs));
    const own = labels.indexOf(Math.max(...labels));
    const other = Math.max(...values.filter((_, output) => output !== own));
    return (values[own] - other) / Math.SQRT2;
  });
}

/** Labels of training and test points, points × outputs, to measure a forecast by. */
export interface PathLabels {
  readonly y: Float64Array;
  readonly yTest: Float64Array;
  readonly outputs: number;
  /** How labels are read as classes; left out where they are none. */
  readonly decision?: Decision | undefined;
}

/** The scores of a forecast that have an interval: errors on training and on test points, R² and the share of right classes there. */
export interface PathIntervals {
  readonly trainMse?: ForecastInterval;
  readonly testMse?: ForecastInterval;
  readonly testR2?: ForecastInterval;
  readonly testAccuracy?: ForecastInterval;
}

/** Every score of a forecast in its interval; those left out have none. */
export function pathIntervals(path: ForecastPath, { y, yTest, outputs, decision }: PathLabels): PathIntervals {
  const { records, earlier, follows } = path;
  if (!earlier) return {};
  const { train, test } = records[records.length - 1];
  const variance = squaresAround(y, outputs) / y.length;
  const testVariance = yTest.length > 0 ? squaresAround(yTest, outputs) / yTest.length : 0;
  const testR2 = r2Interval(path, yTest, outputs);
  const change = testVariance > 0 ? relativeChange(test, earlier.test, yTest, outputs) : 0;
  return {
    ...(variance > 0 && {
      trainMse: trainErrorAround(errorOf(y, train), errorOf(y, earlier.train), variance, follows),
    }),
    ...(testVariance > 0 && {
      testMse: testErrorAround(errorOf(yTest, test), testVariance, change, follows),
    }),
    ...(testVariance > 0 &&
      decision && {
        testAccuracy: accuracyAround(
          accuracy(yTest, test, decision).value as number,
          marginsOf(yTest, test, decision).map((margin) => margin / Math.sqrt(testVariance)),
          change,
          follows,
        ),
      }),
    ...(testR2 && { testR2 }),
  };
}

/** The error is (1 − R²)·variance, all outputs taken together. */
function testErrorAround(
  value: number,
  variance: number,
  d: number,
  follows: ForecastPath['follows'],
): ForecastInterval {
  const share = intervalAround(1 - value / variance, d, follows);
  return { value, low: (1 - share.high) * variance, high: (1 - share.low) * variance };
}

const errorOf = (y: Float64Array, f: Float64Array): number => squares(y, f) / y.length;

/** Σ (a − b)². */
const squares = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

/** RMS of the change over the deviation of the labels around their means, output by output. */
export function relativeChange(f: Float64Array, earlier: Float64Array, y: Float64Array, outputs: number): number {
  return Math.sqrt(squares(f, earlier) / squaresAround(y, outputs));
}

/** Σ (y − ȳ)², ȳ the mean of each output. */
function squaresAround(y: Float64Array, outputs: number): number {
  const points = y.length / outputs;
  let around = 0;
  for (let o = 0; o < outputs; o++) {
    let mean = 0;
    for (let i = o; i < y.length; i += outputs) mean += y[i] / points;
    for (let i = o; i < y.length; i += outputs) around += (y[i] - mean) ** 2;
  }
  return around;
}
