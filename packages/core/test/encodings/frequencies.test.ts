import { describe, expect, test } from 'vitest';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import { bind } from '../../src/model/model.ts';
import { modelSchema } from '../../src/model/schema.ts';
import { random } from '../../src/random/random.ts';
import { wasm } from '../../src/simulate/wasm/engine.ts';
import { uniform } from '../helpers/circuits.ts';
import { largest, seed } from '../helpers/numbers.ts';

/** |c_k|, k = 0 … N/2, of a function given at N equal steps of a period. */
function amplitudes(values: ArrayLike<number>): number[] {
  const n = values.length;
  return Array.from({ length: n / 2 + 1 }, (_, k) => {
    let re = 0;
    let im = 0;
    for (let i = 0; i < n; i++) {
      // k·i mod n keeps the angle's digits.
      const angle = (2 * Math.PI * ((k * i) % n)) / n;
      re += values[i] * Math.cos(angle);
      im -= values[i] * Math.sin(angle);
    }
    return Math.hypot(re, im) / n;
  });
}

/** Fourier amplitudes in x of the output and of one of its derivatives. */
function contentOf(encoding: object, qubits: number, steps: number, layers = 3) {
  const spec = { qubits, encoding, ansatz: { kind: 'strongly-entangling', layers }, observable: 'X0 + Z0*Z1 + 0.5*Y2' };
  const model = buildModel(modelSchema.parse(spec), 1, wasm);
  const X = Float64Array.from({ length: steps }, (_, i) => (2 * Math.PI * i) / steps);
  const { f, J, columns } = jacobian(model, uniform(random(seed), model.parameters), bind(model, X));
  const middle = J.filter((_, at) => at % columns === columns >> 1);
  return [amplitudes(f), amplitudes(middle)];
}

/** Sums of one of −f, 0, f for each factor f: all frequencies a product of such rotations can have. */
function reachable(factors: number[]): Set<number> {
  let sums = [0];
  for (const factor of factors) sums = [...new Set(sums.flatMap((k) => [k, k + factor, k - factor]))];
  return new Set(sums);
}

describe('frequencies of the outputs and of the kernel features', () => {
  const cases: [name: string, encoding: object, qubits: number, factors: number[]][] = [
    ['low: up to n', { frequency: 'low' }, 4, [1, 1, 1, 1]],
    ['linear: up to n(n+1)/2', { frequency: 'linear' }, 4, [1, 2, 3, 4]],
    ['high: up to (3ⁿ−1)/2', { frequency: 'high' }, 4, [1, 3, 9, 27]],
    ['low with RX', { frequency: 'low', gate: 'RX' }, 3, [1, 1, 1]],
    ['low, uploaded three times: up to 3n', { frequency: 'low', reupload: true }, 3, Array(9).fill(1)],
  ];
  test.each(cases)('%s', (_, encoding, qubits, factors) => {
    const degree = factors.reduce((a, b) => a + b);
    const steps = 2 ** Math.ceil(Math.log2(4 * degree));
    const allowed = reachable(factors);
    expect(Math.max(...allowed)).toBe(degree);
    for (const content of contentOf(encoding, qubits, steps)) {
      const above = content.filter((_, k) => !allowed.has(k));
      expect(above.length).toBeGreaterThan(degree - 2);
      expect(largest(above)).toBeLessThan(1e-12);
      expect(largest(content)).toBeGreaterThan(1e-2);
    }
  });

  test('the highest ones are really there', () => {
    for (const [encoding, degree] of [
      [{ frequency: 'low' }, 3],
      [{ frequency: 'linear' }, 6],
      [{ frequency: 'high' }, 13],
    ] as const)
      expect(contentOf(encoding, 3, 64)[0][degree], `degree ${degree}`).toBeGreaterThan(1e-4);
  });

  test('RZ on |0⟩ is a phase: no dependence on x at all', () => {
    for (const content of contentOf({ gate: 'RZ' }, 3, 16)) expect(largest(content.slice(1))).toBeLessThan(1e-14);
  });
});
