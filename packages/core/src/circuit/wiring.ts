import { z } from 'zod';

/** The wire lists [0], [1], … */
export function everyQubit(qubits: number): number[][] {
  return Array.from({ length: qubits }, (_, q) => [q]);
}

/** Edges (q, q+1 mod n) of a ring; a ring of two has one edge, of one none. */
export function ring(qubits: number): number[][] {
  if (qubits === 1) return [];
  if (qubits === 2) return [[0, 1]];
  return Array.from({ length: qubits }, (_, q) => [q, (q + 1) % qubits]);
}

/** Patterns of two-qubit gates under the names Qiskit gives them. */
const patterns = {
  full: (n) => allPairs(n),
  linear: (n) => linear(n),
  reverse_linear: (n) => linear(n).reverse(),
  pairwise: (n) => [...linear(n).filter(([a]) => a % 2 === 0), ...linear(n).filter(([a]) => a % 2 === 1)],
  circular: (n) => circular(n),
  sca: (n, repetition) => {
    const list = circular(n);
    const shift = list.length === 0 ? 0 : repetition % list.length;
    const moved = [...list.slice(list.length - shift), ...list.slice(0, list.length - shift)];
    return repetition % 2 === 1 ? moved.map(([a, b]) => [b, a]) : moved;
  },
} satisfies Record<string, (qubits: number, repetition: number) => number[][]>;

export const entanglement = z.enum(Object.keys(patterns) as [keyof typeof patterns]);

/** (control, target) pairs in order for one repetition of an entangling block. */
export function entanglingPairs(pattern: z.infer<typeof entanglement>, qubits: number, repetition: number): number[][] {
  return patterns[pattern](qubits, repetition);
}

/** (i, j) with i < j in lexicographic order. */
export function allPairs(qubits: number): number[][] {
  return Array.from({ length: qubits }, (_, i) =>
    Array.from({ length: qubits - i - 1 }, (_, k) => [i, i + 1 + k]),
  ).flat();
}

function linear(qubits: number): number[][] {
  return Array.from({ length: qubits - 1 }, (_, q) => [q, q + 1]);
}

function circular(qubits: number): number[][] {
  return qubits > 2 ? [[qubits - 1, 0], ...linear(qubits)] : linear(qubits);
}
