import { describe, expect, test } from 'vitest';
import type { FoundColumn } from '../../src/data/proposal/column.ts';
import { proposeForArrays, proposeForColumns } from '../../src/data/proposal/proposal.ts';
import { InputError } from '../../src/errors.ts';
import { random } from '../../src/random/random.ts';

const rows = 40;
const column = (name: string, values: FoundColumn['values'], more: Partial<FoundColumn> = {}): FoundColumn => ({
  name,
  kind: values instanceof Float64Array ? 'numbers' : 'texts',
  rows,
  values,
  missing: 0,
  ...more,
});
const numbers = (name: string, of: (row: number) => number, more?: Partial<FoundColumn>) =>
  column(
    name,
    Float64Array.from({ length: rows }, (_, row) => of(row)),
    more,
  );
const texts = (name: string, of: (row: number) => string, more?: Partial<FoundColumn>) =>
  column(
    name,
    Array.from({ length: rows }, (_, row) => of(row)),
    more,
  );

const draw = random(1, 0);
const noise = (name: string) => numbers(name, () => draw.uniform());
const [x, z] = [noise('x'), noise('z')];
const y = numbers('y', (row) => row % 2);

/** What each column is used for, and why for nothing. */
const uses = (columns: readonly FoundColumn[], asked?: string) =>
  Object.fromEntries(
    proposeForColumns(columns, asked).columns.map((each) => [each.name, each.use === 'none' ? each.reason : each.use]),
  );

describe('what columns are used for', () => {
  test.each<[FoundColumn, string]>([
    [noise('a'), 'feature'],
    [numbers('flag', (row) => row % 2, { kind: 'booleans' }), 'feature'],
    [texts('colour', (row) => ['red', 'green', 'blue'][row % 3]!), 'one-hot'],
    [texts('twelve', (row) => `c${row % 12}`), 'one-hot'],
    [texts('thirteen', (row) => `c${row % 13}`), 'categories'],
    [texts('name', (row) => `n${row}`), 'identifier'],
    [numbers('count', (row) => row + 3), 'identifier'],
    [numbers('user_id', (row) => 17 * row + 1), 'identifier'],
    [numbers('spread', (row) => 17 * row + 1), 'feature'],
    [numbers('same', () => 4), 'constant'],
    [texts('same', () => 'a'), 'constant'],
    [numbers('age', (row) => row, { missing: 3 }), 'missing'],
    [texts('day', (row) => `2024-01-${row}`, { kind: 'times' }), 'times'],
    [texts('mixed', () => '', { kind: 'unreadable', problem: '"x"' }), 'unreadable'],
    [numbers('', (row) => row, { index: true }), 'index'],
    [texts('split', (row) => (row % 3 ? 'train' : 'test')), 'split'],
    // Only a name for a split makes one.
    [texts('other', (row) => (row % 3 ? 'train' : 'test')), 'one-hot'],
  ])('%o', (each, expected) => {
    expect(uses([x, each, y])[each.name]).toBe(expected);
  });
});

