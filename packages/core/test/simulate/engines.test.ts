import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Angle, data, fixed, parameter } from '../../src/circuit/angle.ts';
import { type CircuitSource, compile, type Operation } from '../../src/circuit/circuit.ts';
import { apply, constant, evaluate, input } from '../../src/circuit/expression.ts';
import { angleCount, gates } from '../../src/circuit/gates.ts';
import { type Observable, parseObservable } from '../../src/circuit/observable.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import type { Batch, Engine } from '../../src/simulate/engine.ts';
import { engines } from '../../src/simulate/engines.ts';
import { reference } from '../../src/simulate/reference.ts';
import { createWasm } from '../../src/simulate/wasm/engine.ts';
import { createMachine } from '../../src/wasm/machine.ts';

const tolerance = 1e-12;
const seed = 20_261_121;
const numRuns = Number(process.env.QNTK_FUZZ_RUNS ?? 150);
const inputs = 2;
const parameters = 4;

/** A case of the fuzz: a seed for everything drawn, and the shape, which shrinks. */
interface Shape {
  readonly seed: number;
  readonly qubits: number;
  readonly points: number;
  readonly outputs: number;
  readonly operations: number;
  readonly amplitudes: boolean;
}

const shapes = fc.record({
  seed: fc.nat(),
  qubits: fc.integer({ min: 1, max: 7 }),
  points: fc.constantFrom(0, 1, 2, 3, 5, 8, 11, 30),
  outputs: fc.integer({ min: 1, max: 3 }),
  operations: fc.integer({ min: 0, max: 60 }),
  amplitudes: fc.boolean(),
});

/** Angles of every kind: fixed, trained alone, shared between gates, of the inputs, of both. */
function randomAngle(draw: ReturnType<typeof random>): Angle {
  const kind = draw.integer(5);
  const value = draw.uniform(-4, 4);
  const x = input(draw.integer(inputs));
  const index = draw.integer(parameters);
  if (kind === 0) return fixed(value);
  if (kind <= 2) return parameter(index, kind === 1 ? 1 : value);
  if (kind === 3) return data(apply('*', value, x));
  return { offset: apply('sin', x), terms: [{ parameter: index, factor: apply('+', x, constant(value)) }] };
}

function randomOperation(qubits: number, draw: ReturnType<typeof random>): Operation {
  const fitting = [...gates.values()].filter((gate) => gate.qubits <= qubits);
  const wires = [...draw.permutation(qubits)];
  const choice = draw.integer(fitting.length + 1);
  if (choice === fitting.length) {
    const size = 1 + draw.integer(Math.min(3, qubits));
    return { gate: 'unitary', wires: wires.slice(0, size), matrix: haarUnitary(2 ** size, draw) };
  }
  const gate = fitting[choice];
  const angles = Array.from({ length: angleCount(gate) }, () => randomAngle(draw));
  return { gate: gate.name, wires: wires.slice(0, gate.qubits), angles };
}

function randomObservable(qubits: number, draw: ReturnType<typeof random>): Observable {
  const terms = Array.from({ length: 1 + draw.integer(3) }, () => {
    const factors = [...draw.permutation(qubits)].slice(0, 1 + draw.integer(qubits));
    return `${draw.uniform(0.1, 2)}*${factors.map((qubit) => `${'XYZ'[draw.integer(3)]}${qubit}`).join('*')}`;
  });
  return parseObservable(terms.join(' - '), qubits);
}

function randomBatch(source: CircuitSource, points: number, draw: ReturnType<typeof random>): Batch {
  const circuit = compile(source);
  const x = Float64Array.from({ length: points * inputs }, () => draw.uniform(-2, 2));
  const theta = Float64Array.from({ length: parameters }, () => draw.uniform(-7, 7));
  const value = (angle: Angle, point: number) =>
    angle.terms.reduce(
      (sum, term) => sum + theta[term.parameter] * evaluate(term.factor, x, point * inputs),
      evaluate(angle.offset, x, point * inputs),
    );
  const perPoint = circuit.angles.slice(circuit.sharedSlots);
  const batch = {
    points,
    shared: Float64Array.from(circuit.angles.slice(0, circuit.sharedSlots), (angle) => value(angle, 0)),
    perPoint: Float64Array.from(perPoint.flatMap((angle) => Array.from({ length: points }, (_, i) => value(angle, i)))),
  };
  return source.start === 'zero' ? batch : { ...batch, amplitudes: randomStates(2 ** source.qubits, points, draw) };
}

