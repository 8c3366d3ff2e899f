import { describe, expect, test } from 'vitest';
import { layeredCircuit } from '../../../../bench/circuits.ts';
import { workload } from '../../../../bench/workload.ts';
import { fixed } from '../../src/circuit/angle.ts';
import { compile, type Operation } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { InputError } from '../../src/errors.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { bind, createModel } from '../../src/model/model.ts';
import { reference } from '../../src/simulate/reference.ts';
import { planOf } from '../../src/simulate/wasm/compile/passes.ts';
import { wasm } from '../../src/simulate/wasm/engine.ts';

test.each(workload)('tr K is what five other tools find: $qubits qubits, $layers layers', (work) => {
  const circuit = layeredCircuit(work.qubits, work.layers);
  const model = createModel(circuit, [parseObservable('Z0', work.qubits)], 1, wasm);
  const { J } = jacobian(model, Float64Array.from(work.theta), bind(model, Float64Array.from(work.x)));
  const trace = J.reduce((sum, entry) => sum + entry * entry, 0);
  expect(Math.abs(trace - work.traceK)).toBeLessThan(1e-11 * work.traceK);
});

describe('light cone', () => {
  test('keeps what the readout depends on and no more', () => {
    const two = layeredCircuit(9, 2);
    // Back through two layers of nearest neighbours Z0 reaches its two neighbours.
    expect(planOf(two, [parseObservable('Z0', 9)]).qubits).toBe(3);
    expect(planOf(two, [parseObservable('Z0', 9), parseObservable('Z4', 9)]).qubits).toBe(6);
    expect(planOf(two, [parseObservable('mean-Z', 9)]).qubits).toBe(9);
  });

  test('derivatives of dropped gates are exactly 0', () => {
    const circuit = layeredCircuit(5, 1);
    const shared = Float64Array.from({ length: circuit.sharedSlots }, (_, k) => 0.3 + k);
    const { derivatives } = wasm
      .prepare(circuit, [parseObservable('Z0', 5)])
      .jacobian({ points: 1, shared, perPoint: Float64Array.of(0.4) });
    // Only RY on qubit 0 (slot 0) rotations Z0 into something else.
    expect([...derivatives.keys()].filter((slot) => derivatives[slot] !== 0)).toEqual([0]);
  });

  test('a readout that depends on nothing is constant', () => {
    const simulator = wasm.prepare(layeredCircuit(3, 1), [parseObservable('2.5', 3)]);
    const batch = { points: 2, shared: new Float64Array(6).fill(0.7), perPoint: Float64Array.of(0.1, 0.2) };
    expect([...simulator.expectations(batch)]).toEqual([2.5, 2.5]);
  });
});

test.each([0, Math.PI, Math.PI / 2, 3 * Math.PI, 1e-9])(
  'rotations by %d, where tangents vanish or explode',
  (angle) => {
    const circuit = layeredCircuit(6, 3);
    const batch = {
      points: 2,
      shared: new Float64Array(circuit.sharedSlots).fill(angle),
      perPoint: Float64Array.of(angle, 0.5),
    };
    const observables = [parseObservable('Z0*X1 + Y2', 6)];
    const expected = reference.prepare(circuit, observables).jacobian(batch);
    const found = wasm.prepare(circuit, observables).jacobian(batch);
    for (const key of ['values', 'derivatives'] as const)
      found[key].forEach((entry, i) => {
        expect(Math.abs(entry - expected[key][i]), `${key}[${i}]`).toBeLessThan(1e-12);
      });
  },
);

test('the cosines of many half rotations do not underflow together', () => {
  const wires = Array.from({ length: 22 }, (_, q) => q);
  const halfRotations = wires.map((q) => ({ gate: 'ry', wires: [q], angles: [fixed(Math.PI)] }));
  const ring = wires.map((q) => ({ gate: 'cz', wires: [q, (q + 1) % 22] }));
  const operations = [...ring, ...halfRotations, ...ring, ...halfRotations];
  const circuit = compile({ qubits: 22, inputs: 0, parameters: [], start: 'zero', operations });
  const simulator = wasm.prepare(circuit, [parseObservable('mean-Z', 22)]);
  const batch = { points: 1, shared: Float64Array.of(Math.PI), perPoint: new Float64Array(0) };
  expect(simulator.expectations(batch)[0]).toBeCloseTo(1, 12);
});

test('equal batches give equal numbers, whatever ran in between', () => {
  const prepare = (qubits: number) => wasm.prepare(layeredCircuit(qubits, 2), [parseObservable('mean-Z', qubits)]);
  const batch = (qubits: number) => ({
    points: 7,
    shared: Float64Array.from({ length: 4 * qubits }, (_, k) => k),
    perPoint: Float64Array.from({ length: 7 }, (_, i) => i / 3),
  });
  const small = prepare(3);
  const first = small.jacobian(batch(3));
  const kept = first.derivatives.slice();
  prepare(8).jacobian(batch(8));
  expect(small.jacobian(batch(3))).toEqual(first);
  expect(first.derivatives).toEqual(kept);
});

test('a state beyond the memory of WebAssembly is refused with its size', () => {
  const wires = Array.from({ length: 28 }, (_, q) => q);
  const operations = wires.map((q) => ({ gate: 'ry', wires: [q], angles: [fixed(1)] }));
  const circuit = compile({ qubits: 28, inputs: 0, parameters: [], start: 'zero', operations });
  const simulator = wasm.prepare(circuit, [parseObservable('mean-Z', 28)]);
  const batch = { points: 1, shared: Float64Array.of(1), perPoint: new Float64Array(0) };
  expect(() => simulator.expectations(batch)).toThrow(/28 qubits.* GiB of WebAssembly memory; at most 4 GiB/);
});

test('permutations whose tables do not fit are refused before any is made, with their number and size', () => {
  const qubits = 24;
  const layer = (l: number): Operation[] => [
    { gate: 'cx', wires: [l % qubits, (l + 1) % qubits] },
    { gate: 'ry', wires: [(l + 1) % qubits], angles: [fixed(1)] },
  ];
  const operations = Array.from({ length: 60 }, (_, l) => layer(l)).flat();
  const circuit = compile({ qubits, inputs: 0, parameters: [], start: 'zero', operations });
  const prepare = () => wasm.prepare(circuit, [parseObservable('mean-Z', qubits)]);
  expect(prepare).toThrow(InputError);
  expect(prepare).toThrow(/24 qubits and 60 permutations .* need 3.8 GiB of tables, expected at most 2.3 GiB/);
});
