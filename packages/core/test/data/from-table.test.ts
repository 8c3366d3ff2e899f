import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnNotes } from '../../src/data/feature-notes.ts';
import { datasetFromTable, type TableOptions } from '../../src/data/from-table.ts';
import type { Table, Target } from '../../src/data/table.ts';
import { InputError } from '../../src/errors.ts';
import { duplicatePoints } from '../../src/model/duplicates.ts';

const seed = 20253;
const options = { train: 0.5, seed: 1 };

function table(target: Target, change: Partial<Table> = {}): Table {
  const rows = 'width' in target ? target.values.length / target.width : target.length;
  const features = [{ name: 'a', values: Float64Array.from({ length: rows }, (_, i) => i * i) }];
  return { features, targetName: 'label', target, ...change };
}

const numbers = (...values: number[]) => Float64Array.from(values);

describe('labels', () => {
  const all = { train: 1, seed: 1 };

  test('two classes and one output: −1 and +1 in sorted order', () => {
    const { y, classes, outputs } = datasetFromTable(table(['no', 'yes', 'Yes', 'no'].slice(0, 2)), all, 1);
    expect({ y: [...y], classes, outputs }).toEqual({ y: [-1, 1], classes: ['no', 'yes'], outputs: 1 });
    expect([...datasetFromTable(table(['z', 'b', 'z']), all, 1).y]).toEqual([1, -1, 1]);
  });

  test('as many classes as outputs: a column of ±1 a class', () => {
    const three = datasetFromTable(table(['c', 'a', 'b', 'a']), all, 3);
    expect([...three.y]).toEqual([-1, -1, 1, 1, -1, -1, -1, 1, -1, 1, -1, -1]);
    expect(three.classes).toEqual(['a', 'b', 'c']);
    expect([...datasetFromTable(table(['b', 'a']), all, 2).y]).toEqual([-1, 1, 1, -1]);
  });

  test('numbers with one output stay as they are', () => {
    const { y, classes } = datasetFromTable(table(numbers(0, 1, 1, 0, 7.5)), all, 1);
    expect([...y]).toEqual([0, 1, 1, 0, 7.5]);
    expect(classes).toBeUndefined();
  });

  test('two integers are classes unless the task says otherwise, other numbers are not unless it does', () => {
    const made = (target: Target, task?: 'classes' | 'regression', outputs: number | 'classes' = 1) => {
      const { y, classes } = datasetFromTable(table(target), { ...all, ...(task && { task }) }, outputs);
      return { y: [...y], classes };
    };
    expect(made(numbers(0, 1, 1))).toEqual({ y: [-1, 1, 1], classes: ['0', '1'] });
    expect(made(numbers(0, 1, 1), 'regression')).toEqual({ y: [0, 1, 1], classes: undefined });
    expect(made(numbers(0.5, 1, 1))).toEqual({ y: [0.5, 1, 1], classes: undefined });
    expect(made(numbers(0.5, 1, 1), 'classes')).toEqual({ y: [-1, 1, 1], classes: ['0.5', '1'] });
    expect(made(numbers(3, 1, 2))).toEqual({ y: [3, 1, 2], classes: undefined });
    expect(() => made(numbers(3, 1, 2), 'classes')).toThrow(/which are classes.*or model.observable: classes/);
    expect(() => made(['a', 'b'], 'regression')).toThrow(
      /data.task: found regression, expected classes, as the labels/,
    );
    expect(() => made(numbers(3, 1, 2), 'regression', 3)).toThrow(/data.task: found regression with 3 observables/);
  });

  test('as many outputs as the classes need: one for two, else one each', () => {
    const outputs = (target: Target) => datasetFromTable(table(target), all, 'classes').outputs;
    expect(outputs(['a', 'b', 'a'])).toBe(1);
    expect(outputs(numbers(0, 1, 1))).toBe(1);
    expect(outputs(['a', 'b', 'c', 'd'])).toBe(4);
    expect(outputs(numbers(7, 5, 9))).toBe(3);
    expect(() => outputs(['a', 'a'])).toThrow(/expected at least 2/);
    const matrix = { values: numbers(1, 2, 3, 5), width: 2 };
    expect(() => outputs(matrix)).toThrow(/found 2 columns of numbers, expected a single label for each point/);
    expect(() => datasetFromTable(table(numbers(1, 2, 4)), { ...all, task: 'regression' }, 'classes')).toThrow(
      /regression with observable: classes/,
    );
  });

  test('what was taken for granted is told', () => {
    const notes = (target: Target, task?: 'classes' | 'regression') => {
      const known = table(target);
      return columnNotes(known, datasetFromTable(known, { ...all, ...(task && { task }) }, 1), task);
    };
    expect(notes(numbers(0, 1, 1, 0))).toEqual([{ code: 'integer-labels', labels: [0, 1], taken: 'classes' }]);
    expect(notes(numbers(2, 3, 4, 2))).toEqual([{ code: 'integer-labels', labels: [2, 3, 4], taken: 'regression' }]);
    expect(notes(numbers(0, 1, 1, 0), 'regression')).toEqual([]);
    expect(notes(numbers(-1, 1, 1, -1))).toEqual([]);
    expect(notes(numbers(2.5, 3, 4, 2))).toEqual([]);
    expect(notes(['a', 'b', 'b', 'b'])).toEqual([{ code: 'single-row-classes', classes: ['a'] }]);
  });

  test('numbers with several outputs are classes, in numeric order', () => {
    const { y, classes } = datasetFromTable(table(numbers(10, 2, -1)), all, 3);
    expect(classes).toEqual(['-1', '2', '10']);
    expect([...y]).toEqual([-1, -1, 1, -1, 1, -1, 1, -1, -1]);
  });

  test('a matrix stays as it is', () => {
    const values = numbers(1, 0.5, -1, 0.25);
    expect([...datasetFromTable(table({ values, width: 2 }), all, 2).y]).toEqual([...values]);
  });

  test.each<[string, Target, number, RegExp]>([
    [
      'three classes, one output',
      ['a', 'b', 'c'],
      1,
      /label: found 3 .*"a", "b", "c".* outputs, which is 1; give a list of 3/,
    ],
    ['two classes, three outputs', ['a', 'b'], 3, /found 2 .* outputs, which is 3; give 1 or 2 observables/],
    ['many texts', [...'abcdefgh'], 1, /found 8 different labels \("a", "b", "c", "d", "e", …\)/],
    ['three values, two outputs', numbers(1, 2, 3), 2, /found 3 .*\("1", "2", "3"\).* outputs, which is 2/],
    ['one class', ['a', 'a'], 1, /label: found 1 different label .*which is a class, expected at least 2/],
    ['a matrix too wide', { values: numbers(1, 2, 3, 4, 5, 6), width: 3 }, 2, /found 3 columns.*expected 2/],
    ['NaN', numbers(1, Number.NaN), 1, /row 1 \(from 0\): label: found NaN, expected a finite number/],
    ['Infinity', { values: numbers(1, 2, 3, Infinity), width: 2 }, 2, /row 1 \(from 0\): label: found Infinity/],
    ['constant', numbers(2, 2, 2), 1, /label: found a constant target: all labels are 2.*R² is undefined/],
    ['constant matrix column', { values: numbers(1, 5, 2, 5), width: 2 }, 2, /all labels of output 1 are 5/],
    ['a single point', numbers(1), 1, /found a single point, expected at least 2/],
    ['nothing', numbers(), 1, /found no points/],
  ])('%s is refused', (_, target, outputs, message) => {
    expect(() => datasetFromTable(table(target), all, outputs)).toThrow(InputError);
    expect(() => datasetFromTable(table(target), all, outputs)).toThrow(message);
  });
});