describe('what is to be learned', () => {
  const targetOf = (columns: readonly FoundColumn[], asked?: string) => {
    const { column: found, why } = proposeForColumns(columns, asked).target;
    return [found.name, why];
  };
  const kind = texts('kind', (row) => 'ab'[row % 2]!);

  test('a name before a place, the plainer name before another, and what is asked for before both', () => {
    expect(targetOf([x, z, kind])).toEqual(['kind', 'last']);
    expect(targetOf([x, y, kind])).toEqual(['y', 'name']);
    const named = [texts('Species', (row) => 'ab'[row % 2]!), x, numbers('Target', (row) => row % 2), kind];
    expect(targetOf(named)).toEqual(['Target', 'name']);
    expect(targetOf(named, 'x')).toEqual(['x', 'asked']);
  });

  test('no column that numbers the rows, is the same in all, has no value in some, or is of days', () => {
    const not = [
      numbers('id', (row) => row),
      numbers('label', () => 1),
      numbers('target', (row) => row, { missing: 1 }),
      texts('class', (row) => `2024-01-${row}`, { kind: 'times' }),
      texts('why', (row) => `c${row % 33}`),
    ];
    expect(targetOf([x, kind, not[0]!, not[4]!])).toEqual(['kind', 'last']);
    for (const each of not.slice(1, 4))
      expect(() => proposeForColumns([x, kind, each])).toThrow(`column "${each.name}": found`);
    for (const each of not.slice(1)) expect(() => proposeForColumns([x, each], each.name)).toThrow(InputError);
    expect(() => proposeForColumns(not)).toThrow(
      'target: found no column that can be labels: id (numbers or names the rows), label (the same in every row), target (1 cell without a value), class (dates or durations), why (33 different texts), expected',
    );
    expect(() => proposeForColumns([x, ...not], 'target')).toThrow(
      'column "target": found 1 of 40 cells without a value',
    );
    expect(() => proposeForColumns([x, y], 'Y')).toThrow(
      'found "Y", which is no column, expected one of x, y; did you mean "y"?',
    );
    expect(() => proposeForColumns([x, y], 'x')).not.toThrow();
  });

  test('a table of a target alone has no feature; one that counts is, where its name is none of an identifier', () => {
    const [id, days] = [numbers('id', (row) => row), texts('day', (row) => `2024-01-${row}`, { kind: 'times' })];
    expect(() => proposeForColumns([id, days, y])).toThrow(
      'features: found none besides the target "y": id (numbers or names the rows), day (dates or durations), expected a column of different numbers, or of few texts, with a value in every row; write dates as numbers, such as days since the first',
    );
    expect(() => proposeForColumns([y])).toThrow('features: found none besides the target "y", expected');
    expect(uses([id, numbers('height', (row) => row + 58), y])).toEqual({
      id: 'identifier',
      height: 'feature',
      y: 'target',
    });
    expect(uses([numbers('rownames', (row) => 3 * row), x, y])).toMatchObject({ rownames: 'identifier' });
  });

  test('fewer rows than two to train on and one to test are refused', () => {
    const two = new Float64Array([1, 2]);
    expect(() => proposeForColumns([column('x', two, { rows: 2 }), column('y', two, { rows: 2 })])).toThrow(
      'rows: found 2, expected at least 3',
    );
    expect(() => proposeForArrays({ features: [{ name: 'x', values: two }], targetName: 'y', target: two })).toThrow(
      'rows: found 2',
    );
  });

  test.each<[FoundColumn, object]>([
    [texts('y', (row) => 'ba'[row % 2]!), { task: 'classes', classes: ['a', 'b'], few: false }],
    [numbers('y', (row) => row % 2, { kind: 'booleans' }), { task: 'classes', classes: ['false', 'true'] }],
    [numbers('y', (row) => (row % 10) - 5), { task: 'classes', few: true }],
    [numbers('y', (row) => row % 11), { task: 'regression' }],
    [numbers('y', (row) => (row % 2) / 2), { task: 'regression' }],
  ])('the task of %o', (each, task) => {
    expect(proposeForColumns([x, each]).target.task).toMatchObject(task);
  });
});

