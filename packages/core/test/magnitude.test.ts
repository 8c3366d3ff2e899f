import { expect, test } from 'vitest';
import { datasetFromTable } from '../src/data/from-table.ts';
import { buildModel } from '../src/model/build.ts';
import { modelSchema } from '../src/model/schema.ts';
import { engines } from '../src/simulate/engines.ts';

const labelled = (target: readonly number[]) =>
  datasetFromTable(
    {
      targetName: 'y',
      target: Float64Array.from(target),
      features: [{ name: 'x', values: Float64Array.from(target.keys()) }],
    },
    { seed: 1 },
    1,
  );

test.each([1e200, -1e61, 1e-61, 5e-324])(
  'a label of %d, whose square is Infinity or 0, is refused with its row',
  (label) => {
    expect(() => labelled([0, 1, label])).toThrow(
      /y: found .*, expected 0 or a size from 1e-60 to 1e\+60; choose other/,
    );
  },
);

test('labels up to the bounds are as they are', () => {
  expect([...labelled([1e60, -1e-60, 0]).y]).toEqual([1e60, -1e-60, 0]);
});

test.each([
  [1e300, 'Z0', 'model.scale'],
  [1e-300, 'Z0', 'model.scale'],
  [1e50, '1e50*Z0', 'model.observable'],
  [1, '1e-70*Z0', 'model.observable'],
])('a readout of scale %d times %s is refused', (scale, observable, key) => {
  const spec = { qubits: 1, encoding: { gate: 'RY' }, ansatz: { kind: 'hea', layers: 1 }, observable, scale };
  // The schema refuses such a scale before; whoever builds a model without it is told here.
  const unchecked = { ...modelSchema.parse({ ...spec, scale: 1 }), scale };
  expect(() => buildModel(unchecked, 1, engines.wasm)).toThrow(new RegExp(`^${key}: found `));
});
