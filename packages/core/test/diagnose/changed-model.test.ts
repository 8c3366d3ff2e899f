import { expect, test } from 'vitest';
import { deeperSpec, readoutSpec, rescaledSpec, richerSpec, simplerSpec } from '../../src/diagnose/changed-model.ts';
import { halfOfPoints } from '../../src/diagnose/half-of-points.ts';
import type { Verdict } from '../../src/diagnose/verdict.ts';
import { type ModelSpec, modelSchema } from '../../src/model/schema.ts';
import { dataOf, range } from '../helpers/problems.ts';

const specOf = (encoding: object, layers = 4): ModelSpec =>
  modelSchema.parse({ qubits: 3, encoding, ansatz: { kind: 'hea', layers }, observable: 'Z0' });
const fromFile: ModelSpec = modelSchema.parse({ openqasm: 'a.qasm', observable: 'Z0' });

test('less freedom is a plainer encoding, or else fewer layers', () => {
  const plain = specOf({});
  for (const encoding of [{ frequency: 'high' }, { reupload: true }, { frequency: 'linear', reupload: true }])
    expect(simplerSpec(specOf(encoding))).toEqual({ spec: plain, by: 'encoding' });
  expect(simplerSpec(specOf({}, 5))).toEqual({ spec: specOf({}, 2), by: 'layers' });
  expect(simplerSpec(specOf({}, 1))).toBeUndefined();
  expect(simplerSpec(specOf({ kind: 'zz-feature-map' }))?.by).toBe('layers');
  expect(simplerSpec(fromFile)).toBeUndefined();
});

test('more of it is the encoding repeated, or more layers', () => {
  expect(richerSpec(specOf({ frequency: 'linear' }))).toEqual(specOf({ frequency: 'linear', reupload: true }));
  // Before one layer it is encoded once anyway.
  for (const spec of [specOf({ reupload: true }), specOf({ kind: 'amplitude' }), specOf({}, 1), fromFile])
    expect(richerSpec(spec)).toBeUndefined();
  expect(deeperSpec(specOf({}))).toEqual(specOf({}, 8));
  expect(deeperSpec(fromFile)).toBeUndefined();
  expect(readoutSpec(fromFile)).toEqual({ ...fromFile, readout: 'trainable' });
  expect(readoutSpec({ ...fromFile, readout: 'trainable' })).toBeUndefined();
});

test('a scale with room for the labels of every readout, where some are out of range', () => {
  const verdict = (regime: string, scaleWithRoom: number | null) =>
    ({ code: 'range', evidence: { regime, scaleWithRoom } }) as Verdict;
  expect(rescaledSpec(fromFile, [verdict('exponential', 2)])).toBeUndefined();
  expect(rescaledSpec(fromFile, [verdict('exponential', 2), verdict('stagnant', 4)])).toEqual({
    ...fromFile,
    scale: 4,
  });
  expect(rescaledSpec(fromFile, [verdict('stagnant', 4), verdict('stagnant', null)])).toBeUndefined();
});

test('half of the points has the shares of classes, in the order of the rows, by the seed', () => {
  const classes = dataOf(
    range(30),
    range(30).map((i) => (i % 5 === 0 ? 1 : -1)),
    range(21),
  );
  const half = halfOfPoints(classes, 7);
  expect(half.train).toHaveLength(11);
  expect(Array.from(half.train)).toEqual([...half.train].sort((a, b) => a - b));
  for (const row of half.train) expect(classes.train).toContain(row);
  // 5 of 21 are of the rarer class.
  const rare = half.train.reduce((count, row) => count + (classes.y[row] === 1 ? 1 : 0), 0);
  expect(rare).toBeGreaterThanOrEqual(2);
  expect(rare).toBeLessThanOrEqual(3);
  expect(halfOfPoints(classes, 7)).toEqual(half);
  expect(halfOfPoints(classes, 8).train).not.toEqual(half.train);
  expect(half.test).toEqual(classes.test);
});
