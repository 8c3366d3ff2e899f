import { expect, test } from 'vitest';
import { gates, type RotationGate } from '../../src/circuit/gates.ts';
import { type Complex, identity, order } from '../../src/linalg/complex.ts';
import { type Step, type Synthesis, synthesize } from '../../src/openqasm/write/synthesis.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import { random } from '../../src/random/random.ts';
import { difference, seed } from '../helpers/numbers.ts';
import { applied } from '../helpers/unitary.ts';

/** The steps multiplied out: each acts on the rows whose wires are as its controls want them. */
function product({ phase, steps }: Synthesis, qubits: number): Complex {
  let result = identity(2 ** qubits);
  for (const step of steps) result = controlled(step, result);
  const [cos, sin] = [Math.cos(phase), Math.sin(phase)];
  return result.map((_, i) =>
    i % 2 === 0 ? cos * result[i] - sin * result[i + 1] : cos * result[i] + sin * result[i - 1],
  );
}

function controlled({ gate, angle, target, ones, zeros }: Step, to: Complex): Complex {
  const all = applied((gates.get(gate) as RotationGate).matrix(angle), [target], to);
  const n = order(to);
  return to.map((entry, i) => {
    const row = Math.floor(i / (2 * n));
    const on = ones.every((w) => (row >> w) & 1) && zeros.every((w) => !((row >> w) & 1));
    return on ? all[i] : entry;
  });
}

/** Each of at most 4^n steps adds a few roundings, which add up like a random walk: 4^n·ε is far above all seen. */
const tolerance = (qubits: number): number => 20 * 4 ** qubits * 2 ** -52;

test.each([1, 2, 3, 4])(`a random unitary of %i qubits is the product of its gates (seed ${seed})`, (qubits) => {
  const draw = random(seed, qubits);
  for (let k = 0; k < 10; k++) {
    const matrix = haarUnitary(2 ** qubits, draw);
    const found = synthesize(matrix);
    expect(difference(product(found, qubits), matrix)).toBeLessThan(tolerance(qubits));
    expect(found.steps.length).toBeLessThanOrEqual(4 ** qubits + 2 ** qubits);
  }
});

test('permutations, diagonals and gates of the table are exact, and cheap where they are sparse', () => {
  const draw = random(seed, 9);
  for (let k = 0; k < 10; k++) {
    const permutation = draw.permutation(8);
    const matrix = new Float64Array(128);
    permutation.forEach((to, from) => {
      const phi = draw.uniform(0, 7);
      matrix.set([Math.cos(phi), Math.sin(phi)], 2 * (8 * to + from));
    });
    expect(difference(product(synthesize(matrix), 3), matrix)).toBeLessThan(tolerance(3));
  }
  for (const gate of gates.values()) {
    if (gate.kind !== 'fixed') continue;
    expect(difference(product(synthesize(gate.matrix), gate.qubits), gate.matrix), gate.name).toBeLessThan(1e-14);
  }
  const steps = (name: string) => synthesize((gates.get(name) as { matrix: Complex }).matrix).steps;
  expect(steps('cz')).toEqual([{ gate: 'p', angle: Math.PI, target: 0, ones: [1], zeros: [] }]);
  expect(steps('ccx')).toHaveLength(2);
  expect(synthesize(identity(8))).toEqual({ phase: 0, steps: [] });
});
