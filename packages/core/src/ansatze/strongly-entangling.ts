import type { Operation } from '../circuit/circuit.ts';
import { everyQubit, ring } from '../circuit/wiring.ts';
import { type Allocator, defineAnsatz } from './ansatz.ts';
import { layersOnly } from './options.ts';

/** PennyLane's StronglyEntanglingLayers: Rot on every qubit, then CX at a range that grows from layer to layer. */
export const stronglyEntangling = defineAnsatz({
  kind: 'strongly-entangling',
  summary: 'StronglyEntanglingLayers: RZ RY RZ on every qubit, CX at growing range',
  options: layersOnly,
  layers: (qubits, options, next) =>
    Array.from({ length: options.layers }, (_, layer) => [
      ...everyQubit(qubits).map((wires) => rot(wires, next)),
      ...entanglers(qubits, layer),
    ]),
});

/** PennyLane's BasicEntanglerLayers: RX on every qubit, then CX on the ring. */
export const basicEntangler = defineAnsatz({
  kind: 'basic-entangler',
  summary: 'BasicEntanglerLayers: RX on every qubit, CX ring',
  options: layersOnly,
  layers: (qubits, options, next) =>
    Array.from({ length: options.layers }, () => [
      ...everyQubit(qubits).map((wires) => ({ gate: 'rx', wires, angles: [next()] })),
      ...ring(qubits).map((wires) => ({ gate: 'cx', wires })),
    ]),
});

function rot(wires: number[], next: Allocator): Operation {
  return { gate: 'rot', wires, angles: [next(), next(), next()] };
}

/** The range of layer l is (l mod (n−1)) + 1; two qubits keep both directions. */
function entanglers(qubits: number, layer: number): Operation[] {
  if (qubits === 1) return [];
  const range = (layer % (qubits - 1)) + 1;
  return Array.from({ length: qubits }, (_, q) => ({ gate: 'cx', wires: [q, (q + range) % qubits] }));
}
