import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnNotes } from '../../src/data/feature-notes.ts';
import { datasetFromTable, type TableOptions } from '../../src/data/from-table.ts';
import { fitPreparation, prepared } from '../../src/data/prepare.ts';
import type { Column, FeatureColumn, Table } from '../../src/data/table.ts';
import { random } from '../../src/random/random.ts';

interface Oracles {
  readonly ranges: readonly { X: number[][]; train: number[]; range: [number, number]; scaled: number[][] }[];
  readonly components: readonly {
    X: number[][];
    train: number[];
    count: number;
    loadings: number[][];
    explained: number[];
    scores: number[][];
  }[];
  readonly strata: readonly { sizes: number[]; train: number; counts: number[] }[];
  readonly oneHot: { texts: string[][]; train: number[]; names: string[]; encoded: number[][] };
}
const oracles = JSON.parse(fs.readFileSync(new URL('preparation.json', import.meta.url), 'utf8')) as Oracles;

const columnsOf = (X: readonly number[][]): Column[] =>
  X[0].map((_, f) => ({ name: `x${f}`, values: Float64Array.from(X, (row) => row[f]) }));

/** Largest difference relative to the largest number. */
function relative(found: readonly Column[], wanted: readonly number[][]): number {
  const size = Math.max(...wanted.flat().map(Math.abs));
  return Math.max(...wanted.flatMap((row, i) => row.map((value, f) => Math.abs(found[f].values[i] - value) / size)));
}

describe('scikit-learn', () => {
  test.each(oracles.ranges)('MinMaxScaler to $range', ({ X, train, range, scaled }) => {
    const columns = columnsOf(X);
    expect(
      relative(prepared(fitPreparation(columns, Int32Array.from(train), { range }), columns), scaled),
    ).toBeLessThan(1e-10);
  });

  test.each(oracles.components)('$count components after StandardScaler', (oracle) => {
    const columns = columnsOf(oracle.X);
    const fitted = fitPreparation(columns, Int32Array.from(oracle.train), { components: oracle.count });
    const found = prepared(fitted, columns);
    expect(found.map(({ name }) => name)).toEqual(oracle.loadings.map((_, k) => `pc${k}`));
    expect(relative(found, oracle.scores)).toBeLessThan(1e-10);
    fitted.components?.loadings.forEach((loading, k) => {
      for (const [f, value] of loading.entries()) expect(Math.abs(value - oracle.loadings[k][f])).toBeLessThan(1e-10);
      expect(Math.abs((fitted.components?.explained[k] ?? 0) - oracle.explained[k])).toBeLessThan(1e-10);
    });
  });

  test('OneHotEncoder, categories that were not seen being zeros', () => {
    const { texts, train, names, encoded } = oracles.oneHot;
    const columns = ['p', 'q'].map((name, c) => ({ name, texts: texts.map((row) => row[c]) }));
    const found = prepared(fitPreparation(columns, Int32Array.from(train), {}), columns);
    expect(found.map(({ name }) => name.replace('=', '_'))).toEqual(names);
    expect(relative(found, encoded)).toBe(0);
  });
});

const seed = 20254;

describe('classes are split by their shares', () => {
  /** Rows of classes in a random order, and what becomes of them. */
  function splitOf(sizes: readonly number[], share: number, draws = 5) {
    const names = sizes.flatMap((size, c) => new Array<string>(size).fill(`c${c}`));
    const order = random(draws).permutation(names.length);
    const target = Array.from(order, (row) => names[row]);
    const table = { features: [{ name: 'x', values: Float64Array.from(order) }], targetName: 'class', target };
    const { train, test } = datasetFromTable(table, { train: share, seed: draws }, 'classes');
    const counts = (rows: Int32Array) =>
      sizes.map((_, c) => rows.reduce((sum, row) => sum + Number(target[row] === `c${c}`), 0));
    return { train: counts(train), test: counts(test) };
  }

  test.each(oracles.strata)('as StratifiedShuffleSplit does: $train of $sizes', ({ sizes, train, counts }) => {
    const rows = sizes.reduce((sum, size) => sum + size, 0);
    expect(splitOf(sizes, train / rows).train).toEqual(counts);
  });

  test('each within a row of its share, and in both parts where it has two', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.nat(1000), (of, share, draws) => {
        const { train, test } = splitOf(of, share, draws);
        of.forEach((size, c) => {
          expect(train[c] + test[c]).toBe(size);
          expect(train[c]).toBeGreaterThanOrEqual(1);
          expect(test[c]).toBeGreaterThanOrEqual(Math.min(1, size - 1));
        });
        // Where no class is so small that it has to be given a row, every one has its share, rounded down or up.
        const rows = of.reduce((sum, size) => sum + size, 0);
        const whole = Math.round(share * rows);
        const quotas = of.map((size) => (whole * size) / rows);
        if (!quotas.every((quota, c) => quota >= 1 && of[c] - quota >= 1)) return;
        expect(train.reduce((sum, count) => sum + count, 0)).toBe(whole);
        quotas.forEach((quota, c) => {
          expect(Math.abs(train[c] - quota)).toBeLessThan(1);
        });
      }),
      { seed, numRuns: 200 },
    );
  });

  test('all are trained on where the share is 1', () => expect(splitOf([3, 1, 4], 1).test).toEqual([0, 0, 0]));
});