describe('the model to begin with', () => {
  const modelFor = (features: number, target: FoundColumn = y) =>
    proposeForColumns([...Array.from({ length: features }, (_, i) => noise(`f${i}`)), target]).model;

  test('a qubit a feature from 4 to 8, principal components beyond', () => {
    expect([1, 4, 6, 8].map((features) => modelFor(features).qubits)).toEqual([4, 4, 6, 8]);
    expect(modelFor(8)).not.toHaveProperty('components');
    expect(modelFor(9)).toMatchObject({ qubits: 8, components: 8 });
    // Every text counts.
    const words = texts('words', (row) => `c${row % 8}`);
    expect(proposeForColumns([words, x, y]).model).toMatchObject({ qubits: 8, components: 8 });
  });

  test('no more components than the features span directions: those of a text add up to 1', () => {
    const pairs = ['a', 'b', 'c', 'd', 'e'].map((name, k) => texts(name, (row) => `${name}${(row >> k) % 2}`));
    expect(proposeForColumns([...pairs, y]).model).toMatchObject({ components: 5, qubits: 5 });
  });

  test('an output for two classes or for numbers, one a class for more', () => {
    const classes = (count: number) =>
      modelFor(
        2,
        texts('y', (row) => `c${row % count}`),
      );
    expect(classes(2).observable).toBe('Z0');
    expect(classes(3).observable).toBe('classes');
    expect(classes(6)).toMatchObject({ qubits: 4, observable: 'classes' });
    // Five qubits and their ten pairs are the first that do.
    expect(classes(13)).toMatchObject({ qubits: 5, observable: 'classes' });
  });

  test('no label lies outside of the range of the readout, and numbers that are large or not around 0 are standardised', () => {
    for (const factor of [1e-20, 1e-3, 1, 30, 1e9])
      for (const offset of [-3, 0, 0.1, 1, 20]) {
        const values = Float64Array.from({ length: rows }, (_, row) => factor * (offset + Math.sin(row)));
        const { scale, standardize } = modelFor(2, column('y', values));
        expect(standardize).toBe(Math.abs(offset) >= 1 || factor < 1e-6 || factor * (1 + offset) > 1);
        const mean = values.reduce((sum, label) => sum + label / rows, 0);
        const deviation = Math.sqrt(values.reduce((sum, label) => sum + (label - mean) ** 2 / rows, 0));
        const sizes = values.map((label) => Math.abs(standardize ? (label - mean) / deviation : label));
        expect(scale).toBeGreaterThan(Math.max(...sizes));
      }
  });

  test('a thousand points are trained on at most', () => {
    const features = { name: 'x', values: new Float64Array(50_000) };
    const target = Float64Array.from({ length: 50_000 }, (_, row) => Math.sin(row));
    expect(proposeForArrays({ features: [features], targetName: 'y', target }).model.train).toBe(0.02);
    expect(modelFor(2).train).toBe(0.7);
  });

  test('of many outputs fewer points, and more than three classes have trained readouts', () => {
    const of = (classes: number, length: number) =>
      proposeForArrays({
        features: [{ name: 'x', values: new Float64Array(length) }],
        targetName: 'y',
        target: Float64Array.from({ length }, (_, row) => row % classes),
      }).model;
    expect([2, 3, 4, 5, 10].map((classes) => of(classes, 10_000).train)).toEqual([0.1, 0.1, 0.1, 0.08, 0.05]);
    expect([2, 3, 4, 10].map((classes) => of(classes, 100).readout)).toEqual([
      undefined,
      undefined,
      'trainable',
      'trainable',
    ]);
  });

  test('arrays: states have the qubits they are of, every column of labels a qubit', () => {
    const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
    const features = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `x${i}`, values }));
    const labels = { targetName: 'y', target: values };
    expect(proposeForArrays({ ...labels, features: features(64), states: true })).toMatchObject({
      states: true,
      model: { qubits: 5, observable: 'Z0' },
    });
    const wide = { values: Float64Array.from({ length: 6 * rows }, (_, i) => i % 5), width: 6 };
    expect(proposeForArrays({ features: features(2), targetName: 'y', target: wide })).toMatchObject({
      rows,
      width: 6,
      task: { task: 'regression' },
      model: { qubits: 4, observable: ['Z0', 'Z1', 'Z2', 'Z3', 'Z0*Z1', 'Z0*Z2'] },
    });
    for (const target of [values.fill(2), { values: values.fill(2), width: 2 }, values.map(() => 2).fill(0.5)])
      expect(() => proposeForArrays({ features: features(2), targetName: 'y', target })).toThrow(
        'labels: found the same label at every point',
      );
  });
});
