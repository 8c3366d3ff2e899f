import { describe, expect, test } from 'vitest';
import { buildModel } from '../../src/model/build.ts';
import { takeRows } from '../../src/model/dataset.ts';
import { bind } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { takePoints } from '../../src/model/take-points.ts';
import { random } from '../../src/random/random.ts';
import { reference } from '../../src/simulate/reference.ts';

const ansatz = { kind: 'hea', layers: 2 };
const specs = [
  { encoding: { gate: 'RY' } },
  { encoding: { gate: 'RX', reupload: true, scaling: 'trainable' } },
  { encoding: { kind: 'amplitude' } },
];

describe.each(specs)('some of the points of a model with %o', (spec) => {
  const model = buildModel(modelSchema.parse({ qubits: 3, ansatz, observable: 'Z0', ...spec }), 3, reference);
  const draw = random(77);
  const X = Float64Array.from({ length: 7 * 3 }, () => draw.normal());
  const rows = Int32Array.of(10, 11, 12, 13, 14, 15, 16);

  test.each([[[0]], [[6, 2, 4]], [[1, 1]], [[]]])('%j are as if they were prepared alone', (positions) => {
    const some = Int32Array.from(positions);
    const alone = bind(
      model,
      takeRows(X, 3, some),
      some.map((position) => rows[position]),
    );
    expect(takePoints(bind(model, X, rows), some)).toEqual(alone);
  });
});