describe('features', () => {
  test.each<[string, Partial<Table>, RegExp]>([
    ['none', { features: [] }, /found no feature, expected at least one column besides label/],
    ['NaN', { features: [{ name: 'b', values: numbers(1, Number.NaN) }] }, /row 1.*column "b": found NaN/],
    [
      'too short',
      { features: [{ name: 'b', values: numbers(1) }] },
      /column "b": found 1 value, expected one for each of 2/,
    ],
    [
      'a place of its own',
      { features: [{ name: 'b', values: numbers(1, Infinity) }], place: (row) => `f.csv:${row + 2}` },
      /^f\.csv:3: column "b": found Infinity/,
    ],
  ])('%s is refused', (_, change, message) => {
    expect(() => datasetFromTable(table(numbers(1, 2), change), options, 1)).toThrow(message);
  });

  test('keep their values, names and the order of rows without a range', () => {
    const features = [
      { name: 'a', values: numbers(1, 2, 3) },
      { name: 'b', values: numbers(10, 20, 30) },
    ];
    const dataset = datasetFromTable(table(numbers(1, 2, 3), { features }), options, 1);
    expect([...dataset.X]).toEqual([1, 10, 2, 20, 3, 30]);
    expect(dataset.features).toEqual(['a', 'b']);
  });

  test('are scaled by an affine map that brings the training rows exactly to the range', () => {
    // Not so close to each other that other rows, scaled by the same map, are too large.
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1e9) / 1e9 + 0);
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 4, maxLength: 30 }),
        finite,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.nat(1000),
        (a, low, width, seed) => {
          const range = [low, low + width] as const;
          const target = Float64Array.from(a.keys());
          const features = [{ name: 'a', values: Float64Array.from(a) }];
          const { X, train } = datasetFromTable(table(target, { features }), { ...options, range, seed }, 1);
          const seen = Array.from(train, (row) => a[row]);
          const scaled = Array.from(train, (row) => X[row]);
          const [least, most] = [Math.min(...seen), Math.max(...seen)];
          if (least === most) {
            expect(X.every((value) => value === (range[0] + range[1]) / 2)).toBe(true);
            return;
          }
          expect([Math.min(...scaled), Math.max(...scaled)]).toEqual(range);
          const slope = (range[1] - range[0]) / (most - least);
          X.forEach((value, row) => {
            const size = Math.abs(range[0]) + width + slope * (Math.abs(a[row]) + Math.abs(least));
            expect(Math.abs(value - (range[0] + slope * (a[row] - least)))).toBeLessThan(1e-13 * size);
          });
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  test('that are constant on the training rows go to the middle, huge ones do not overflow', () => {
    const target = numbers(1, 2);
    const scaledBy = (a: Float64Array) => [
      ...datasetFromTable(
        table(target, { features: [{ name: 'a', values: a }] }),
        { train: 1, seed: 1, range: [0, 2] },
        1,
      ).X,
    ];
    expect(scaledBy(numbers(4, 4))).toEqual([1, 1]);
    expect(scaledBy(numbers(-1.7e308, 1.7e308))).toEqual([0, 2]);
  });

  test('that are too large to be computed with are refused, but where a range makes them small', () => {
    const of = (a: Float64Array, more: Partial<TableOptions> = {}) => {
      const features = [
        { name: 'a', values: a },
        { name: 'b', values: numbers(1, 2, 4) },
      ];
      return () => datasetFromTable(table(numbers(1, 2, 3), { features }), { train: 1, seed: 1, ...more }, 1);
    };
    expect(of(numbers(1, 1e60, 0))).not.toThrow();
    // As exponentials underflow.
    expect(of(numbers(1, 1e-87, 5e-324))).not.toThrow();
    expect(of(numbers(1, -1e308, 0))).toThrow(
      /row 1 .*column "a": found -1e\+308, expected a size of at most 1e\+60; .*data.range/,
    );
    expect(of(numbers(1, 1e308, 0), { range: [0, 1] })).not.toThrow();
    expect(of(numbers(1, 1e200, 0), { components: 1 })).toThrow(/row 1 .*column "a": found 1e\+200/);
    const split = { name: 'part', cells: ['train', 'train', 'test'] };
    const outside = () =>
      datasetFromTable(
        table(numbers(1, 2, 3), { features: [{ name: 'a', values: numbers(0, 1, 1e300) }], split }),
        { seed: 1, range: [0, 1] },
        1,
      );
    expect(outside).toThrow(/row 2 .*column "a": found 1e\+300, which data.range \[0, 1\] makes too large, expected/);
  });
});

