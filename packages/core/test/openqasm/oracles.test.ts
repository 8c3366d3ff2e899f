import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/circuit/circuit.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { jacobianMethods } from '../../src/kernel/jacobian.ts';
import { gram } from '../../src/linalg/matrix.ts';
import { bind, createModel } from '../../src/model/model.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { engines } from '../../src/simulate/engines.ts';

/** One circuit as Qiskit exported and computed it; `generate.py` beside the files says how. */
interface Oracle {
  name: string;
  qasm: string;
  qubits: number;
  inputs: string[];
  parameters: string[];
  observable: string;
  X: number[][];
  theta: number[];
  f: number[];
  J: number[][];
}

// More circuits than are stored can be tried: `generate.py --random N FOLDER`, and the folder in QASM_ORACLES.
const folder = process.env.QASM_ORACLES ?? new URL('.', import.meta.url).pathname;
const oracles: Oracle[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));

function difference(found: Float64Array, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return found.reduce((largest, value, k) => Math.max(largest, Math.abs(value - expected[k])), 0);
}

describe.each(oracles)('$name', (oracle) => {
  const circuit = readOpenqasm(oracle.qasm, { name: oracle.name, inputs: oracle.inputs });
  const theta = Float64Array.from(oracle.theta);
  const X = Float64Array.from(oracle.X.flat());
  const P = theta.length;
  const rows = oracle.f.length;

  test('has the qubits, parameters and inputs that Qiskit has', () => {
    expect(circuit.source.qubits).toBe(oracle.qubits);
    expect(circuit.source.parameters).toEqual(oracle.parameters);
    expect(circuit.source.inputs).toBe(oracle.inputs.length);
  });

  test.each(Object.keys(engines) as (keyof typeof engines)[])('f and K as Qiskit has them, by %s', (engine) => {
    const observables = [parseObservable(oracle.observable.replaceAll('+ -', '- '), oracle.qubits)];
    const model = createModel(compile(circuit.source), observables, 1, engines[engine]);
    const inputs = bind(model, X);
    const { f, J } = jacobianMethods.adjoint(model, theta, inputs);
    expect(difference(f, oracle.f)).toBeLessThan(1e-12);
    const expected = Float64Array.from(oracle.J.flat());
    expect(difference(gram(J, rows, P), [...gram(expected, rows, P)])).toBeLessThan(1e-9);
    const shifted = jacobianMethods.shift(model, theta, inputs);
    expect(difference(shifted.J, [...J])).toBeLessThan(1e-11);
    const differenced = jacobianMethods.difference(model, theta, inputs);
    expect(difference(differenced.J, [...J])).toBeLessThan(1e-8);
  });
});
