import { z } from 'zod';
import { data } from '../circuit/angle.ts';
import { apply, input } from '../circuit/expression.ts';
import { defineEncoding } from './encoding.ts';

/** Factor of the feature on qubit q, by the name of the frequency spectrum it gives. */
const frequencies = {
  low: () => 1,
  linear: (q: number) => q + 1,
  high: (q: number) => 3 ** q,
};

const options = z.strictObject({
  gate: z.enum(['RX', 'RY', 'RZ']).default('RY'),
  frequency: z.enum(Object.keys(frequencies) as [keyof typeof frequencies]).default('low'),
});

/** One rotation a qubit by a multiple of feature q mod F. */
export const angle = defineEncoding({
  kind: 'angle',
  summary: 'a rotation on every qubit by x (low), (q+1)x (linear) or 3^q x (high)',
  options,
  start: 'zero',
  capacity: (qubits) => qubits,
  operations: (qubits, features, { gate, frequency }) =>
    Array.from({ length: qubits }, (_, q) => ({
      gate: gate.toLowerCase(),
      wires: [q],
      angles: [data(scaledInput(frequencies[frequency](q), q % features))],
    })),
});

function scaledInput(factor: number, index: number) {
  return factor === 1 ? input(index) : apply('*', factor, input(index));
}