describe('split', () => {
  test('every row is in one part, in order; the share is rounded, never empty, and whole only at 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.nat(),
        (rows, share, seed) => {
          const target = Float64Array.from({ length: rows }, (_, i) => i + 0.5);
          const { train, test } = datasetFromTable(table(target), { train: share, seed }, 1);
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...target.keys()]);
          for (const part of [train, test]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
          expect(train.length).toBeGreaterThanOrEqual(1);
          expect(test.length === 0).toBe(share === 1);
          expect(Math.abs(train.length - share * rows)).toBeLessThanOrEqual(1);
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  test('follows the seed, and every row has its chance', () => {
    const target = Float64Array.from({ length: 10 }, (_, i) => i);
    const counts = new Float64Array(10);
    for (let seed = 0; seed < 1000; seed++)
      for (const row of datasetFromTable(table(target), { train: 0.3, seed }, 1).train) counts[row]++;
    // 300 expected of each; five standard deviations of a binomial are 72.
    for (const count of counts) expect(Math.abs(count - 300)).toBeLessThan(72);
    expect(datasetFromTable(table(target), options, 1)).toEqual(datasetFromTable(table(target), options, 1));
  });

  test('half of the rows where nothing is said', () =>
    expect(datasetFromTable(table(numbers(1, 2, 3, 4, 5, 6)), { seed: 1 }, 1).train.length).toBe(3));

  test('by a column', () => {
    const split = { name: 'part', cells: ['test', 'train', 'train', 'test'] };
    const { train, test } = datasetFromTable(table(numbers(1, 2, 3, 4), { split }), { seed: 1 }, 1);
    expect([[...train], [...test]]).toEqual([
      [1, 2],
      [0, 3],
    ]);
  });

  test('a column with other cells, or none to train on', () => {
    const by =
      (...cells: string[]) =>
      () =>
        datasetFromTable(table(numbers(1, 2), { split: { name: 'part', cells } }), options, 1);
    expect(by('train', 'Test')).toThrow(/row 1.*column "part": found "Test", expected train or test/);
    expect(by('test', 'test')).toThrow(/"part": found no row with train/);
  });

  test('labels to train on that are all the same', () => {
    const by =
      (target: Target, outputs: number, ...cells: string[]) =>
      () =>
        datasetFromTable(table(target, { split: { name: 'part', cells } }), options, outputs);
    expect(by(numbers(3, 3, 4), 1, 'train', 'train', 'test')).toThrow(
      /no training row of class "4", expected some of each class; write train in the column "part" for other rows$/,
    );
    expect(by(numbers(3, 3, 4.5), 1, 'train', 'train', 'test')).toThrow(
      /all training labels are 3, so that R² is undefined.*; write train in the column "part" for other rows$/,
    );
    expect(by(['a', 'a', 'b'], 1, 'train', 'train', 'test')).toThrow('found no training row of class "b"');
    expect(by(['a', 'b', 'c'], 3, 'train', 'train', 'test')).toThrow(
      'found no training row of class "c", expected some of each class; write train in the column "part" for other rows, or leave out the rows of "c"',
    );
    expect(by(['a', 'a', 'b', 'c'], 3, 'train', 'train', 'test', 'test')).toThrow(
      'found training rows of class "a" alone',
    );
    // One training point cannot differ from itself.
    expect(by(numbers(3, 3, 4), 1, 'train', 'test', 'test')().train.length).toBe(1);
  });
});

describe('duplicate points', () => {
  const of = (a: number[], y: number[]) =>
    duplicatePoints(
      datasetFromTable(
        table(Float64Array.from(y), { features: [{ name: 'a', values: Float64Array.from(a) }] }),
        { train: 1, seed: 1 },
        1,
      ),
    );

  test('are paired with the first of their kind, contradictions marked', () => {
    expect(of([1, 2, 1, 1, 3], [5, 6, 5, 7, 8])).toEqual([
      { first: 0, second: 2, contradictory: false },
      { first: 0, second: 3, contradictory: true },
    ]);
    expect(of([0, -0], [1, 2])).toEqual([{ first: 0, second: 1, contradictory: true }]);
    expect(of([1, 2, 3], [1, 2, 3])).toEqual([]);
  });

  test('need all features and all labels', () => {
    const features = [
      { name: 'a', values: numbers(1, 1, 1) },
      { name: 'b', values: numbers(2, 3, 2) },
    ];
    const target = { values: numbers(1, 1, 1, 2, 2, 3), width: 2 };
    expect(duplicatePoints(datasetFromTable(table(target, { features }), { train: 1, seed: 1 }, 2))).toEqual([
      { first: 0, second: 2, contradictory: true },
    ]);
  });
});
