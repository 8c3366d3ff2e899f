import { accuracy, type Decision, r2 } from '../model/scores.ts';
import { fewerShare } from './beginning.ts';
import type { ForecastPath } from './path.ts';

/** A figure and what it lies in, nine times in ten. */
export interface ForecastInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How a path was followed, and of steps whether by Jacobians further apart than usual: what a forecast is missed by depends on it. */
export type Following = ForecastPath['follows'] | 'few steps';

const followingOf = ({ follows, beside }: ForecastPath): Following =>
  follows === 'steps' && beside ? 'few steps' : follows;

/**
 * R² is missed by at least so much, and by this multiple of what is not known: calibrated on the design half of papers/forecast,
 * checked on data sets not used before.
 */
const widths = {
  steps: { floor: 0.02, share: 0.3 },
  'few steps': { floor: 0.02, share: 0.6 },
  samples: { floor: 0.02, share: 0.7 },
  training: { floor: 0.02, share: 0.5 },
} as const;

/** Most that R² changes by where outputs are off by d, RMS over the deviation of the labels: 2d·√(1 − R²) + d². */
export const r2Change = (value: number, d: number): number => 2 * d * Math.sqrt(1 - value) + d * d;

/**
 * R² in an interval. d is what is not known of the outputs, RMS over the deviation of the labels: their change by the last quarter of
 * the Jacobians, and how far the outputs beside the end are off, where there are some, √(change² + off²). u = 2d·√(1 − R²) + d² is what that
 * makes of R², and the interval is R² ± (a + bu) with a and b by how the path was followed. R² is never above 1.
 */
export function intervalAround(value: number, d: number, following: Following): ForecastInterval {
  const { floor, share } = widths[following];
  const half = floor + share * r2Change(value, d);
  return { value, low: value - half, high: Math.min(1, value + half) };
}

/**
 * What is not known of the test outputs of a forecast, over the deviation of their labels y: {@link intervalAround}.
 *
 * @param y - labels of the test points, points × outputs.
 */
export function notKnown({ records, earlier, beside }: ForecastPath, y: Float64Array, outputs: number): number {
  const { train, test } = records[records.length - 1];
  const change = relativeChange(test, earlier.test, y, outputs);
  if (!beside) return change;
  const variance = squaresAround(y, outputs) / y.length;
  return Math.hypot(change, Math.sqrt(errorOf(train, beside) / variance));
}

/**
 * R² of a forecast on test points with its interval, from the forecast alone.
 *
 * @param y - labels of the test points, points × outputs.
 * @returns undefined where R² is.
 */
export function r2Interval(path: ForecastPath, y: Float64Array, outputs: number): ForecastInterval | undefined {
  const { value } = r2(y, path.records[path.records.length - 1].test, outputs);
  if (value === null) return undefined;
  return intervalAround(value, notKnown(path, y, outputs), followingOf(path));
}

/**
 * The training error ends at most so much below what the network has where the path ends, in shares of the labels' variance,
 * and at most so much above; the second of each is for what is not known. Training goes where a forecast with few Jacobians does
 * not follow: the interval reaches further down than up. Calibrated as `widths`.
 */
const margins = {
  steps: { below: [0.04, 0.5], above: [0.01, 0.3] },
  'few steps': { below: [0.04, 1], above: [0.01, 0.1] },
  samples: { below: [0.02, 0.7], above: [0.005, 0.1] },
  training: { below: [0.02, 2], above: [0.005, 0.1] },
} as const;

/**
 * A training error in an interval.
 *
 * @param change - what is not known of it: the change by the last quarter of the Jacobians, or, where there are outputs beside the end, the
 * most that it changes by where outputs are off by as much as they may be.
 * @param variance - of the training labels, around the mean of each output.
 */
export function trainErrorAround(
  value: number,
  change: number,
  variance: number,
  following: Following,
): ForecastInterval {
  const margin = ([floor, share]: readonly [number, number]) => floor * variance + share * change;
  const { below, above } = margins[following];
  return { value, low: Math.max(0, value - margin(below)), high: value + margin(above) };
}

/** What is not known of a path's training error on labels y: {@link trainErrorAround}. */
export function trainErrorNotKnown(
  { records, earlier, beside }: ForecastPath,
  y: Float64Array,
  outputs: number,
): number {
  const { train } = records[records.length - 1];
  const value = errorOf(y, train);
  if (!beside) return Math.abs(errorOf(y, earlier.train) - value);
  const variance = squaresAround(y, outputs) / y.length;
  const off = Math.sqrt((errorOf(train, earlier.train) + errorOf(train, beside)) / variance);
  return variance * r2Change(1 - value / variance, off);
}

/**
 * What a training that was stopped early would still take off its error on labels y, where it went on falling by the same power of its
 * steps as in its last quarter: 0 where it was not stopped, or did not fall.
 */
function errorToCome({ follows, records, earlier, steps }: ForecastPath, y: Float64Array): number {
  const { step, train } = records[records.length - 1];
  const [before, value] = [errorOf(y, earlier.train), errorOf(y, train)];
  if (follows !== 'training' || !(before > value && value > 0)) return 0;
  const exponent = Math.log(before / value) / -Math.log(fewerShare);
  return value * (1 - (step / steps) ** exponent);
}

