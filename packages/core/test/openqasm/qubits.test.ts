import { describe, expect, test } from 'vitest';
import { buildModel } from '../../src/model/build.ts';
import { bind, outputs } from '../../src/model/model.ts';
import { idleQubits, withoutIdleQubits } from '../../src/openqasm/qubits.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { writeOpenqasm } from '../../src/openqasm/write/write.ts';
import { engines } from '../../src/simulate/engines.ts';

const header = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float x; input float w;\n'.replaceAll('x;', 'x_0;');
const read = (text: string) => readOpenqasm(header + text, { name: 'c.qasm', inputs: ['x_0'] });

/** The circuit RY(x) on a, CX a → b, RY(w) on b: Z on a is cos x, Z on b cos x · cos w. */
const gatesOn = (a: string, b: string) => `ry(x_0) ${a}; cx ${a}, ${b}; ry(w) ${b};`;

const programs = {
  machine: gatesOn('$28', '$29'),
  register: `qubit[127] q; bit[2] c; barrier q; ${gatesOn('q[28]', 'q[29]')} c[0] = measure q[28];`,
  gigantic: `qubit[1000000000] q; bit[1000000000] c; barrier q; ${gatesOn('q[28]', 'q[-1]')} c[5] = measure q[28];`,
  registers: `qubit[20] a; qubit one; qubit[50] b; ${gatesOn('one', 'b[7]')}`,
};

function outputOf(program: keyof typeof programs, observable: string): number {
  const spec = { openqasm: 'c.qasm', inputs: ['x_0'], observable, scale: 1, readout: 'fixed' as const };
  const model = buildModel(spec, 1, engines.reference, { circuit: read(programs[program]) });
  return outputs(model, Float64Array.of(0.7), bind(model, Float64Array.of(0.4)))[0];
}

describe('qubits that no gate acts on are left out, the others keep their names', () => {
  test.each([
    ['machine', ['$28', '$29'], 0],
    ['register', ['q[28]', 'q[29]'], 125],
    ['gigantic', ['q[28]', 'q[999999999]'], 1e9 - 2],
    ['registers', ['one', 'b[7]'], 69],
  ] as const)('%s', (program, names, idle) => {
    const circuit = read(programs[program]);
    const { qubits, qubitNames, operations } = withoutIdleQubits(circuit);
    expect([qubits, qubitNames, idleQubits(circuit)]).toEqual([2, names, idle]);
    expect(operations.map(({ wires }) => wires)).toEqual([[0], [0, 1], [1]]);
  });

  test('a circuit without gates has one qubit', () => {
    expect(withoutIdleQubits(read('qubit[5] q;'))).toMatchObject({ qubits: 1, qubitNames: ['q[0]'] });
  });
});

describe('a written circuit says in comments which of its qubits was which', () => {
  test.each([
    ['machine', ['// q[0] was $28', '// q[1] was $29']],
    ['gigantic', ['// q[0] was q[28]', '// q[1] was q[999999999]']],
  ] as const)('%s', (program, comments) => {
    const text = writeOpenqasm(withoutIdleQubits(read(programs[program])), ['x_0']);
    expect(text.split('\n').filter((line) => line.startsWith('//'))).toEqual(comments);
    const again = readOpenqasm(text, { name: 'w.qasm', inputs: ['x_0'] });
    expect(again.source.operations.map(({ wires }) => wires)).toEqual([[0], [0, 1], [1]]);
  });

  test('nothing is said where the names are the same', () => {
    expect(writeOpenqasm(withoutIdleQubits(read('qubit[2] q; h q[0]; cx q[0], q[1];')), ['x_0'])).not.toContain('//');
  });
});

describe('observables name qubits as the program does, or by number', () => {
  const [first, second] = [Math.cos(0.4), Math.cos(0.4) * Math.cos(0.7)];
  test.each([
    ['machine', 'Z28', first],
    ['machine', 'z$29', second],
    ['machine', '0.5*Z$28 - 2*Z29', 0.5 * first - 2 * second],
    ['machine', 'mean-Z', (first + second) / 2],
    ['register', 'Zq[29]', second],
    ['register', 'Z28*Zq[29]', Math.cos(0.7)],
    // A declared qubit that nothing acts on is |0⟩.
    ['register', 'Z3*Z29 + X4', second],
    ['gigantic', 'Z999999999', second],
    ['registers', 'Zone', first],
    ['registers', 'Z20 * Zb[7]', Math.cos(0.7)],
    ['registers', 'Z28', second],
  ] as const)('%s: %s', (program, observable, value) => expect(outputOf(program, observable)).toBeCloseTo(value, 12));

  test.each([
    ['machine', 'Z0', 'found qubit 0 in "Z0", expected one of 28 ($28), 29 ($29)'],
    ['machine', 'Zq[28]', 'found qubit q[28] in "Zq[28]", expected one of 28 ($28), 29 ($29)'],
    ['register', 'Z127', 'found qubit 127 in "Z127", expected one of 28 (q[28]), 29 (q[29])'],
    ['register', 'Zq', 'found qubit q in "Zq"'],
    ['register', 'Z28*Zq[28]', 'found qubit q[28] twice in one product'],
    ['registers', 'Zone[0]', 'found qubit one[0] in "Zone[0]", expected one of 20 (one), 28 (b[7])'],
  ] as const)('%s: %s is refused', (program, observable, message) =>
    expect(() => outputOf(program, observable)).toThrow(message),
  );
});
