import { describe, expect, test } from 'vitest';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { differenceUpToPhase, unitaryOf } from '../helpers/unitary.ts';

const read = (text: string) => readOpenqasm(text, { name: 'c.qasm' });
const third = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const second = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n';
const none = new Float64Array(0);
const unitary = (text: string) => unitaryOf(read(text).source, none, none);

describe('gates that exporters write are the matrices of their tools', () => {
  // Each beside gates of stdgates.inc that come to the same matrix up to a phase of the state.
  test.each([
    ['rzz(0.3) q[0], q[1];', 'cx q[0], q[1]; rz(0.3) q[1]; cx q[0], q[1];'],
    ['rxx(0.3) q[0], q[1];', 'h q; cx q[0], q[1]; rz(0.3) q[1]; cx q[0], q[1]; h q;'],
    ['sxdg q[0];', 'inv @ sx q[0];'],
    ['iswap q[0], q[1];', 's q; h q[0]; cx q[0], q[1]; cx q[1], q[0]; h q[1];'],
    ['dcx q[0], q[1];', 'cx q[0], q[1]; cx q[1], q[0];'],
    ['rzx(0.4) q[0], q[1];', 'h q[1]; cx q[0], q[1]; rz(0.4) q[1]; cx q[0], q[1]; h q[1];'],
    ['ecr q[0], q[1];', 's q[0]; sx q[1]; cx q[0], q[1]; x q[0];'],
    ['r(0.7, 0.2) q[0];', 'U(0.7, 0.2 - pi/2, pi/2 - 0.2) q[0];'],
    ['cphaseshift00(0.4) q[0], q[1];', 'negctrl(1) @ p(-0.4) q[0], q[1]; negctrl @ gphase(0.4) q[0];'],
    ['cphaseshift01(0.4) q[0], q[1];', 'negctrl @ p(0.4) q[0], q[1];'],
    ['xy(0.4) q[0], q[1];', 'rxx(-0.2) q[0], q[1]; ryy(-0.2) q[0], q[1];'],
  ])('%s', (written, meant) => {
    const [found, expected] = [written, meant].map((body) => unitary(`${third}qubit[2] q;\n${body}`));
    expect(differenceUpToPhase(found, expected)).toBeLessThan(1e-13);
  });

  test('each with a note', () => {
    expect(read(`${third}qubit[2] q;\nrzz(0.3) q[0], q[1];`).notes).toEqual([
      'c.qasm:4:1: rzz is read as exporters mean it: stdgates.inc has no such gate',
    ]);
    expect(read('qubit[2] q; cnot q[0], q[1];').notes).toEqual([
      "c.qasm:1:13: cnot is read as Amazon Braket's built-in gate: the program includes no library",
    ]);
  });

  test("Quantinuum's library", () => {
    const [found, expected] = [
      'OPENQASM 2.0; include "hqslib1.inc"; qreg q[2]; U1q(0.7,0.2) q[0]; ZZ q[0],q[1]; RZZ(0.3) q[0],q[1];',
      `${third}qubit[2] q; U(0.7, 0.2 - pi/2, pi/2 - 0.2) q[0]; rzz(pi/2 + 0.3) q[0], q[1];`,
    ].map(unitary);
    expect(differenceUpToPhase(found, expected)).toBeLessThan(1e-13);
  });

  test('a definition of the program comes first', () => {
    expect(read(`${third}gate rzz(t) a, b { x a; } qubit[2] q; rzz(1) q[0], q[1];`).source.operations).toEqual([
      { gate: 'x', wires: [0] },
    ]);
  });
});

describe('constructs that are no gates', () => {
  test.each([
    [`${second}opaque magic(a) q; qreg q[1]; h q[0];`, []],
    [`${second}qreg q[1]; reset q[0]; h q[0];`, ['resets before the first gate are left out']],
    [`${third}qubit q; h q; #pragma braket result state_vector\n`, ['result pragmas are left out']],
    [`${third}qubit q; @tool.hint a b c\nh q;`, ['annotations are left out']],
  ])('%s is read', (text, notes) => {
    const circuit = read(text);
    expect(circuit.source.operations).toEqual([{ gate: 'h', wires: [0] }]);
    expect(circuit.notes).toEqual(notes.map((note) => expect.stringContaining(note)));
  });

  test.each([
    [`${third}qubit q; h q;\n#pragma braket noise depolarizing(0.1) q`, 'c.qasm:4:1: found the pragma "braket noise'],
    [`${third}qubit q;\n#pragma braket unitary([[1, 0], [0, 1]]) q`, 'expected gates by name'],
    [`${third}qubit q;\npragma vendor anything`, 'found the pragma "vendor anything"'],
    [`${second}opaque magic q; qreg q[1]; magic q[0];`, 'found "magic", an opaque gate'],
    [`${second}qreg q[1]; h q[0]; reset q[0];`, 'found reset of a qubit that a gate or a measurement has acted on'],
    [`${second}qreg q[1]; rx(theta) q[0];`, 'OpenQASM 2 has no parameters: write OPENQASM 3.0 with `input float'],
    [`${second}qreg q[1]; hh q[0];`, 'did you mean "h" of qelib1.inc?'],
    ['OPENQASM 2.0; qreg q[1]; h q[0];', 'expected one of include "qelib1.inc"'],
    [
      `${third}bit[2] c; qubit[2] q; c[1] = measure q[0]; if (c[1] == 1) x q[1];`,
      'found the result of a measurement, expected a value known when the circuit is built',
    ],
  ])('%s is refused', (text, message) => expect(() => read(text)).toThrow(message));

  test('signs and a phase of the state in OpenQASM 2', () => {
    const { operations } = read(`${second}qreg q[1]; rx(+0.3) q[0]; gphase(0.2) ; rx(- +0.5) q[0];`).source;
    expect(operations.map(({ angles }) => angles![0].offset)).toEqual([
      { kind: 'number', value: 0.3 },
      { kind: 'number', value: -0.5 },
    ]);
  });
});
