import { describe, expect, test } from 'vitest';
import { spanningPoints } from '../../src/certificate/spanning-points.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { multiply } from '../../src/linalg/matrix.ts';
import { buildModel } from '../../src/model/build.ts';
import { initialTheta } from '../../src/model/initial.ts';
import { bind } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { takePoints } from '../../src/model/take-points.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { difference, seed } from '../helpers/numbers.ts';

const angle = { qubits: 4, encoding: {}, ansatz: { kind: 'hea', layers: 3 }, observable: 'Z0*Z1' };
const points = 300;

/** A model on so many random points, of which the last repeats the first, as far as it is known by few of them. */
function problem(spec: object, features: number, range = 2) {
  const model = buildModel(modelSchema.parse(spec), features, engines.wasm);
  const draw = random(seed, features);
  const X = Float64Array.from({ length: points * features }, () => draw.uniform(-range, range));
  X.copyWithin((points - 1) * features, 0, features);
  const inputs = bind(model, X);
  return { model, inputs, spanning: spanningPoints(model, inputs) };
}

describe('points that determine all others', () => {
  // Turned about Y, a feature on q qubits gives trigonometric polynomials of degree q: 1 + 2q terms; on one qubit about Y after RZ the same.
  test.each([
    ['one feature on four qubits', angle, 1, 9],
    ['two features on two qubits each', angle, 2, 25],
    ['four features on a qubit each', angle, 4, 81],
    ['frequencies 1 to 4 of one feature', { ...angle, encoding: { frequency: 'linear' } }, 1, 21],
    ['several outputs', { ...angle, observable: ['Z0', 'Z1', 'X2'] }, 2, 25],
    ['a trained readout', { ...angle, readout: 'trainable' }, 2, 25],
    ['two amplitudes', { ...angle, encoding: { kind: 'amplitude' } }, 2, 3],
    [
      'a feature map of two qubits',
      { ...angle, qubits: 2, encoding: { kind: 'zz-feature-map' }, observable: 'Z0' },
      2,
      16,
    ],
  ])('%s', (_, spec, features, most) => {
    const { model, inputs, spanning } = problem(spec, features);
    expect(spanning!.points.length).toBeLessThanOrEqual(most);
    const few = takePoints(inputs, spanning!.points);
    for (let index = 0; index < 3; index++) {
      const theta = initialTheta(model, seed, index);
      const [all, some] = [jacobian(model, theta, inputs), jacobian(model, theta, few)];
      const of = (values: Float64Array) =>
        multiply(spanning!.weights, values, points, few.points, values.length / few.points);
      expect(difference(of(some.f), all.f)).toBeLessThan(1e-11);
      expect(difference(of(some.J), all.J)).toBeLessThan(1e-11);
    }
  });

  test('points close together make no large weights', () => {
    const { model, inputs, spanning } = problem(angle, 2, 0.01);
    const theta = initialTheta(model, seed, 0);
    const few = takePoints(inputs, spanning!.points);
    const { f } = jacobian(model, theta, few);
    expect(
      difference(multiply(spanning!.weights, f, points, few.points, 1), jacobian(model, theta, inputs).f),
    ).toBeLessThan(1e-11);
    expect(Math.max(...spanning!.weights.map(Math.abs))).toBeLessThan(10);
  });

  test('there are none where data enter behind trained gates, or dimensions are many', () => {
    expect(problem({ ...angle, encoding: { reupload: true } }, 2).spanning).toBeUndefined();
    expect(problem({ ...angle, qubits: 6 }, 6).spanning).toBeUndefined();
  });
});
