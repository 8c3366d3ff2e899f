import { describe, expect, test } from 'vitest';
import { columnNotes, encodingNotes } from '../../src/data/feature-notes.ts';
import { datasetFromTable } from '../../src/data/from-table.ts';
import type { Table } from '../../src/data/table.ts';
import { buildModel } from '../../src/model/build.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { engines } from '../../src/simulate/engines.ts';

const rows = 10;
const column = (name: string, of: (row: number) => number) => ({
  name,
  values: Float64Array.from({ length: rows }, (_, row) => of(row)),
});
const noise = column('noise', (row) => Math.sin(7 * row));
const target = Float64Array.from({ length: rows }, (_, row) => (-1) ** row);

function notesOf(...features: Table['features']) {
  const table: Table = { features, targetName: 'y', target };
  return columnNotes(table, datasetFromTable(table, { train: 1, seed: 1 }, 1));
}

describe('features that are the same throughout', () => {
  test('are told of together', () => {
    const constant = (name: string) => column(name, () => 0.1);
    expect(notesOf(constant('a'), noise, constant('b'))).toEqual([{ code: 'constant-features', features: ['a', 'b'] }]);
    expect(notesOf(noise)).toEqual([]);
  });

  test('among the training rows alone counts', () => {
    const split = { name: 'part', cells: Array.from({ length: rows }, (_, row) => (row < 4 ? 'train' : 'test')) };
    const table: Table = {
      features: [column('a', (row) => (row < 4 ? 1 : row)), noise],
      targetName: 'y',
      target,
      split,
    };
    const notes = columnNotes(table, datasetFromTable(table, { seed: 1 }, 1));
    expect(notes).toEqual([{ code: 'constant-features', features: ['a'] }]);
  });

  test('not amplitudes of states', () => {
    const amplitudes = [column('re_0', () => 1), ...['im_0', 're_1', 'im_1'].map((name) => column(name, () => 0))];
    const table: Table = { features: amplitudes, states: true, targetName: 'y', target };
    expect(columnNotes(table, datasetFromTable(table, { train: 1, seed: 1 }, 1))).toEqual([]);
  });
});

describe('features that number the rows', () => {
  const squares = (row: number) => 100 + row * row;
  test.each([
    'id',
    'ID',
    'sample_id',
    'PassengerId',
    'customerID',
    'index',
    'idx',
    'RowIndex',
    'row_number',
    'level_0',
  ])('by the name %s', (name) => {
    expect(notesOf(column(name, squares), noise)).toEqual([{ code: 'identifier', feature: name }]);
  });

  test.each(['humid', 'grid', 'valid', 'monkey', 'number', 'level', 'x'])('not by the name %s', (name) => {
    expect(notesOf(column(name, squares), noise)).toEqual([]);
  });

  test('by their values, in any order', () => {
    expect(
      notesOf(
        column('k', (row) => 5 + ((3 * row) % rows)),
        noise,
      ),
    ).toEqual([{ code: 'identifier', feature: 'k' }]);
    expect(
      notesOf(
        column('k', (row) => 2 * row),
        noise,
      ),
    ).toEqual([]);
  });

  test('not where a value comes twice, is no integer, or is the only feature', () => {
    expect(
      notesOf(
        column('id', (row) => Math.min(row, 8)),
        noise,
      ),
    ).toEqual([]);
    expect(
      notesOf(
        column('id', (row) => row + 0.5),
        noise,
      ),
    ).toEqual([]);
    expect(notesOf(column('id', (row) => row))).toEqual([]);
  });
});

