import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { jacobian } from '../../src/kernel/jacobian.ts';
import { gram } from '../../src/linalg/matrix.ts';
import { bind, createModel } from '../../src/model/model.ts';
import { reference } from '../../src/simulate/reference.ts';
import { circuitOf, oracles } from './oracles.ts';

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
};

test('there are at least six circuits to compare with', () => {
  expect(oracles.length).toBeGreaterThanOrEqual(6);
});

describe.each(oracles)('PennyLane and Qiskit: $name', (oracle) => {
  const circuit = compile(circuitOf(oracle));
  const observables = oracle.observables.map(({ text }) => parseObservable(text, oracle.qubits));
  const model = createModel(circuit, observables, oracle.scale, reference);
  const result = jacobian(model, Float64Array.from(oracle.theta), bind(model, Float64Array.from(oracle.X.flat())));

  test('outputs to 1e-12', () => expect(largest(result.f, oracle.f.flat())).toBeLessThan(1e-12));
  test('Jacobian to 1e-11', () => expect(largest(result.J, oracle.J.flat(2))).toBeLessThan(1e-11));
  test('tangent kernel to 1e-9', () =>
    expect(largest(gram(result.J, result.rows, result.columns), oracle.K.flat())).toBeLessThan(1e-9));
});
