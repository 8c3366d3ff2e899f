import { z } from 'zod';
import { data } from '../circuit/angle.ts';
import type { Operation } from '../circuit/circuit.ts';
import { apply, type Expression, input } from '../circuit/expression.ts';
import { allPairs } from '../circuit/wiring.ts';
import { defineEncoding } from './encoding.ts';

const options = z.strictObject({ repeats: z.int().min(1).max(10_000).default(2) });

/** Qiskit's ZZFeatureMap with full entanglement: H, P(2x), and P(2(π−x)(π−x′)) between two CX on every pair. */
export const zzFeatureMap = defineEncoding({
  kind: 'zz-feature-map',
  summary: 'ZZFeatureMap: H, P(2x) and P(2(π−x)(π−x′)) on every pair',
  options,
  start: 'zero',
  capacity: (qubits) => qubits,
  operations: (qubits, features, { repeats }) => {
    const x = (q: number) => input(q % features);
    const fromPi = (q: number) => apply('-', Math.PI, x(q));
    return repeated(repeats, [
      ...onEvery(qubits, 'h'),
      ...onEvery(qubits, 'p', (q) => apply('*', 2, x(q))),
      ...allPairs(qubits).flatMap(([i, j]) => [
        { gate: 'cx', wires: [i, j] },
        { gate: 'p', wires: [j], angles: [data(apply('*', apply('*', 2, fromPi(i)), fromPi(j)))] },
        { gate: 'cx', wires: [i, j] },
      ]),
    ]);
  },
});

/** PennyLane's IQPEmbedding: H, RZ(x), and exp(−i x x′ ZZ/2) on every pair. */
export const iqpFeatureMap = defineEncoding({
  kind: 'iqp-feature-map',
  summary: 'IQPEmbedding: H, RZ(x) and ZZ(x·x′) on every pair',
  options,
  start: 'zero',
  capacity: (qubits) => qubits,
  operations: (qubits, features, { repeats }) => {
    const x = (q: number) => input(q % features);
    return repeated(repeats, [
      ...Array.from({ length: qubits }, (_, q) => [
        { gate: 'h', wires: [q] },
        { gate: 'rz', wires: [q], angles: [data(x(q))] },
      ]).flat(),
      ...allPairs(qubits).map(([i, j]) => ({
        gate: 'rzz',
        wires: [i, j],
        angles: [data(apply('*', x(i), x(j)))],
      })),
    ]);
  },
});

function onEvery(qubits: number, gate: string, angle?: (q: number) => Expression): Operation[] {
  return Array.from({ length: qubits }, (_, q) => ({
    gate,
    wires: [q],
    ...(angle && { angles: [data(angle(q))] }),
  }));
}

function repeated(times: number, operations: Operation[]): Operation[] {
  return Array.from({ length: times }, () => operations).flat();
}
