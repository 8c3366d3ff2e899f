import { everyQubit, ring } from '../circuit/wiring.ts';
import { defineAnsatz, trainableOnEach } from './ansatz.ts';
import { layersOnly } from './options.ts';

/** Hamiltonian variational for the Ising ring: exp(−iθZZ/2) on every edge, RX and RZ on every qubit. */
export const hva = defineAnsatz({
  kind: 'hva',
  summary: 'ZZ on every ring edge, RX and RZ on every qubit, each with its own angle',
  options: layersOnly,
  layers: (qubits, options, next) =>
    Array.from({ length: options.layers }, () => [
      ...trainableOnEach('rzz', ring(qubits), next),
      ...trainableOnEach('rx', everyQubit(qubits), next),
      ...trainableOnEach('rz', everyQubit(qubits), next),
    ]),
});
