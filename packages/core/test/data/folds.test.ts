import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dataset, selectionSplits, usualSelection } from '../../src/index.ts';

const rowsOf = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);

function datasetOf(labels: readonly number[], tested = 3): Dataset {
  const count = labels.length;
  return {
    features: ['x'],
    X: Float64Array.from({ length: count + tested }, (_, k) => k),
    y: Float64Array.from([...labels, ...Array(tested).fill(0.5)]),
    outputs: 1,
    train: rowsOf(0, count),
    test: rowsOf(count, count + tested),
  };
}

describe('splits of the training rows', () => {
  test('folds keep every training row out once, and never touch a test row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 60 }),
        fc.integer({ min: 2, max: 9 }),
        fc.nat(1000),
        (rows, folds, seed) => {
          const dataset = datasetOf(Array.from({ length: rows }, (_, k) => Math.sin(k)));
          const splits = selectionSplits(dataset, { folds }, seed);
          expect(splits).toHaveLength(Math.min(folds, rows));
          expect(splits.flatMap(({ test: out }) => [...out]).sort((a, b) => a - b)).toEqual([...dataset.train]);
          for (const { train, test: out } of splits) {
            expect(new Set([...train, ...out])).toEqual(new Set(dataset.train));
            expect(train.length + out.length).toBe(rows);
          }
          const sizes = splits.map(({ test: out }) => out.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });

  test('a validation part has its share of the rows, at least one and not all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.double({ min: 0.01, max: 0.99 }), (rows, validation) => {
        const [split, ...others] = selectionSplits(
          datasetOf(
            Array(rows)
              .fill(0)
              .map((_, k) => k / 7),
          ),
          { validation },
          3,
        );
        expect(others).toEqual([]);
        expect(split!.test.length).toBe(Math.max(1, Math.min(rows - 1, Math.round(validation * rows))));
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test('of classes every fold has its share', () => {
    const dataset = datasetOf(
      Array.from({ length: 40 }, (_, k) => (k < 8 ? -1 : 1)),
      0,
    );
    const counts = selectionSplits(dataset, { folds: 4 }, 5).map(
      ({ test: out, y }) => [...out].filter((row) => y[row] === -1).length,
    );
    expect(counts).toEqual([2, 2, 2, 2]);
  });

  test('the same seed gives the same, another one others', () => {
    const dataset = datasetOf(Array.from({ length: 30 }, (_, k) => k / 7));
    const of = (seed: number) => selectionSplits(dataset, { folds: 3 }, seed).map(({ test: out }) => [...out]);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test('few rows are folded, many have a validation part', () => {
    expect(usualSelection(datasetOf(Array(20).fill(0)))).toEqual({ folds: 4 });
    expect(usualSelection(datasetOf(Array(200).fill(0)))).toEqual({ validation: 0.25 });
  });
});
