import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameter } from '../../src/circuit/angle.ts';
import type { Operation } from '../../src/circuit/circuit.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { spectrumOfJacobian } from '../../src/kernel/spectrum.ts';
import { symmetricEigen } from '../../src/linalg/eigen.ts';
import { gram } from '../../src/linalg/matrix.ts';
import { buildModel } from '../../src/model/build.ts';
import { takeRows } from '../../src/model/dataset.ts';
import { bind } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { random } from '../../src/random/random.ts';
import { wasm } from '../../src/simulate/wasm/engine.ts';
import { modelOf, sourceOf, uniform } from '../helpers/circuits.ts';
import { difference, largest, runs, seed } from '../helpers/numbers.ts';

const kinds = fc.record({
  words: fc.nat(),
  qubits: fc.integer({ min: 1, max: 4 }),
  layers: fc.integer({ min: 1, max: 4 }),
  points: fc.integer({ min: 1, max: 12 }),
  kind: fc.constantFrom('hea', 'hva', 'real-amplitudes', 'efficient-su2', 'strongly-entangling', 'basic-entangler'),
  frequency: fc.constantFrom('low', 'linear', 'high'),
  reupload: fc.boolean(),
});
type Kind = typeof kinds extends fc.Arbitrary<infer T> ? T : never;

function setUp({ words, qubits, layers, points, kind, frequency, reupload }: Kind, scale = 1) {
  const draw = random(words);
  const spec = { qubits, encoding: { frequency, reupload }, ansatz: { kind, layers }, observable: 'Z0', scale };
  const model = buildModel(modelSchema.parse(spec), 1, wasm);
  const X = uniform(draw, points);
  const theta = uniform(draw, model.parameters);
  const { J, rows, columns } = jacobian(model, theta, bind(model, X));
  return { model, X, theta, J, rows, columns, K: gram(J, rows, columns), draw };
}

describe(`tangent kernel of random models (seed ${seed})`, () => {
  const check = (law: (kind: Kind) => void) => fc.assert(fc.property(kinds, law), { seed, numRuns: runs(60) });

  test('is symmetric and has no negative eigenvalue', () =>
    check((kind) => {
      const { K, rows } = setUp(kind);
      for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) expect(K[i * rows + j]).toBe(K[j * rows + i]);
      const { values } = symmetricEigen(K, rows);
      expect(values[rows - 1]).toBeGreaterThanOrEqual(-rows * 4 * Number.EPSILON * Math.max(values[0], 1e-30));
    }));

  test('grows with γ²', () =>
    check((kind) => {
      const { K } = setUp(kind);
      const scaled = setUp(kind, 2.5).K;
      expect(
        difference(
          scaled,
          K.map((entry) => 6.25 * entry),
        ),
      ).toBeLessThan(1e-14 * Math.max(1, largest(scaled)));
    }));

  test('has rank at most min(m, P), and 4ⁿ − 1 where the data enters once', () =>
    check((kind) => {
      const { J, rows, columns } = setUp(kind);
      // Jᵢₗ = tr(ρᵢ·∂ₗM), ∂ₗM traceless: with re-uploading there is no such ρᵢ, and no such bound.
      const operators = kind.reupload ? Infinity : 4 ** kind.qubits - 1;
      expect(spectrumOfJacobian(J, rows, columns).rank).toBeLessThanOrEqual(Math.min(rows, columns, operators));
    }));

  test('is permuted with the points', () =>
    check((kind) => {
      const { model, X, theta, J, columns, draw } = setUp(kind);
      const order = draw.permutation(X.length);
      const moved = jacobian(model, theta, bind(model, takeRows(X, 1, order))).J;
      // Blocks of several points may add in another order.
      expect(difference(moved, takeRows(J, columns, order))).toBeLessThan(1e-13);
    }));
});

test('re-uploading lifts the bound of 4ⁿ − 1', () => {
  const { J, rows, columns } = setUp({
    ...{ words: 4, qubits: 1, layers: 5, points: 9, kind: 'hea', frequency: 'low', reupload: true },
  });
  // With it 1, cos kx and sin kx with k ≤ 5 are there …
  expect(spectrumOfJacobian(J, rows, columns).rank).toBeGreaterThan(3);
  const once = setUp({ words: 4, qubits: 1, layers: 5, points: 9, kind: 'hea', frequency: 'low', reupload: false });
  // … without it the states lie in a plane of the Bloch ball: two directions.
  expect(spectrumOfJacobian(once.J, once.rows, once.columns).rank).toBe(2);
});

describe('what a readout does not see has no derivative', () => {
  const ry = (qubit: number, index: number): Operation => ({ gate: 'ry', wires: [qubit], angles: [parameter(index)] });
  const rz = (qubit: number, index: number): Operation => ({ gate: 'rz', wires: [qubit], angles: [parameter(index)] });
  const operations: Operation[] = [
    ry(0, 0),
    ry(1, 1),
    ry(2, 2),
    { gate: 'cz', wires: [0, 1] },
    ry(0, 3),
    ry(1, 4),
    { gate: 'cz', wires: [1, 2] },
    rz(0, 5),
    rz(1, 6),
  ];
  const theta = Float64Array.of(0.3, 0.7, 1.1, 1.3, 1.7, 1.9, 2.3);
  const columnsOf = (observable: string) => {
    const model = modelOf(sourceOf(3, 0, operations), [observable], wasm);
    const { J } = jacobian(model, theta, bind(model, new Float64Array(0)));
    // What is not exactly 0 here is of the order of 0.1; rounding is not.
    return [...J.keys()].filter((k) => Math.abs(J[k]) > 1e-14);
  };

  test('outside its light cone', () => {
    // Z0 ← ry(0, 3) ← cz(0, 1) ← ry(0), ry(1); neither qubit 2 nor what comes after on qubit 1.
    expect(columnsOf('Z0')).toEqual([0, 1, 3]);
    expect(columnsOf('Z2')).toEqual([2]);
  });

  test('where it commutes: rz before Z, not before X', () => {
    expect(columnsOf('Z1')).not.toContain(6);
    expect(columnsOf('X0')).toContain(5);
    expect(columnsOf('X0')).not.toContain(6);
  });
});
