import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetFromTable } from '../../src/data/from-table.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { accuracy, decisionOf, mse, r2, scoresOn } from '../../src/model/scores.ts';

const { scores } = JSON.parse(readFileSync(new URL('oracles.json', import.meta.url), 'utf8'));
const of = (values: readonly number[]) => Float64Array.from(values);
const seed = 20254;

function labelled(y: number[], outputs: number): Dataset {
  const none = new Int32Array(0);
  return { features: ['x'], X: new Float64Array(y.length / outputs), y: of(y), outputs, train: none, test: none };
}

test("scikit-learn's mse, r2 and accuracy", () => {
  expect(mse(of(scores.y), of(scores.f)).value).toBeCloseTo(scores.mse, 14);
  expect(r2(of(scores.y), of(scores.f), scores.outputs).value).toBeCloseTo(scores.r2, 13);
  const decision = decisionOf(labelled(scores.labels, 3))!;
  expect(accuracy(of(scores.labels), of(scores.found), decision).value).toBeCloseTo(scores.accuracy, 14);
});

describe('R²', () => {
  test('is 1 for the labels, 0 for their mean, and unmoved when both are shifted and scaled', () => {
    const label = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(label, { minLength: 3, maxLength: 20 }),
        fc.double({ min: 0.5, max: 9, noNaN: true }),
        (y, c) => {
          fc.pre(Math.max(...y) - Math.min(...y) > 1e-3);
          const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
          expect(r2(of(y), of(y), 1).value).toBe(1);
          expect(r2(of(y), of(y.map(() => mean)), 1).value).toBeCloseTo(0, 12);
          const f = y.map((value, i) => value + Math.sin(i));
          const moved = r2(of(y.map((v) => c * v + 3)), of(f.map((v) => c * v + 3)), 1).value!;
          const straight = r2(of(y), of(f), 1).value!;
          expect(Math.abs(moved / straight - 1)).toBeLessThan(1e-6);
        },
      ),
      { seed, numRuns: 100 },
    );
  });

  test('has a reason where it is undefined', () => {
    expect(r2(of([]), of([]), 1)).toEqual({ value: null, reason: 'it needs at least 2 points, there are 0' });
    expect(r2(of([1]), of([1]), 1)).toEqual({ value: null, reason: 'it needs at least 2 points, there is 1' });
    expect(r2(of([0.1, 0.1, 0.1]), of([1, 2, 3]), 1)).toEqual({
      value: null,
      reason: 'all labels are 0.1',
    });
    expect(r2(of([1, 7, 2, 7]), of([1, 2, 3, 4]), 2)).toMatchObject({
      value: null,
      reason: expect.stringMatching(/output 1 are 7/),
    });
    expect(mse(of([]), of([]))).toEqual({ value: null, reason: 'there are no points' });
  });
});

describe('accuracy', () => {
  test('two label values: the nearer one, also where only one of them is among the points', () => {
    const decision = decisionOf(labelled([0, 1, 1], 1))!;
    expect(decision).toEqual({ kind: 'nearest', low: 0, high: 1 });
    expect(accuracy(of([1, 1, 0, 0]), of([0.6, 0.4, 0.4, -7]), decision).value).toBe(0.75);
    expect(accuracy(of([1, 1]), of([0.5, 9]), decision).value).toBe(1);
    expect(accuracy(of([]), of([]), decision).value).toBeNull();
  });

  test('±1 and one output: the sign', () => {
    const decision = decisionOf(labelled([-1, 1], 1))!;
    expect(accuracy(of([-1, -1, 1, 1]), of([-0.1, 0.1, 0.1, 0]), decision).value).toBe(0.75);
  });

  test('is not for labels of a table that were taken for numbers, though they are two', () => {
    const table = {
      features: [{ name: 'x', values: of([1, 2, 3, 4, 5, 6, 7, 8]) }],
      target: of([0, 1, 0, 1, 0, 1, 0, 1]),
      targetName: 'y',
    };
    const taken = (task: 'classes' | 'regression') => datasetFromTable(table, { seed: 1, task }, 1);
    expect(decisionOf(taken('regression'))).toBeUndefined();
    expect(decisionOf(taken('classes'))).toEqual({ kind: 'nearest', low: -1, high: 1 });
    const rows = Int32Array.of(0, 1, 2, 3);
    expect(scoresOn(taken('regression'), rows, of([0, 1, 0, 1])).accuracy.value).toBeNull();
    expect(scoresOn(taken('classes'), rows, of([-1, 1, -1, 1])).accuracy.value).toBe(1);
  });

  test('is not for labels that are no classes', () => {
    expect(decisionOf(labelled([0.1, 0.2, 0.3], 1))).toBeUndefined();
    expect(decisionOf(labelled([1, 1, -1, 1], 2))).toBeUndefined();
    expect(decisionOf(labelled([0.1, 0.2, 0.3, 0.1], 2))).toBeUndefined();
    expect(decisionOf(labelled([1, -1, -1, 1], 2))).toEqual({ kind: 'largest', outputs: 2 });
  });
});