function randomStates(dimension: number, points: number, draw: ReturnType<typeof random>): Float64Array {
  const states = Float64Array.from({ length: 2 * dimension * points }, () => draw.normal());
  for (let point = 0; point < points; point++) {
    const state = states.subarray(2 * dimension * point, 2 * dimension * (point + 1));
    const norm = Math.hypot(...state);
    state.forEach((entry, i) => {
      state[i] = entry / norm;
    });
  }
  return states;
}

function expectAgreement(engine: Engine, source: CircuitSource, observables: readonly Observable[], batch: Batch) {
  const circuit = compile(source);
  const expected = reference.prepare(circuit, observables).jacobian(batch);
  const simulator = engine.prepare(circuit, observables);
  const found = simulator.jacobian(batch);
  expect(relativeDifference(found.values, expected.values), 'values').toBeLessThan(tolerance);
  expect(relativeDifference(found.derivatives, expected.derivatives), 'derivatives').toBeLessThan(tolerance);
  expect(relativeDifference(simulator.expectations(batch), expected.values), 'expectations').toBeLessThan(tolerance);
}

/** Largest difference, relative to the largest number expected (at least 1: values and derivatives have that scale). */
function relativeDifference(found: Float64Array, expected: Float64Array): number {
  expect(found.length).toBe(expected.length);
  const scale = expected.reduce((largest, entry) => Math.max(largest, Math.abs(entry)), 1);
  return expected.reduce((largest, entry, i) => {
    const difference = Math.abs(found[i] - entry) / scale;
    return Math.max(difference, largest);
  }, 0);
}

test('the table has the reference and the fast engine', () => {
  expect(Object.keys(engines)).toEqual(['reference', 'wasm']);
});

/** The fast engine also as it works on circuits too deep to keep their states, and on many qubits. */
const candidates = [
  ...Object.values(engines),
  { ...createWasm({ storedBytes: 0, narrowFrom: 14, chunkQubits: 14, sharedFrom: 0 }), name: 'wasm that undoes' },
  { ...createWasm({ storedBytes: 2 ** 28, narrowFrom: 1, chunkQubits: 3, sharedFrom: 0 }), name: 'wasm in chunks' },
  {
    ...createWasm({ storedBytes: 0, narrowFrom: 1, chunkQubits: 2, sharedFrom: 0 }, createMachine()),
    name: 'wasm in chunks that undoes, on a machine of its own',
  },
];

describe.each(candidates)('engine $name agrees with the reference', (engine) => {
  test(`on random circuits (seed ${seed}, QNTK_FUZZ_RUNS for more)`, () => {
    const property = fc.property(shapes, (shape: Shape) => {
      const draw = random(shape.seed);
      const source: CircuitSource = {
        qubits: shape.qubits,
        inputs,
        parameters: Array.from({ length: parameters }, (_, i) => `t${i}`),
        start: shape.amplitudes ? 'amplitudes' : 'zero',
        operations: Array.from({ length: shape.operations }, () => randomOperation(shape.qubits, draw)),
      };
      const observables = Array.from({ length: shape.outputs }, () => randomObservable(shape.qubits, draw));
      expectAgreement(engine, source, observables, randomBatch(source, shape.points, draw));
    });
    fc.assert(property, { seed, numRuns });
  }, 300_000);

  test.each([...gates.values()])('on $name, from entangled states and every Pauli', (gate) => {
    const draw = random(seed, 1);
    for (const points of [1, 2, 5]) {
      const source: CircuitSource = {
        qubits: 4,
        inputs,
        parameters: Array.from({ length: parameters }, (_, i) => `t${i}`),
        start: 'amplitudes',
        operations: [0, 1, 2, 3].map(() => ({
          gate: gate.name,
          wires: [...draw.permutation(4)].slice(0, gate.qubits),
          angles: Array.from({ length: angleCount(gate) }, (_, i) => parameter(i % parameters)),
        })),
      };
      const observables = ['X0*Y1*Z2', '0.5*Y0 - 2*X3 + Z1', 'mean-Z'].map((text) => parseObservable(text, 4));
      expectAgreement(engine, source, observables, randomBatch(source, points, draw));
    }
  });
});
