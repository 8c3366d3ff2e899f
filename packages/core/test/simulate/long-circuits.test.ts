import { expect, test } from 'vitest';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { bind } from '../../src/model/model.ts';
import { modelOf } from '../helpers/problems.ts';

test('a circuit of 40 000 trained gates is compiled: its words are no arguments of a call', () => {
  const model = modelOf({ qubits: 2, layers: 10_000 });
  const inputs = bind(model, Float64Array.of(0.5), Int32Array.of(0));
  const { f, J } = jacobian(model, new Float64Array(model.parameters), inputs);
  // All angles 0: the rings of CZ leave RY(x)|0⟩ with ⟨Z₀⟩ = cos x.
  expect(f[0]).toBeCloseTo(Math.cos(0.5), 9);
  expect(J).toHaveLength(40_000);
});
