import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fixed } from '../../src/circuit/angle.ts';
import type { CircuitSource } from '../../src/circuit/circuit.ts';
import { InputError } from '../../src/errors.ts';
import { writeOpenqasm } from '../../src/openqasm/write/write.ts';
import { sourceOf } from '../helpers/circuits.ts';
import { difference } from '../helpers/numbers.ts';
import { unitaryOf } from '../helpers/unitary.ts';
import { written } from './written.ts';

interface Oracle {
  /** Names in order of declaration. */
  readonly inputs: string[];
  readonly unitary: number[];
}
const oracle: { files: Record<string, Oracle> } = JSON.parse(
  readFileSync(new URL('oracles/written.json', import.meta.url), 'utf8'),
);

/** What oracles/written.py gives the k-th input of a file. */
const valueOfInput = (k: number): number => ((37 * k) % 100) / 25 - 2;

const inputsOf = (text: string) => [...text.matchAll(/^input float\[64\] (.*);$/gm)].map(([, name]) => name);

describe.each(Object.entries(written))('%s', (name, { source, inputNames }) => {
  test('is written as it was when Qiskit read it', async () => {
    await expect(writeOpenqasm(source, inputNames)).toMatchFileSnapshot(`written/${name}.qasm`);
  });

  test("has Qiskit's unitary, global phase included", () => {
    const values = Float64Array.from({ length: source.inputs + source.parameters.length }, (_, k) => valueOfInput(k));
    const ours = unitaryOf(source, values.subarray(0, source.inputs), values.subarray(source.inputs));
    expect(difference(ours, oracle.files[name].unitary)).toBeLessThan(1e-12);
  });

  test('has inputs, then parameters, in order', () => {
    expect(inputsOf(writeOpenqasm(source, inputNames))).toEqual(oracle.files[name].inputs);
    expect(oracle.files[name].inputs).toHaveLength(source.inputs + source.parameters.length);
  });
});

test('names keep as much of themselves as OpenQASM allows', () => {
  const source: CircuitSource = { ...sourceOf(1, 7, []), parameters: ['theta_0', 'q', 'x_0', '_θ_0_', 'Δ', 'ry'] };
  const text = writeOpenqasm(source, ['x_0', 'x', 'sepal length (cm)', '2', '', 'for', 'x_0']);
  expect(inputsOf(text)).toEqual([
    ...['x_0', 'x_1', 'sepal_length__cm_', '_2', '_', 'for_1', 'x_0_1'],
    ...['theta_0', 'q', 'x_0_2', '_θ_0_', 'Δ', 'ry_1'],
  ]);
  expect(text).toContain('qubit[1] q_1;');
});

test('inputs without names are x_0, x_1, …', () => {
  expect(inputsOf(writeOpenqasm({ ...sourceOf(1, 2, []), parameters: ['theta_0'] }))).toEqual([
    'x_0',
    'x_1',
    'theta_0',
  ]);
});

test('only gates that occur are defined', () => {
  const text = writeOpenqasm(sourceOf(2, 0, [{ gate: 'rxx', wires: [0, 1], angles: [fixed(1)] }]));
  expect(text.match(/^gate \w+/gm)).toEqual(['gate rxx']);
});

test('what cannot be written is refused', () => {
  expect(() => writeOpenqasm({ ...sourceOf(1, 2, []), start: 'amplitudes' })).toThrow(InputError);
  expect(() => writeOpenqasm(sourceOf(1, 0, [{ gate: 'nonsense', wires: [0] }]))).toThrow(/unknown gate/);
  const infinite = [fixed(Number.POSITIVE_INFINITY)];
  expect(() => writeOpenqasm(sourceOf(1, 0, [{ gate: 'rx', wires: [0], angles: infinite }]))).toThrow(/Infinity/);
});
