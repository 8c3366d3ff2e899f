import { z } from 'zod';
import { entanglement, entanglingPairs, everyQubit } from '../circuit/wiring.ts';
import { type Ansatz, defineAnsatz, trainableOnEach } from './ansatz.ts';
import { layers } from './options.ts';

const options = z.strictObject({ layers, entanglement: entanglement.default('reverse_linear') });

/** Rotation layers with CX blocks between them; one more rotation layer at the end, kept with the last layer. */
function local<Kind extends string>(
  kind: Kind,
  summary: string,
  rotations: readonly string[],
): Ansatz<Kind, typeof options> {
  return defineAnsatz({
    kind,
    summary,
    options,
    layers(qubits, { layers, entanglement }, next) {
      const rotationLayer = () => rotations.flatMap((gate) => trainableOnEach(gate, everyQubit(qubits), next));
      const built = Array.from({ length: layers }, (_, repetition) => [
        ...rotationLayer(),
        ...entanglingPairs(entanglement, qubits, repetition).map((wires) => ({ gate: 'cx', wires })),
      ]);
      built[layers - 1].push(...rotationLayer());
      return built;
    },
  });
}

/** Qiskit's RealAmplitudes with `layers` as reps. */
export const realAmplitudes = local('real-amplitudes', 'RealAmplitudes: RY layers, CX between', ['ry']);

/** Qiskit's EfficientSU2 with `layers` as reps. */
export const efficientSU2 = local('efficient-su2', 'EfficientSU2: RY and RZ layers, CX between', ['ry', 'rz']);
