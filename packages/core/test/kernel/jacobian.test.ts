import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Angle, parameter } from '../../src/circuit/angle.ts';
import type { CircuitSource, Operation } from '../../src/circuit/circuit.ts';
import { constant, input } from '../../src/circuit/expression.ts';
import { angleCount, gates } from '../../src/circuit/gates.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { bind } from '../../src/model/model.ts';
import { random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { reference } from '../../src/simulate/reference.ts';
import { expectAgreement } from '../helpers/agreement.ts';
import { modelOf, names, randomOperation, randomSum, sourceOf, uniform } from '../helpers/circuits.ts';
import { difference, largest, runs, seed } from '../helpers/numbers.ts';

const parametrised = [...gates.values()].filter((gate) => angleCount(gate) > 0);

describe.each(Object.values(engines))('adjoint, shift and difference agree on engine $name', (engine) => {
  test.each(parametrised)('for $name, from an entangled state', (gate) => {
    const draw = random(seed, 2);
    const opening: Operation[] = [0, 1, 2].flatMap((q): Operation[] => [
      { gate: 'u', wires: [q], angles: [0, 1, 2].map(() => ({ offset: constant(draw.uniform(-3, 3)), terms: [] })) },
      { gate: 'cx', wires: [q, (q + 1) % 3] },
    ]);
    const trained = Array.from({ length: angleCount(gate) }, (_, k) => parameter(k));
    const operations = [...opening, { gate: gate.name, wires: [2, 0, 1].slice(0, gate.qubits), angles: trained }];
    const model = modelOf(sourceOf(3, 0, operations), ['X0*Y2', 'Z1 - 0.5*Y0', 'mean-Z'], engine);
    const theta = uniform(draw, trained.length);
    expectAgreement(model, new Float64Array(0), theta);
    // The state is no eigenstate and the readouts see the gate: something has to come out.
    expect(largest(jacobian(model, theta, bind(model, new Float64Array(0))).J)).toBeGreaterThan(1e-3);
  });

  test(`on random circuits: shared, affine and scaled by inputs (seed ${seed})`, () => {
    const shapes = fc.record({
      words: fc.nat(),
      qubits: fc.integer({ min: 1, max: 4 }),
      operations: fc.integer({ min: 1, max: 20 }),
      points: fc.integer({ min: 1, max: 4 }),
      outputs: fc.integer({ min: 1, max: 3 }),
      amplitudes: fc.boolean(),
    });
    const law = fc.property(shapes, (shape) => {
      const draw = random(shape.words);
      const features = 2;
      const operations = Array.from({ length: shape.operations }, () =>
        randomOperation(draw, shape.qubits, features, 3),
      );
      const source: CircuitSource = {
        ...{ qubits: shape.qubits, inputs: features, parameters: names(3) },
        start: shape.amplitudes ? 'amplitudes' : 'zero',
        operations,
      };
      const observables = Array.from({ length: shape.outputs }, () => randomSum(draw, shape.qubits));
      const model = modelOf(source, observables, engine, 1.5);
      expectAgreement(model, uniform(draw, shape.points * features), uniform(draw, 3));
    });
    fc.assert(law, { seed, numRuns: runs(60) });
  });
});

describe('by hand', () => {
  const ry = (...angles: Angle[]): Operation[] => angles.map((angle) => ({ gate: 'ry', wires: [0], angles: [angle] }));
  const at = (operations: Operation[], x: number[], theta: number[], gamma = 1) => {
    const model = modelOf(sourceOf(1, 1, operations), ['Z0', 'X0'], reference, gamma);
    return jacobian(model, Float64Array.from(theta), bind(model, Float64Array.from(x)));
  };

  test('⟨Z⟩ = cos a and ⟨X⟩ = sin a, outputs fastest, γ included', () => {
    const { f, J, rows, columns } = at(ry({ offset: input(0), terms: parameter(0).terms }), [0.2, 0.5], [0.3], 2);
    expect([rows, columns]).toEqual([4, 1]);
    const angles = [0.5, 0.8];
    expect(
      difference(
        f,
        angles.flatMap((a) => [2 * Math.cos(a), 2 * Math.sin(a)]),
      ),
    ).toBeLessThan(1e-15);
    expect(
      difference(
        J,
        angles.flatMap((a) => [-2 * Math.sin(a), 2 * Math.cos(a)]),
      ),
    ).toBeLessThan(1e-15);
  });

  test('a shared parameter adds up: a = 3θ', () => {
    const { J } = at(ry(parameter(0), parameter(0, 2)), [0], [0.4]);
    expect(difference(J, [-3 * Math.sin(1.2), 3 * Math.cos(1.2)])).toBeLessThan(1e-15);
  });

  test('a parameter twice in one angle adds up', () => {
    const twice = { offset: constant(0.1), terms: [...parameter(0).terms, ...parameter(0, 2).terms] };
    const { J } = at(ry(twice), [0], [0.4]);
    expect(difference(J, [-3 * Math.sin(1.3), 3 * Math.cos(1.3)])).toBeLessThan(1e-15);
  });

  test('a factor of the inputs: a = xθ', () => {
    const { J } = at(ry({ offset: constant(0), terms: [{ parameter: 0, factor: input(0) }] }), [2, -1], [0.4]);
    const expected = [2, -1].flatMap((x) => [-x * Math.sin(0.4 * x), x * Math.cos(0.4 * x)]);
    expect(difference(J, expected)).toBeLessThan(1e-15);
  });

  test('a parameter in no gate has a column of zeros', () => {
    const { J, columns } = at(ry(parameter(1)), [0], [9, 0.4]);
    expect(columns).toBe(2);
    expect(difference(J, [0, -Math.sin(0.4), 0, Math.cos(0.4)])).toBeLessThan(1e-15);
  });
});

test.each(['zero', 'amplitudes'] as const)('many points, taken in blocks, are those taken alone; start %s', (start) => {
  const draw = random(seed, 9);
  const operations = Array.from({ length: 200 }, () => randomOperation(draw, 2, 2, 3));
  const source: CircuitSource = { qubits: 2, inputs: 2, parameters: names(3), start, operations };
  const model = modelOf(source, ['Z0', 'X0*Y1', 'Z1'], engines.wasm, 1.5);
  // 8 MiB of derivatives by slot are a block: three of them, and the last one is short.
  const block = Math.floor(2 ** 20 / (3 * model.circuit.angles.length));
  const points = 2 * block + 7;
  const X = uniform(draw, 2 * points);
  const theta = uniform(draw, 3);
  const { f, J, rows } = jacobian(model, theta, bind(model, X));
  expect([rows, f.length, J.length]).toEqual([3 * points, 3 * points, 9 * points]);
  for (const i of [0, block - 1, block, 2 * block - 1, 2 * block, points - 1]) {
    const alone = jacobian(model, theta, bind(model, X.slice(2 * i, 2 * i + 2)));
    expect(difference(f.slice(3 * i, 3 * i + 3), alone.f)).toBeLessThan(1e-12);
    expect(difference(J.slice(9 * i, 9 * i + 9), alone.J) / Math.max(1, largest(alone.J))).toBeLessThan(1e-12);
  }
});
