import { describe, expect, test } from 'vitest';
import { allPairs, entanglement, entanglingPairs, everyQubit, ring } from '../../src/circuit/wiring.ts';

const written = (pairs: number[][]) => pairs.map((pair) => pair.join('')).join(' ');

test('rings', () => {
  expect([1, 2, 3, 4].map((n) => written(ring(n)))).toEqual(['', '01', '01 12 20', '01 12 23 30']);
  expect(everyQubit(3)).toEqual([[0], [1], [2]]);
  expect(written(allPairs(4))).toBe('01 02 03 12 13 23');
});

describe('entanglement as Qiskit prints it', () => {
  // Written from qiskit.circuit.library (2.6.2) as noted in test/oracles/README.md.
  const cases: [pattern: string, qubits: number, repetition: number, pairs: string][] = [
    ['full', 4, 0, '01 02 03 12 13 23'],
    ['linear', 4, 0, '01 12 23'],
    ['reverse_linear', 4, 0, '23 12 01'],
    ['pairwise', 5, 0, '01 23 12 34'],
    ['pairwise', 4, 0, '01 23 12'],
    ['circular', 4, 0, '30 01 12 23'],
    ['circular', 2, 0, '01'],
    ['sca', 3, 0, '20 01 12'],
    ['sca', 3, 1, '21 02 10'],
    ['sca', 3, 2, '01 12 20'],
    ['sca', 3, 3, '02 10 21'],
    ['sca', 2, 1, '10'],
  ];
  test.each(cases)('%s on %d qubits, repetition %d', (pattern, qubits, repetition, pairs) => {
    expect(written(entanglingPairs(entanglement.parse(pattern), qubits, repetition))).toBe(pairs);
  });

  test.each(entanglement.options)('%s on one qubit is nothing, and never leaves the qubits', (pattern) => {
    expect(entanglingPairs(pattern, 1, 1)).toEqual([]);
    for (const qubits of [2, 3, 5, 6])
      for (let repetition = 0; repetition < 4; repetition++)
        for (const [a, b] of entanglingPairs(pattern, qubits, repetition)) {
          expect(a).not.toBe(b);
          expect(Math.max(a, b)).toBeLessThan(qubits);
          expect(Math.min(a, b)).toBeGreaterThanOrEqual(0);
        }
  });
});
