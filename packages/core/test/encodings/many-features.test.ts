import { expect, test } from 'vitest';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind, outputs } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { engines } from '../../src/simulate/engines.ts';

const qubits = 2;

function modelOf(features: number, layers: number, encoding: object) {
  const spec = {
    qubits,
    encoding: { reupload: true, ...encoding },
    ansatz: { kind: 'hea', layers },
    observable: ['X0', 'X1', 'Y0'],
  };
  return buildModel(modelSchema.parse(spec), features, engines.reference);
}

test.each(['angle', 'zz-feature-map', 'iqp-feature-map'])(
  '%s: all features enter, a block of qubits at a time',
  (kind) => {
    const features = 5;
    const model = modelOf(features, 3, { kind });
    const theta = initialTheta(model, 1, 0);
    const X = Float64Array.from({ length: features }, (_, f) => 0.3 + 0.2 * f);
    const before = outputs(model, theta, bind(model, X));
    for (let f = 0; f < features; f++) {
      const after = outputs(model, theta, bind(model, X.with(f, X[f] + 0.1)));
      expect(Math.max(...after.map((value, o) => Math.abs(value - before[o])))).toBeGreaterThan(1e-4);
    }
  },
);

test('encodings go on where the one before ended, and begin again after the last feature', () => {
  const rotations = modelOf(3, 3, {}).circuit.source.operations.filter(
    ({ gate, angles }) => gate === 'ry' && angles?.[0].offset.kind === 'input',
  );
  const taken = rotations.map(({ wires, angles }) => [wires[0], (angles![0].offset as { index: number }).index]);
  expect(taken).toEqual([
    [0, 0],
    [1, 1],
    [0, 2],
    [1, 0],
    [0, 1],
    [1, 2],
  ]);
});

test('as many features as qubits are encoded as before: the same ones each time', () => {
  const many = modelOf(2, 3, {});
  const once = buildModel(
    modelSchema.parse({ qubits, encoding: {}, ansatz: { kind: 'hea', layers: 3 }, observable: 'X0' }),
    2,
    engines.reference,
  );
  const first = ({ circuit }: typeof once) => circuit.source.operations.slice(0, 2);
  expect(first(many)).toEqual(first(once));
});

test('layers that are too few for the features are refused, with what mends it', () => {
  expect(() => modelOf(5, 2, {})).toThrow(
    'data: found 5 features, expected at most 4, which encoding "angle" takes on 2 qubits before 2 layers; data.components: 4 (principal components), data.features: […] with at most 4 columns, or 3 layers',
  );
});

test('trainable scaling has a factor for each feature of each encoding', () => {
  const model = modelOf(3, 2, { scaling: 'trainable' });
  expect(model.names.slice(-4)).toEqual(['scaling_0_0', 'scaling_0_1', 'scaling_1_2', 'scaling_1_0']);
  const theta = initialTheta(model, 2, 0);
  const X = Float64Array.from([0.4, 0.7, -0.3]);
  const fixed = modelOf(3, 2, {});
  const at = (scales: number[]) => theta.map((value, k) => scales[k - (theta.length - 4)] ?? value);
  expect(outputs(model, at([1, 1, 1, 1]), bind(model, X))).toEqual(outputs(fixed, theta.slice(0, -4), bind(fixed, X)));
  // Central differences of the outputs; their error is of the order of h².
  const { J } = jacobian(model, theta, bind(model, X));
  const h = 1e-5;
  const [up, down] = [h, -h].map((step) => outputs(model, theta.with(-2, theta.at(-2)! + step), bind(model, X)));
  up.forEach((value, o) => {
    expect(Math.abs((value - down[o]) / (2 * h) - J[o * theta.length + theta.length - 2])).toBeLessThan(1e-8);
  });
});
