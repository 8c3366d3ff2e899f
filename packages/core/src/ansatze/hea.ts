import { everyQubit, ring } from '../circuit/wiring.ts';
import { defineAnsatz, trainableOnEach } from './ansatz.ts';
import { layersOnly } from './options.ts';

/** Hardware efficient: RY on every qubit, RZ on every qubit, CZ on the ring. */
export const hea = defineAnsatz({
  kind: 'hea',
  summary: 'RY and RZ on every qubit, CZ ring',
  options: layersOnly,
  layers: (qubits, options, next) =>
    Array.from({ length: options.layers }, () => [
      ...trainableOnEach('ry', everyQubit(qubits), next),
      ...trainableOnEach('rz', everyQubit(qubits), next),
      ...ring(qubits).map((wires) => ({ gate: 'cz', wires })),
    ]),
});
