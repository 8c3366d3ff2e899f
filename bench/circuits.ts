import { data, parameter } from '../packages/core/src/circuit/angle.ts';
import { type Circuit, compile, type Operation } from '../packages/core/src/circuit/circuit.ts';
import { input } from '../packages/core/src/circuit/expression.ts';

/** The peers' circuit: RX(x) on every qubit, then layers of RY and RZ on every qubit and a CZ ring. */
export function layeredCircuit(qubits: number, layers: number): Circuit {
  return compile({
    qubits,
    inputs: 1,
    parameters: Array.from({ length: 2 * qubits * layers }, (_, k) => `theta_${k}`),
    start: 'zero',
    operations: operations(qubits, layers),
  });
}

/** Parameter order: layer, qubit, RY before RZ. */
function operations(qubits: number, layers: number): Operation[] {
  const all = Array.from({ length: qubits }, (_, q) => q);
  const encoding = all.map((q) => ({ gate: 'rx', wires: [q], angles: [data(input(0))] }));
  const layer = (l: number): Operation[] => [
    ...all.map((q) => ({ gate: 'ry', wires: [q], angles: [parameter(2 * (l * qubits + q))] })),
    ...all.map((q) => ({ gate: 'rz', wires: [q], angles: [parameter(2 * (l * qubits + q) + 1)] })),
    ...all.map((q) => ({ gate: 'cz', wires: [q, (q + 1) % qubits] })),
  ];
  return [...encoding, ...Array.from({ length: layers }, (_, l) => layer(l)).flat()];
}