/**
 * Outputs are off by at most so much of the labels' deviation, for the share of right classes: at least so much, and this multiple
 * of what is not known. Calibrated as `widths`, on its data sets of two classes.
 */
const reaches = {
  steps: { floor: 0.04, share: 0.3 },
  'few steps': { floor: 0.04, share: 0.6 },
  samples: { floor: 0.06, share: 0.7 },
  training: { floor: 0.04, share: 0.5 },
} as const;

/**
 * The share of points in the right class in an interval: the least where all outputs go towards the wrong class, the most where all go
 * towards the right one, as far as a forecast is off.
 *
 * @param margins - of each point how far its output is on the right side of where classes change, over the deviation of the labels.
 * @param d - what is not known of the outputs, as {@link intervalAround} has it.
 */
export function accuracyAround(
  value: number,
  margins: Float64Array,
  d: number,
  following: Following,
): ForecastInterval {
  const { floor, share } = reaches[following];
  const reach = floor + share * d;
  const shareOf = (least: number) => margins.filter((margin) => margin > least).length / margins.length;
  return { value, low: Math.min(value, shareOf(reach)), high: Math.max(value, shareOf(-reach)) };
}

/**
 * How far each output is on the right side of where classes change, in its own units: of one output from the middle of the two labels,
 * of several, one a class, the distance to where another one is as large.
 *
 * @param y - labels, points × outputs, as outputs f are.
 * @returns one number a point.
 */
export function decisionMargins(y: Float64Array, f: Float64Array, decision: Decision): Float64Array {
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

/** The scores of a forecast that have an interval: error and R² on training and on test points, and the share of right classes there. */
export interface PathIntervals {
  readonly trainMse?: ForecastInterval;
  readonly trainR2?: ForecastInterval;
  readonly testMse?: ForecastInterval;
  readonly testR2?: ForecastInterval;
  readonly testAccuracy?: ForecastInterval;
}

/** Every score of a forecast in its interval; those left out have none. */
export function pathIntervals(path: ForecastPath, { y, yTest, outputs, decision }: PathLabels): PathIntervals {
  const following = followingOf(path);
  const { train, test } = path.records[path.records.length - 1];
  const variance = squaresAround(y, outputs) / y.length;
  const testVariance = yTest.length > 0 ? squaresAround(yTest, outputs) / yTest.length : 0;
  // Of a slow training more is to come than its last quarter brought; test rows may gain as much.
  const toCome = variance > 0 ? errorToCome(path, y) / variance : 0;
  const testR2 = better(r2Interval(path, yTest, outputs), toCome);
  const trainMse =
    variance > 0
      ? lower(
          trainErrorAround(errorOf(y, train), trainErrorNotKnown(path, y, outputs), variance, following),
          toCome * variance,
          margins[following].below[0] * variance,
        )
      : undefined;
  const trainR2 = trainMse && trainR2Around(r2(y, train, outputs).value, trainMse, variance);
  const d = testVariance > 0 ? notKnown(path, yTest, outputs) : 0;
  return {
    ...(trainMse && { trainMse }),
    ...(trainR2 && { trainR2 }),
    ...(testVariance > 0 && {
      testMse: lower(
        testErrorAround(errorOf(yTest, test), testVariance, d, following),
        toCome * testVariance,
        widths[following].floor * testVariance,
      ),
    }),
    ...(testVariance > 0 &&
      decision && {
        testAccuracy: accuracyAround(
          accuracy(yTest, test, decision).value as number,
          decisionMargins(yTest, test, decision).map((margin) => margin / Math.sqrt(testVariance)),
          d,
          following,
        ),
      }),
    ...(testR2 && { testR2 }),
  };
}

/** An error in an interval that reaches at least as far down as what is to come, and a floor below it. */
function lower(interval: ForecastInterval, toCome: number, floor: number): ForecastInterval {
  if (toCome === 0) return interval;
  return { ...interval, low: Math.max(0, Math.min(interval.low, interval.value - toCome - floor)) };
}

/** R² in an interval that reaches at least as far up. */
function better(interval: ForecastInterval | undefined, toCome: number): ForecastInterval | undefined {
  if (!interval || toCome === 0) return interval;
  const high = Math.max(interval.high, interval.value + toCome + widths.training.floor);
  return { ...interval, high: Math.min(1, high) };
}

/** R² on training points, off by what its error may be off by, in shares of the labels' variance; undefined where R² is. */
function trainR2Around(value: number | null, error: ForecastInterval, variance: number): ForecastInterval | undefined {
  if (value === null) return undefined;
  const below = (error.high - error.value) / variance;
  const above = (error.value - error.low) / variance;
  return { value, low: value - below, high: Math.min(1, value + above) };
}

/** The error is (1 − R²)·variance, all outputs taken together. */
function testErrorAround(value: number, variance: number, d: number, following: Following): ForecastInterval {
  const share = intervalAround(1 - value / variance, d, following);
  return { value, low: (1 - share.high) * variance, high: (1 - share.low) * variance };
}

const errorOf = (y: Float64Array, f: Float64Array): number => squares(y, f) / y.length;

/** Σ (a − b)². */
const squares = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

/**
 * RMS of a change of outputs over the deviation of the labels around their means, output by output; f, `earlier` and y are
 * points × outputs.
 */
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
