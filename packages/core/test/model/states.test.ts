import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datasetFromTable } from '../../src/data/from-table.ts';
import type { Table } from '../../src/data/table.ts';
import { jacobian, jacobianMethods } from '../../src/kernel/jacobian.ts';
import { gram } from '../../src/linalg/matrix.ts';
import { buildModel } from '../../src/model/build.ts';
import { bind, type Model } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { type Random, random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { train } from '../../src/train/train.ts';
import { uniform } from '../helpers/circuits.ts';
import { difference, runs, seed } from '../helpers/numbers.ts';

const oracle = JSON.parse(readFileSync(new URL('numpy-states.json', import.meta.url), 'utf8'));
const { wasm } = engines;

const specOf = (qubits: number, observable: string | string[], layers = 2, encoding: object = { kind: 'amplitude' }) =>
  modelSchema.parse({ qubits, encoding, ansatz: { kind: 'hea', layers }, observable, scale: 1.5 });

/** A model whose data are states. */
const onStates = (qubits: number, observable: string | string[], engine = wasm): Model =>
  buildModel(specOf(qubits, observable), 2 * 2 ** qubits, engine, { states: true });

/** States of random direction, interleaved. */
function randomStates(draw: Random, points: number, dimension: number): Float64Array {
  const X = Float64Array.from({ length: 2 * points * dimension }, () => draw.normal());
  for (let i = 0; i < points; i++) {
    const row = X.subarray(2 * i * dimension, 2 * (i + 1) * dimension);
    const norm = Math.hypot(...row);
    for (let k = 0; k < row.length; k++) row[k] /= norm;
  }
  return X;
}

describe.each(Object.values(engines))('complex amplitudes on engine $name', (engine) => {
  test('outputs and Jacobians are those of dense matrices in numpy', () => {
    const spec = { ...specOf(oracle.qubits, oracle.observable, oracle.layers), scale: 1 };
    const model = buildModel(spec, 2 * 2 ** oracle.qubits, engine, { states: true });
    const inputs = bind(model, Float64Array.from(oracle.X.flat()));
    for (const [name, method] of Object.entries(jacobianMethods)) {
      const { f, J } = method(model, Float64Array.from(oracle.theta), inputs);
      expect(difference(f, oracle.f)).toBeLessThan(1e-13);
      expect(difference(J, oracle.J)).toBeLessThan(name === 'difference' ? 1e-8 : 1e-13);
    }
  });

  test(`product states made by hand are those of the angle encoding (seed ${seed})`, () => {
    const draw = random(seed, 1);
    const [qubits, points] = [3, 4];
    const angles = uniform(draw, points * qubits);
    const states = new Float64Array(points * 2 * 2 ** qubits);
    for (let i = 0; i < points; i++)
      for (let k = 0; k < 2 ** qubits; k++) {
        // RX(x)|0⟩ = cos(x/2)|0⟩ − i sin(x/2)|1⟩.
        let size = 1;
        for (let q = 0; q < qubits; q++)
          size *= (k >> q) & 1 ? Math.sin(angles[i * qubits + q] / 2) : Math.cos(angles[i * qubits + q] / 2);
        const ones = k.toString(2).replaceAll('0', '').length;
        const at = 2 * (i * 2 ** qubits + k);
        [states[at], states[at + 1]] = [
          [size, 0],
          [0, -size],
          [-size, 0],
          [0, size],
        ][ones];
      }
    const byAngle = buildModel(specOf(qubits, ['Z0*X1', 'Y2'], 2, { gate: 'RX' }), qubits, engine);
    const byState = onStates(qubits, ['Z0*X1', 'Y2'], engine);
    const theta = uniform(draw, byAngle.parameters);
    const a = jacobian(byAngle, theta, bind(byAngle, angles));
    const b = jacobian(byState, theta, bind(byState, states));
    expect(difference(a.f, b.f)).toBeLessThan(1e-14);
    expect(difference(a.J, b.J)).toBeLessThan(1e-14);
  });

  test('a global phase changes nothing, and real states are real amplitudes', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (s, n, phase) => {
          const draw = random(s);
          const model = onStates(n, 'X0', engine);
          const theta = uniform(draw, model.parameters);
          const X = randomStates(draw, 3, 2 ** n);
          const turned = X.map((value, k) =>
            k % 2
              ? Math.cos(phase) * value + Math.sin(phase) * X[k - 1]
              : Math.cos(phase) * value - Math.sin(phase) * X[k + 1],
          );
          const before = jacobian(model, theta, bind(model, X));
          const after = jacobian(model, theta, bind(model, turned));
          expect(difference(before.f, after.f)).toBeLessThan(1e-13);
          expect(difference(before.J, after.J)).toBeLessThan(1e-13);
          const features = X.filter((_, k) => k % 2 === 0);
          const plain = buildModel(specOf(n, 'X0'), 2 ** n, engine);
          const alone = jacobian(plain, theta, bind(plain, features));
          const real = jacobian(
            model,
            theta,
            bind(
              model,
              X.map((value, k) => (k % 2 ? 0 : value)),
            ),
          );
          expect(difference(alone.J, real.J)).toBeLessThan(1e-13);
        },
      ),
      { seed, numRuns: runs(30) },
    );
  });
});

