import { describe, expect, test } from 'vitest';
import { accuracyAround, pathIntervals, r2Interval, trainErrorAround } from '../../src/forecast/interval.ts';
import type { ForecastPath } from '../../src/forecast/path.ts';
import type { Decision } from '../../src/model/scores.ts';

const none = new Float64Array(0);

function pathTo(test: Float64Array, earlier: Float64Array, follows: ForecastPath['follows'] = 'steps'): ForecastPath {
  return {
    records: [{ step: 10, theta: none, train: test, test }],
    earlier: { train: earlier, test: earlier },
    beside: null,
    losses: null,
    follows,
    steps: 40,
    jacobians: 4,
    rows: { jacobian: 0, outputs: 0 },
  };
}

test('of a training stopped early the intervals reach to where it comes by the same power of its steps', () => {
  const y = Float64Array.of(1, -1);
  // Errors of 0.17 after three quarters of 10 steps, of 0.16 then: 0.16·4^(−ln(0.17/0.16)/ln(4/3)) = 0.1195 after 40.
  const at = (error: number) => y.map((value) => value * (1 - Math.sqrt(error)));
  const labels = { y, yTest: y, outputs: 1 };
  const { trainMse, trainR2, testMse, testR2 } = pathIntervals(pathTo(at(0.16), at(0.17), 'training'), labels);
  const end = 0.16 * 4 ** (-Math.log(0.17 / 0.16) / Math.log(4 / 3));
  for (const interval of [trainMse!, testMse!]) expect(interval.low).toBeCloseTo(end - 0.02, 12);
  for (const interval of [trainR2!, testR2!]) expect(interval.high).toBeCloseTo(1 - end + 0.02, 12);
  // One that does not fall, or that models lead, ends where it is.
  const still = pathIntervals(pathTo(at(0.16), at(0.16), 'training'), labels);
  expect(still.trainMse!.low).toBeCloseTo(0.14, 12);
  expect(pathIntervals(pathTo(at(0.16), at(0.17)), labels).testR2!.high).toBeLessThan(0.87);
});

describe('the interval of the share of right classes', () => {
  test('by hand: as many as stay right, and as may become it', () => {
    // At d = 0.5 outputs are off by 0.19 of the labels' deviation at most, from sample to sample by 0.41.
    const margins = Float64Array.of(1, 0.5, 0.22, 0.1, -0.1, -0.22, -0.5, -1);
    expect(accuracyAround(0.5, margins, 0.5, 'steps')).toEqual({ value: 0.5, low: 3 / 8, high: 5 / 8 });
    expect(accuracyAround(0.5, margins, 0.5, 'samples')).toEqual({ value: 0.5, low: 2 / 8, high: 6 / 8 });
    // Of a training stopped early by 0.29.
    expect(accuracyAround(0.5, margins, 0.5, 'training')).toEqual({ value: 0.5, low: 2 / 8, high: 6 / 8 });
    expect(accuracyAround(0.5, margins, 0.3, 'training')).toEqual({ value: 0.5, low: 3 / 8, high: 5 / 8 });
  });

  const decided = (y: Float64Array, test: Float64Array, outputs: number, decision: Decision) =>
    pathIntervals(pathTo(test, test), { y, yTest: y, outputs, decision }).testAccuracy;

  test('two classes with one output: the distance from the middle of the labels, over their deviation', () => {
    // Labels 10 and 14, middle 12, deviation 2: nothing has moved, so that outputs count as off by 0.08.
    const y = Float64Array.of(10, 14, 10, 14);
    const nearest = { kind: 'nearest', low: 10, high: 14 } as const;
    expect(decided(y, Float64Array.of(11.8, 12.2, 12.05, 11.7), 1, nearest)).toEqual({
      value: 0.5,
      low: 0.5,
      high: 0.75,
    });
    expect(decided(y, Float64Array.of(11.95, 12.2, 12.2, 11.7), 1, nearest)).toEqual({
      value: 0.5,
      low: 0.25,
      high: 0.5,
    });
  });

  test('several classes with an output each: the distance to where another is as large', () => {
    const y = Float64Array.of(1, -1, -1, -1, 1, -1, -1, -1, 1);
    const largest = { kind: 'largest', outputs: 3 } as const;
    // Deviation of the labels √(8/9) = 0.943, 0.04 of it 0.0377: differences of 0.05 are 0.0354 from the border, of 0.06 0.0424.
    const test = Float64Array.of(0.5, 0.45, 0, 0, 0.5, 0.44, 0.5, 0, 0.45);
    expect(decided(y, test, 3, largest)).toEqual({ value: 2 / 3, low: 1 / 3, high: 1 });
  });

  test('none where labels are no classes, or all of one', () => {
    const y = Float64Array.of(1, -1);
    expect(pathIntervals(pathTo(y, y), { y, yTest: y, outputs: 1 }).testAccuracy).toBeUndefined();
    const one = Float64Array.of(1, 1);
    const decision = { kind: 'nearest', low: -1, high: 1 } as const;
    expect(pathIntervals(pathTo(one, one), { y, yTest: one, outputs: 1, decision }).testAccuracy).toBeUndefined();
  });
});

