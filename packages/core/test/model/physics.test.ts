import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixed } from '../../src/circuit/angle.ts';
import { type CircuitSource, compile, gateAt, type Operation, wiresAt } from '../../src/circuit/circuit.ts';
import { evaluate } from '../../src/circuit/expression.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { complexMatrix } from '../../src/linalg/complex.ts';
import { bind, type Model, outputs } from '../../src/model/model.ts';
import { type Random, random } from '../../src/random/random.ts';
import { engines } from '../../src/simulate/engines.ts';
import { reference } from '../../src/simulate/reference.ts';
import { modelOf, names, randomOperation, randomSum, uniform } from '../helpers/circuits.ts';
import { embed, multiply, paulis, type Rows, rowsOf, scale, tensor, unit } from '../helpers/matrices.ts';
import { difference, runs, seed } from '../helpers/numbers.ts';

const shapes = fc.record({
  words: fc.nat(),
  qubits: fc.integer({ min: 1, max: 4 }),
  operations: fc.integer({ min: 1, max: 25 }),
  points: fc.integer({ min: 1, max: 3 }),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function drawn({ words, qubits, operations, points }: Shape) {
  const draw = random(words);
  const source: CircuitSource = {
    ...{ qubits, inputs: 2, parameters: names(3), start: 'zero' },
    operations: Array.from({ length: operations }, () => randomOperation(draw, qubits, 2, 3)),
  };
  return { draw, source, X: uniform(draw, 2 * points), theta: uniform(draw, 3) };
}

const check = (law: (shape: Shape) => void, usual = 60) =>
  fc.assert(fc.property(shapes, law), { seed, numRuns: runs(usual) });

/** f and J one after the other. */
function numbers(model: Model, X: Float64Array, theta: Float64Array): number[] {
  const { f, J } = jacobian(model, theta, bind(model, X));
  return [...f, ...J];
}

/** U(θ, x) as one dense matrix, gates embedded one by one in another arithmetic. */
function denseUnitary(source: CircuitSource, x: Float64Array, theta: Float64Array): Rows {
  const circuit = compile(source);
  return [...circuit.gate.keys()].reduce(
    (sofar, g) => {
      const gate = gateAt(circuit, g);
      const angle = circuit.angles[circuit.slot[g]];
      const value = angle?.terms.reduce(
        (sum, { parameter, factor }) => sum + theta[parameter] * evaluate(factor, x),
        evaluate(angle.offset, x),
      );
      const matrix = gate.kind === 'fixed' ? gate.matrix : gate.matrix(value);
      return multiply(embed(rowsOf(matrix), [...wiresAt(circuit, g)], circuit.qubits), sofar);
    },
    unit(2 ** source.qubits),
  );
}

describe.each(Object.values(engines))(`outputs of random circuits on engine $name (seed ${seed})`, (engine) => {
  test('are ⟨0|U†OU|0⟩ by dense matrices', () =>
    check((shape) => {
      const { draw, source, theta, X } = drawn({ ...shape, points: 1, operations: Math.min(shape.operations, 12) });
      const letters = Array.from({ length: source.qubits }, () => 'IXYZ'[draw.integer(4)]);
      const text = `1.5*${letters.map((letter, q) => `${letter}${q}`).join('*')}`;
      const state = denseUnitary(source, X, theta).map((row) => [row[0]]);
      const observable = letters.reduce<Rows>((matrix, letter) => tensor(paulis[letter], matrix), unit(1));
      const bra = [state.map(([[re, im]]): [number, number] => [re, -im])];
      const [[[expected]]] = multiply(bra, multiply(scale(1.5, observable), state));
      const model = modelOf(source, [text], engine);
      expect(Math.abs(outputs(model, theta, bind(model, X))[0] - expected)).toBeLessThan(1e-13);
    }, 40));

  test('lie within what the observable can reach, times γ', () =>
    check((shape) => {
      const { draw, source, theta, X } = drawn(shape);
      const model = modelOf(source, [randomSum(draw, source.qubits), 'mean-Z'], engine, 2.5);
      outputs(model, theta, bind(model, X)).forEach((value, at) => {
        const { low, high } = model.ranges![at % 2];
        expect(value).toBeGreaterThanOrEqual(low - 1e-12);
        expect(value).toBeLessThanOrEqual(high + 1e-12);
      });
    }));

  test('and their derivatives know nothing of a global phase', () =>
    check((shape) => {
      const { draw, source, theta, X } = drawn(shape);
      const text = [randomSum(draw, source.qubits)];
      const [c, s] = [Math.cos(1.1), Math.sin(1.1)];
      const phase: Operation = {
        gate: 'unitary',
        wires: [0],
        matrix: complexMatrix([
          [[c, s], 0],
          [0, [c, s]],
        ]),
      };
      const at = draw.integer(source.operations.length);
      const turned = { ...source, operations: source.operations.toSpliced(at, 0, phase) };
      expect(
        difference(numbers(modelOf(turned, text, engine), X, theta), numbers(modelOf(source, text, engine), X, theta)),
      ).toBeLessThan(1e-12);
    }));

  test('are not changed by last gates that commute with the observable, or by others there and back', () =>
    check((shape) => {
      const { source, theta, X } = drawn(shape);
      const last = source.qubits - 1;
      const commuting: [text: string, gates: Operation[]][] = [
        [`Z${last}`, ['z', 's', 't', 'tdg'].map((gate) => ({ gate, wires: [last] }))],
        [
          `X${last}`,
          [
            { gate: 'rx', wires: [last], angles: [fixed(0.7)] },
            { gate: 'sx', wires: [last] },
          ],
        ],
        [
          'mean-Z',
          source.qubits > 1
            ? [
                { gate: 'cz', wires: [0, last] },
                { gate: 'swap', wires: [0, last] },
              ]
            : [],
        ],
        [
          `Y${last}`,
          [
            { gate: 'h', wires: [0] },
            { gate: 'h', wires: [0] },
            { gate: 'y', wires: [last] },
          ],
        ],
      ];
      for (const [text, more] of commuting) {
        const longer = { ...source, operations: [...source.operations, ...more] };
        expect(
          difference(
            numbers(modelOf(longer, [text], engine), X, theta),
            numbers(modelOf(source, [text], engine), X, theta),
          ),
          text,
        ).toBeLessThan(1e-12);
      }
    }));

  test('do not depend on gates outside the light cone', () =>
    check((shape) => {
      const { draw, source, theta, X } = drawn(shape);
      const wider = { ...source, qubits: source.qubits + 2 };
      const beside: Operation[] = Array.from({ length: 4 }, () => onLastTwo(draw, source.qubits));
      // Gates on two further qubits, among the others.
      const mixed = beside.reduce(
        (list, gate) => list.toSpliced(draw.integer(list.length + 1), 0, gate),
        [...source.operations],
      );
      const text = [randomSum(draw, source.qubits)];
      const narrow = numbers(modelOf(source, text, engine), X, theta);
      expect(
        difference(numbers(modelOf({ ...wider, operations: mixed }, text, engine), X, theta), narrow),
      ).toBeLessThan(1e-12);
    }));

  test('follow a renumbering of the qubits', () =>
    check((shape) => {
      const { draw, source, theta, X } = drawn(shape);
      const place = draw.permutation(source.qubits);
      const operations = source.operations.map((operation) => ({
        ...operation,
        wires: operation.wires.map((q) => place[q]),
      }));
      const text = randomSum(draw, source.qubits);
      const moved = text.replace(/([XYZ])(\d+)/g, (_, letter, q) => `${letter}${place[q]}`);
      const before = numbers(modelOf(source, [text], engine), X, theta);
      expect(difference(numbers(modelOf({ ...source, operations }, [moved], engine), X, theta), before)).toBeLessThan(
        1e-12,
      );
    }));

  test('are linear in the observable', () =>
    check((shape) => {
      const { draw, source, theta, X } = drawn(shape);
      const [a, b] = [randomSum(draw, source.qubits), randomSum(draw, source.qubits)];
      const all = numbers(modelOf(source, [a, b, `${a} + ${b}`, '0.75'], engine), X, theta);
      const O = 4;
      const points = X.length / 2;
      const columns = theta.length;
      for (let i = 0; i < points; i++) {
        const f = all.slice(i * O, (i + 1) * O);
        expect(Math.abs(f[2] - f[0] - f[1])).toBeLessThan(1e-12);
        expect(f[3]).toBeCloseTo(0.75, 12);
        for (let k = 0; k < columns; k++) {
          const J = (o: number) => all[points * O + (i * O + o) * columns + k];
          expect(Math.abs(J(2) - J(0) - J(1))).toBeLessThan(1e-11);
          expect(Math.abs(J(3))).toBeLessThan(1e-12);
        }
      }
    }));
});

/** A gate on two qubits beside those of a circuit, with a parameter of the circuit. */
function onLastTwo(draw: Random, qubits: number): Operation {
  const operation = randomOperation(draw, 2, 2, 3);
  return { ...operation, wires: operation.wires.map((wire) => wire + qubits) };
}

test('γ scales f and J, and the ranges', () => {
  const { source, theta, X } = drawn({ words: 5, qubits: 3, operations: 20, points: 3 });
  const one = modelOf(source, ['Z0 + 0.5*X1'], reference);
  const three = modelOf(source, ['Z0 + 0.5*X1'], reference, 3);
  const scaled = numbers(one, X, theta).map((value) => 3 * value);
  expect(difference(numbers(three, X, theta), scaled)).toBeLessThan(1e-14);
  expect(three.ranges).toEqual([{ low: expect.closeTo(-4.5, 12), high: expect.closeTo(4.5, 12), exact: true }]);
});