/** Four columns of numbers and one of text, 12 rows, and what is made of them. */
function tableOf(draws: number): Table {
  const draw = random(draws);
  const features: FeatureColumn[] = [0, 1, 2, 3].map((f) => ({
    name: `x${f}`,
    values: Float64Array.from({ length: 12 }, () => 10 ** f * draw.normal()),
  }));
  const texts = Array.from({ length: 12 }, (_, row) => 'abc'[row % 3]);
  return {
    features: [...features, { name: 'kind', texts }],
    targetName: 'y',
    target: Float64Array.from({ length: 12 }, () => draw.normal()),
  };
}
const options: TableOptions = { train: 0.5, seed: 3, components: 4, range: [-1, 1] };

describe('a preparation', () => {
  test('is fitted on the training rows alone: no test row changes anything but itself', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(11), fc.double({ min: -1e6, max: 1e6, noNaN: true }), (draws, place, value) => {
        const table = tableOf(draws);
        const before = datasetFromTable(table, options, 1);
        const row = before.test[place % before.test.length];
        const changed = table.features.map((column) =>
          'texts' in column
            ? { ...column, texts: column.texts.with(row, 'new') }
            : { ...column, values: column.values.with(row, value) },
        );
        const after = datasetFromTable({ ...table, features: changed }, options, 1);
        expect(after.preparation).toEqual(before.preparation);
        const F = before.features.length;
        const others = (X: Float64Array) => X.filter((_, i) => Math.floor(i / F) !== row);
        expect(others(after.X)).toEqual(others(before.X));
      }),
      { seed, numRuns: 100 },
    );
  });

  test('goes through JSON, and is all that other rows need', () => {
    const table = tableOf(5);
    const { preparation, X, features } = datasetFromTable(table, options, 1);
    const columns = prepared(JSON.parse(JSON.stringify(preparation)), table.features);
    expect(columns.map(({ name }) => name)).toEqual(features);
    for (const [f, { values }] of columns.entries())
      for (const [row, value] of values.entries()) expect(value).toBe(X[row * features.length + f]);
  });

  test('of all components keeps every distance between standardised rows, of fewer no more than that', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 4 }), (draws, count) => {
        const columns = tableOf(draws).features.slice(0, 4) as Column[];
        const train = Int32Array.from({ length: 8 }, (_, k) => k);
        const all = prepared(fitPreparation(columns, train, { components: 4 }), columns);
        const some = prepared(fitPreparation(columns, train, { components: count }), columns);
        const { means, deviations } = fitPreparation(columns, train, { components: 4 }).components!;
        const standard = columns.map(({ name, values }, f) => ({
          name,
          values: values.map((value) => (value - means[f]) / deviations[f]),
        }));
        for (let a = 0; a < 12; a++)
          for (let b = 0; b < a; b++) {
            const wanted = distance(standard, a, b);
            // Rounding of 4 sums of 4 products.
            expect(Math.abs(distance(all, a, b) - wanted)).toBeLessThan(1e-13 * (1 + wanted));
            expect(distance(some, a, b)).toBeLessThanOrEqual(wanted * (1 + 1e-13));
          }
      }),
      { seed, numRuns: 50 },
    );
  });

  test('has components of mean 0 on the training rows, uncorrelated, the largest loading positive', () => {
    const columns = tableOf(9).features.slice(0, 4) as Column[];
    const train = Int32Array.from([1, 2, 4, 5, 7, 8, 10, 11]);
    const fitted = fitPreparation(columns, train, { components: 4 });
    const scores = prepared(fitted, columns).map(({ values }) => Array.from(train, (row) => values[row]));
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    scores.forEach((a, j) => {
      expect(
        Math.abs(
          dot(
            a,
            a.map(() => 1),
          ),
        ),
      ).toBeLessThan(1e-13);
      for (const b of scores.slice(0, j)) expect(Math.abs(dot(a, b))).toBeLessThan(1e-13);
    });
    for (const loading of fitted.components!.loadings) {
      const sizes = loading.map(Math.abs);
      expect(loading[sizes.indexOf(Math.max(...sizes))]).toBeGreaterThan(0);
    }
  });

  test('takes no more components than the training rows have directions', () => {
    const columns = tableOf(2).features.slice(0, 4) as Column[];
    const doubled = [...columns, { name: 'again', values: columns[0].values.map((value) => 2 * value) }];
    const fit = (rows: number, components: number) => () =>
      fitPreparation(
        doubled,
        Int32Array.from({ length: rows }, (_, k) => k),
        { components },
      );
    expect(fit(8, 4)).not.toThrow();
    expect(fit(8, 5)).toThrow(/data.components: found 5, expected at most 4, the directions that 8 training rows of 5/);
    expect(fit(3, 3)).toThrow(/at most 2,/);
  });

  test('says what test rows have that no training row had', () => {
    const table = tableOf(1);
    const split = { name: 'part', cells: Array.from({ length: 12 }, (_, row) => (row % 3 === 1 ? 'test' : 'train')) };
    const dataset = datasetFromTable({ ...table, split }, { seed: 1 }, 1);
    expect(dataset.features).toEqual(['x0', 'x1', 'x2', 'x3', 'kind=a', 'kind=c']);
    expect(columnNotes(table, dataset)).toEqual([{ code: 'unseen-categories', column: 'kind', categories: ['b'] }]);
    expect([...dataset.X.slice(6 + 4, 6 + 6)]).toEqual([0, 0]);
  });
});

function distance(columns: readonly Column[], a: number, b: number): number {
  return Math.sqrt(columns.reduce((sum, { values }) => sum + (values[a] - values[b]) ** 2, 0));
}