describe('the interval of R²', () => {
  // Labels ±1: deviation 1, so that d is the RMS change itself.
  const y = Float64Array.of(1, -1, 1, -1);

  test('by hand: R² = 0.75, outputs moved by 0.2', () => {
    const f = y.map((value) => value / 2);
    const interval = r2Interval(
      pathTo(
        f,
        f.map((value) => value + 0.2),
      ),
      y,
      1,
    )!;
    const half = 0.02 + 0.3 * (2 * 0.2 * 0.5 + 0.04);
    expect(interval.value).toBeCloseTo(0.75, 12);
    expect(interval.low).toBeCloseTo(0.75 - half, 12);
    expect(interval.high).toBeCloseTo(0.75 + half, 12);
  });

  test('wider where the path was followed from sample to sample', () => {
    const f = y.map((value) => value / 2);
    const moved = f.map((value) => value + 0.2);
    const width = (follows: 'steps' | 'samples') => 0.75 - r2Interval(pathTo(f, moved, follows), y, 1)!.low;
    expect(width('samples')).toBeCloseTo(0.02 + 0.7 * 0.24, 12);
    expect(width('steps')).toBeLessThan(width('samples'));
  });

  test('from few Jacobians what the model is off by at the end counts as well, by hand', () => {
    const f = y.map((value) => value / 2);
    const moved = f.map((value) => value + 0.3);
    const path = pathTo(f, moved);
    const few = { ...path, records: [{ ...path.records[0], train: f }], beside: f.map((value) => value + 0.4) };
    // √(0.3² + 0.4²) = 0.5 of labels ±1.
    const change = 2 * 0.5 * 0.5 + 0.25;
    expect(r2Interval(few, y, 1)!.low).toBeCloseTo(0.75 - (0.02 + 0.6 * change), 12);
    const { trainMse } = pathIntervals({ ...few, earlier: { train: moved, test: moved } }, { y, yTest: y, outputs: 1 });
    expect(trainMse!.low).toBe(0);
    expect(trainMse!.high).toBeCloseTo(0.25 + 0.01 + 0.1 * change, 12);
  });

  test('R² is never above 1, and what has not moved is still not certain', () => {
    expect(r2Interval(pathTo(y, y), y, 1)).toEqual({ value: 1, low: 0.98, high: 1 });
  });

  test('two outputs of different size: each around its own mean', () => {
    const both = Float64Array.of(1, 11, -1, 9);
    const f = Float64Array.of(0.5, 10.5, -0.5, 9.5);
    const moved = f.map((value) => value + 0.2);
    const { value, low } = r2Interval(pathTo(f, moved), both, 2)!;
    expect(value).toBeCloseTo(0.75, 12);
    expect(low).toBeCloseTo(0.75 - 0.02 - 0.3 * 0.24, 12);
  });

  test('none where R² is undefined', () => {
    const same = new Float64Array(4).fill(2);
    expect(r2Interval(pathTo(y, y), same, 1)).toBeUndefined();
  });
});

describe('the interval of errors', () => {
  test('of the training error, by hand: further down than up, in shares of the variance', () => {
    const { low, high } = trainErrorAround(2, 0.2, 4, 'steps');
    expect(low).toBeCloseTo(2 - (0.04 * 4 + 0.5 * 0.2), 12);
    expect(high).toBeCloseTo(2 + (0.01 * 4 + 0.3 * 0.2), 12);
    expect(trainErrorAround(0.05, 0, 4, 'samples').low).toBe(0);
  });

  test('of the test error it is that of R², and without a variance there is none', () => {
    const y = Float64Array.of(1, -1, 1, -1);
    const f = y.map((value) => value / 2);
    const path = pathTo(
      f,
      f.map((value) => value + 0.2),
    );
    const labelled = {
      ...path,
      records: [{ ...path.records[0], train: f }],
      earlier: { train: y, test: path.earlier.test },
    };
    const { trainMse, testMse, testR2 } = pathIntervals(labelled, { y, yTest: y, outputs: 1 });
    expect(testMse!.value).toBeCloseTo(0.25, 12);
    expect(testMse!.high).toBeCloseTo(1 - testR2!.low, 12);
    expect(testMse!.low).toBeCloseTo(1 - testR2!.high, 12);
    // Without an error three quarters of the way: a quarter of the variance came back.
    expect(trainMse).toEqual(trainErrorAround(0.25, 0.25, 1, 'steps'));
    const same = new Float64Array(4).fill(1);
    expect(pathIntervals(labelled, { y: same, yTest: same, outputs: 1 })).toEqual({});
  });
});
