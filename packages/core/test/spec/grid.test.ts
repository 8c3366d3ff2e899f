import { describe, expect, test } from 'vitest';
import { parseGrid, parseSpec } from '../../src/index.ts';

const data = { source: 'moons' };
const model = (rest: object = {}) => ({
  qubits: 2,
  encoding: { frequency: { each: ['low', 'linear'] } },
  ansatz: { kind: 'hea', layers: { each: [1, 2, 4] } },
  observable: 'Z0',
  ...rest,
});
const all = (value: unknown) => {
  const grid = parseGrid(value);
  return Array.from({ length: grid.size }, (_, k) => grid.member(k));
};

describe('members of a grid', () => {
  test('all combinations, the last key turning fastest', () => {
    const members = all({ data, model: model() });
    expect(members.map(({ name }) => name)).toEqual([
      'frequency low · layers 1',
      'frequency low · layers 2',
      'frequency low · layers 4',
      'frequency linear · layers 1',
      'frequency linear · layers 2',
      'frequency linear · layers 4',
    ]);
    expect(members[4]!.values).toEqual({ 'model.encoding.frequency': 'linear', 'model.ansatz.layers': 2 });
    const spec = parseSpec(members[4]!.spec).model;
    expect('ansatz' in spec && spec.ansatz).toMatchObject({ kind: 'hea', layers: 2 });
  });

  test('candidates one by one: their keys stand in place of those of the SPEC, and may have choices of their own', () => {
    const explicit = {
      name: 'deep',
      model: { ...model(), encoding: {}, ansatz: { kind: 'hva', layers: { each: [8, 9] } } },
    };
    const members = all({ data, model: { ...model(), encoding: {} }, candidates: [explicit] });
    expect(members.map(({ name }) => name)).toEqual([
      'layers 1',
      'layers 2',
      'layers 4',
      'deep · layers 8',
      'deep · layers 9',
    ]);
    expect(members[3]!.spec).toEqual({
      data,
      model: { ...explicit.model, ansatz: { kind: 'hva', layers: 8 } },
    });
  });

  test('a grid of a billion is counted, not written out', () => {
    const ten = { each: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
    const keys = Array.from({ length: 9 }, (_, k) => [`key${k}`, ten]);
    const grid = parseGrid({ data, model: Object.fromEntries(keys) });
    expect(grid.size).toBe(1e9);
    expect(Object.values(grid.member(123_456_789).values)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('keys of one name are told apart', () => {
    const members = all({
      data: { ...data, seed: { each: [1, 2] } },
      model: model(),
      initial: { seed: { each: [3] } },
    });
    expect(members[0]!.name).toBe('data.seed 1 · frequency low · layers 1 · initial.seed 3');
  });

  test('a kind is named by what is of that kind', () => {
    const { member } = parseGrid({
      data,
      model: {
        ...model(),
        encoding: { kind: { each: ['angle', 'zz-feature-map'] } },
        ansatz: { kind: { each: ['hea', 'hva'] }, layers: 2 },
      },
    });
    expect(member(1)).toMatchObject({
      name: 'encoding angle · ansatz hva',
      values: { 'model.encoding.kind': 'angle', 'model.ansatz.kind': 'hva' },
    });
  });

  test('mappings as values say what they say', () => {
    const encodings = { each: [{ gate: 'RX', reupload: true }, { frequency: 'high' }] };
    const names = all({ data, model: { ...model(), ansatz: {}, encoding: encodings } }).map(({ name }) => name);
    expect(names).toEqual(['encoding RX reupload', 'encoding high']);
  });
});

describe('what is no grid', () => {
  test.each([
    ['no values', { data, model: { each: [] } }, 'model.each', 'at least 1 value'],
    ['no list', { data, model: { each: 3 } }, 'model.each', 'found 3'],
    ['more than each', { data, model: { each: [1], other: 2 } }, 'model.each', 'beside other'],
    ['each inside each', { data, model: { each: [1, { each: [2] }] } }, 'model.each.1', 'each inside each'],
    ['neither model nor candidates', { data }, 'GRID', 'nothing to compare'],
    ['candidates without names', { data, candidates: [{ model: {} }] }, 'candidates.0.name', 'found'],
    ['folds of one', { data, model: {}, selection: { folds: 1 } }, 'selection.folds', 'at least 2'],
    [
      'a validation part of all',
      { data, model: {}, selection: { validation: 1 } },
      'selection.validation',
      'less than 1',
    ],
    ['a list', [1], 'GRID', 'expected a mapping'],
  ])('%s', (_, value, where, words) => {
    expect(() => parseGrid(value)).toThrow(new RegExp(`${where}.*${words}`));
  });
});