test(`no more independent rows than d² − 1, whatever the number of states and parameters (seed ${seed})`, () => {
  const draw = random(seed, 2);
  const model = buildModel({ ...specOf(1, 'Z0'), scale: 1 }, 4, wasm, { states: true });
  const points = 8;
  const { J, rows, columns } = jacobian(
    model,
    uniform(draw, model.parameters),
    bind(model, randomStates(draw, points, 2)),
  );
  const K = gram(J, rows, columns);
  // tr(M U†ρU) is affine in the three coordinates of a qubit's ρ: four rows and more depend on each other.
  const determinant = (order: number): number => {
    const A = Array.from({ length: order }, (_, i) => Array.from({ length: order }, (__, j) => K[i * rows + j]));
    let product = 1;
    for (let p = 0; p < order; p++) {
      product *= A[p][p];
      for (let i = p + 1; i < order; i++) for (let j = order - 1; j >= p; j--) A[i][j] -= (A[i][p] / A[p][p]) * A[p][j];
    }
    return product;
  };
  expect(determinant(2)).toBeGreaterThan(1e-3);
  expect(Math.abs(determinant(4))).toBeLessThan(1e-12);
});

describe('data sets of states', () => {
  /** |0⟩, |1⟩ and two of their superpositions. */
  const h = Math.SQRT1_2;
  const states = [
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [h, 0, h, 0],
    [h, 0, 0, -h],
  ];
  const table = (rows: number[][]): Table => ({
    features: [0, 1, 2, 3].map((c) => ({ name: `c${c}`, values: Float64Array.from(rows, (row) => row[c]) })),
    states: true,
    targetName: 'y',
    target: Float64Array.from(rows, (_, i) => 0.5 - 0.3 * i),
  });
  const all = { train: 1, seed: 1 };

  test('are trained on', () => {
    const dataset = datasetFromTable(table(states), all, 1);
    expect(dataset.states).toBe(true);
    const model = onStates(1, 'Z0');
    const options = { optimizer: 'lbfgs', loss: 'mean', steps: 200, theta0: Float64Array.of(0.3, 1, 2, 0.5) } as const;
    const { trajectory } = train(model, dataset, options);
    expect(trajectory.trainLoss.at(-1)).toBeLessThan(0.5 * (trajectory.trainLoss[0] ?? 0));
  });

  test('a state that is not normalised is refused, rounding of single precision is not', () => {
    const changed = (factor: number) => table(states.map((row, i) => (i === 2 ? row.map((v) => v * factor) : row)));
    expect(() => datasetFromTable(changed(1.1), all, 1)).toThrow(
      'row 2 (from 0): found a state of norm 1.1, expected norm 1; divide it by its norm',
    );
    expect(() => datasetFromTable(changed(0), all, 1)).toThrow(
      'row 2 (from 0): found a state of norm 0, expected norm 1',
    );
    expect(() => datasetFromTable(changed(1 + 1e-5), all, 1)).toThrow('norm 1.00001');
    const { X } = datasetFromTable(changed(1 + 1e-7), all, 1);
    const { amplitudes } = bind(onStates(1, 'Z0'), X);
    expect(Math.hypot(...(amplitudes as Float64Array).subarray(8, 12))).toBeCloseTo(1, 14);
  });

  test('have no range, no other encoding and as many amplitudes as the qubits', () => {
    expect(() => datasetFromTable(table(states), { ...all, range: [0, 1] }, 1)).toThrow(
      'data.range: found [0, 1], expected none, as amplitudes of states cannot be scaled',
    );
    expect(() => buildModel(specOf(1, 'Z0', 1, {}), 4, wasm, { states: true })).toThrow(
      'model.encoding.kind: found "angle", expected amplitude, as the data are complex: states to start from',
    );
    expect(() => buildModel(specOf(3, 'Z0'), 8, wasm, { states: true })).toThrow(
      'model.qubits: found 3 qubits, expected 2, as the states of the data have 4 amplitudes',
    );
  });
});

test('amplitudes of more features than fit on the stack', () => {
  const X = new Float64Array(2 ** 17).fill(3);
  const { amplitudes } = bind(buildModel(specOf(17, 'Z0', 1), X.length, engines.reference), X);
  expect(amplitudes?.[2 * 70_000]).toBeCloseTo(2 ** -8.5, 14);
});