describe('names of classes that look alike', () => {
  const notes = (names: readonly string[]) => {
    const table: Table = { features: [noise], targetName: 'y', target: target.map((y) => y) };
    const labelled: Table = { ...table, target: Array.from({ length: rows }, (_, row) => names[row % names.length]!) };
    return columnNotes(
      labelled,
      datasetFromTable(labelled, { train: 1, seed: 1 }, names.length > 2 ? names.length : 1),
    );
  };

  test.each([
    [['A', 'a']],
    [['K\u00f6ln', 'Ko\u0308ln']],
    [['a', 'a\u00a0']],
    [['a', 'a\u200b']],
    [['to do', 'to  do']],
  ])('%j', (names) => {
    expect(notes(names)).toEqual([{ code: 'similar-classes', classes: [...names].sort() }]);
  });

  test('others are fine, and a third does not hide them', () => {
    expect(notes(['Köln', 'Käln'])).toEqual([]);
    expect(notes(['yes', 'no', 'No'])).toEqual([{ code: 'similar-classes', classes: ['No', 'no'] }]);
  });
});

describe('features in the circuit', () => {
  const wasm = engines.wasm;

  function of(model: object, ...features: Table['features']) {
    const table: Table = { features, targetName: 'y', target };
    const spec = modelSchema.parse(model);
    const dataset = datasetFromTable(table, { train: 1, seed: 1 }, 1);
    return encodingNotes(buildModel(spec, features.length, wasm, {}), dataset);
  }

  const named = (encoding: object, qubits = 2) => ({
    qubits,
    encoding,
    ansatz: { kind: 'hea', layers: 1 },
    observable: 'Z0',
  });
  const wide = (name: string, width: number) => column(name, (row) => (width * row) / (rows - 1));

  /** A circuit of inputs x0 and x1 whose first gate turns by the expression. */
  function ofAngle(angle: string, ...features: Table['features']) {
    const text = `OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float x0;\ninput float x1;\ninput float a;\nqubit q;\nry(${angle}) q;\nrz(a) q;\n`;
    const circuit = readOpenqasm(text, { name: 'c', inputs: ['x0', 'x1'] });
    const spec = modelSchema.parse({ openqasm: 'c', inputs: ['x0', 'x1'], observable: 'Z0' });
    const table: Table = { features, targetName: 'y', target };
    const dataset = datasetFromTable(table, { train: 1, seed: 1 }, 1);
    return encodingNotes(buildModel(spec, features.length, wasm, { circuit }), dataset);
  }

  test('that no gate depends on', () => {
    const rest = column('rest', Math.cos);
    expect(ofAngle('x0', noise, rest)).toEqual([{ code: 'unused-features', features: ['rest'] }]);
    expect(ofAngle('x0 + a*x1', noise, rest)).toEqual([]);
  });

  test('that span more than two periods, as the encoding has them', () => {
    const two = 4 * Math.PI;
    expect(of(named({ gate: 'RY' }), noise, wide('x', 0.99 * two))).toEqual([]);
    expect(of(named({ gate: 'RY' }), noise, wide('x', 1.01 * two))).toEqual([
      {
        code: 'period',
        feature: 'x',
        low: 0,
        high: expect.closeTo(1.01 * two, 12),
        period: expect.closeTo(2 * Math.PI, 12),
        periods: expect.closeTo(2.02, 12),
      },
    ]);
    // Qubit 1 turns twice as fast at linear frequencies.
    expect(of(named({ gate: 'RY', frequency: 'linear' }), noise, wide('x', 0.51 * two))).toMatchObject([
      { feature: 'x', period: Math.PI, periods: expect.closeTo(2.04, 12) },
    ]);
  });

  test('of Unix time', () => {
    const notes = of(
      named({ gate: 'RY' }),
      noise,
      column('time', (row) => 1.7e9 + 3600 * row * row),
    );
    expect(notes).toMatchObject([{ code: 'period', feature: 'time', low: 1.7e9 }]);
  });

  test('by another function than c·x have no period', () => {
    expect(ofAngle('x0*x1', noise, wide('x', 1000))).toEqual([]);
    expect(ofAngle('x0 - 3*x1/2', noise, wide('x', 1000))).toMatchObject([{ period: expect.closeTo(4.1887902, 6) }]);
  });
});
