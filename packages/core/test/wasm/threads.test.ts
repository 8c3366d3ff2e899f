import fc from 'fast-check';
import { expect, test } from 'vitest';
import { data, parameter } from '../../src/circuit/angle.ts';
import { compile, type Operation } from '../../src/circuit/circuit.ts';
import { input } from '../../src/circuit/expression.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { denseWasm } from '../../src/dynamics/dense/wasm.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import type { Simulator } from '../../src/simulate/engine.ts';
import { createWasm, wasm } from '../../src/simulate/wasm/engine.ts';
import { defaultMachine } from '../../src/wasm/machine.ts';
import { startThreads } from '../../src/wasm/threads/pool.ts';

const seed = 99;

/** Encoding on each qubit, then layers of RY, RZ, CX. */
function circuitOf(qubits: number, layers: number, start: 'zero' | 'amplitudes') {
  const all = Array.from({ length: qubits }, (_, q) => q);
  const operations: Operation[] = all.map((q) => ({ gate: 'rx', wires: [q], angles: [data(input(0))] }));
  for (let l = 0; l < layers; l++) {
    const at = (q: number) => 2 * (l * qubits + q);
    operations.push(...all.map((q) => ({ gate: 'ry', wires: [q], angles: [parameter(at(q))] })));
    operations.push(...all.map((q) => ({ gate: 'rz', wires: [q], angles: [parameter(at(q) + 1)] })));
    operations.push(...all.slice(1).map((q) => ({ gate: 'cx', wires: [q - 1, q] })));
  }
  const parameters = Array.from({ length: 2 * qubits * layers }, (_, k) => `t${k}`);
  return compile({ qubits, inputs: 1, parameters, start, operations });
}

/** What a simulator finds for so many points. */
function circuitResult(simulator: Simulator, qubits: number, layers: number, points: number, amplitudes: boolean) {
  const draw = random(seed, qubits, points);
  const batch = {
    points,
    shared: Float64Array.from({ length: 2 * qubits * layers }, () => draw.uniform(0, 6)),
    perPoint: Float64Array.from({ length: points }, () => draw.uniform(-1, 1)),
    ...(amplitudes && { amplitudes: Float64Array.from({ length: points * 2 ** (qubits + 1) }, () => draw.normal()) }),
  };
  return [simulator.jacobian(batch), simulator.expectations(batch)];
}

/** Random shapes, and one point, odd numbers of points, and blocks that are not all alike for sure. */
const shapes: [number, number, number, boolean][] = [
  ...fc.sample(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), fc.nat(40), fc.boolean()), {
    seed,
    numRuns: 20,
  }),
  [1, 2, 1, false],
  [5, 6, 1, true],
  [5, 6, 3, false],
  [5, 6, 101, true],
  [10, 3, 7, false],
  [12, 2, 5, true],
];
const engines = {
  always: createWasm({ storedBytes: 2 ** 28, narrowFrom: 14, chunkQubits: 14, sharedFrom: 0 }),
  narrow: createWasm({ storedBytes: 0, narrowFrom: 1, chunkQubits: 3, sharedFrom: 0 }),
  usual: wasm,
};
const circuits = shapes.flatMap(([qubits, layers, points, amplitudes]) =>
  Object.entries(engines).map(([name, engine]) => {
    const circuit = circuitOf(qubits, layers, amplitudes ? 'amplitudes' : 'zero');
    const observables = ['mean-Z', 'X0'].map((text) => parseObservable(text, qubits));
    const simulator = engine.prepare(circuit, observables);
    return {
      name: `${name}, ${qubits} qubits, ${points} points`,
      result: () => circuitResult(simulator, qubits, layers, points, amplitudes),
    };
  }),
);

const denseShapes = [
  [32, 4, 20],
  [31, 5, 40],
  [16, 9, 40],
  [40, 1, 40],
  [33, 3, 40],
  [8, 2, 3],
];
const dense = denseShapes.map(([d, m, p]) => {
  const draw = random(seed, d, m, p);
  const circuit = {
    dimension: d,
    unitaries: Array.from({ length: p }, () => haarUnitary(d, draw)),
    generator: Float64Array.from({ length: d }, (_, k) => (k % 2 === 0 ? 2 : -2)),
    readout: Float64Array.from({ length: d }, () => draw.normal()),
  };
  const states = Float64Array.from({ length: 2 * d * m }, () => draw.normal());
  const theta = Float64Array.from({ length: p }, () => draw.uniform(0, 6));
  const simulator = denseWasm.prepare(circuit, states);
  return {
    name: `dense, d = ${d}, m = ${m}, p = ${p}`,
    result: () => [simulator.jacobian(theta), simulator.outputs(theta), simulator.states(theta)],
  };
});

const cases = [...circuits, ...dense];
const alone = cases.map(({ result }) => result());

test('without helpers there is one thread', () => {
  expect(defaultMachine.threads).toBe(1);
});

test('a thread pool is started once', async () => {
  expect(await startThreads(defaultMachine, 2)).toBe(2);
  expect(await startThreads(defaultMachine, 1)).toBe(2);
  expect(defaultMachine.threads).toBe(3);
});

test.each(cases.map((entry, i) => ({ ...entry, before: alone[i] })))('$name: the same to the last bit', (entry) => {
  for (let again = 0; again < 3; again++) expect(entry.result()).toEqual(entry.before);
});

test('calls of every size in any order, and helpers that have fallen asleep in between', async () => {
  const draw = random(seed);
  for (let call = 0; call < 200; call++) {
    const i = draw.integer(cases.length);
    if (call % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(cases[i].result(), cases[i].name).toEqual(alone[i]);
  }
});
