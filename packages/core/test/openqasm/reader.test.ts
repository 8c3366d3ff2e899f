import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/circuit/expression.ts';
import { InputError } from '../../src/errors.ts';
import { readOpenqasm } from '../../src/openqasm/read.ts';
import { differenceUpToPhase, unitaryOf } from '../helpers/unitary.ts';

const header = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const read = (text: string, inputs: string[] = []) => readOpenqasm(text, { name: 'c.qasm', inputs });
const body = (statements: string) => read(`${header}qubit[4] q;\n${statements}\n`);
/** Gates with their wires, as they are applied. */
const gatesOf = (statements: string) =>
  body(statements).source.operations.map(({ gate, wires }) => `${gate} ${wires.join(' ')}`);
/** Value of an expression that is the angle of a gate. */
function valueOfAngle(expression: string, declarations = ''): number {
  const [operation] = body(`${declarations} rx(${expression}) q[0];`).source.operations;
  return evaluate(operation.angles![0].offset);
}
/** The first line of the error and what the mark stands under. */
function refusal(text: string): { message: string; marked: string } {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const [message, line, mark] = (error as InputError).message.split('\n');
    return { message, marked: line?.slice(mark.indexOf('^')) ?? '' };
  }
  throw new Error(`nothing is wrong with ${text}`);
}

describe('expressions', () => {
  test.each([
    ['2 + 3 * 4 ** 2 / 8', 8],
    ['-2 ** 2', -4],
    ['2 ** 3 ** 2', 512],
    ['2 ** -1', 0.5],
    ['(1 + 2) * -3', -9],
    ['7 % 3 + 10 - 4 - 3', 4],
    ['1 << 4 | 3', 19],
    ['6 & 3 ^ 1', 3],
    ['float(3 > 2 && !(1 == 2) || false)', 1],
    ['int(7) / 2', 3.5],
    ['int(7 / 2)', 3],
    ['int[8](-7 / 2)', -3],
    ['0b1010 + 0o17 + 0xff + 1_000', 1280],
    ['1.5e-3 + .25 + 2.', 2.2515],
    ['π/2 + τ - ℇ', Math.PI / 2 + 2 * Math.PI - Math.E],
    ['pi + tau + euler', 3 * Math.PI + Math.E],
    ['sin(1) * cos(2) + tan(0.5)', Math.sin(1) * Math.cos(2) + Math.tan(0.5)],
    ['arcsin(0.5) + arccos(0.25) - arctan(3)', Math.asin(0.5) + Math.acos(0.25) - Math.atan(3)],
    ['exp(log(3)) + sqrt(2) + pow(2, 3)', 3 + Math.SQRT2 + 8],
    ['floor(2.7) + ceiling(2.1) + mod(17, 5) + mod(5.5, 2)', 5 + 2 + 1.5],
    ['popcount("0110_1") + popcount(uint[4](7))', 6],
    ['int(rotl("0010_1010", 3))', 0b01010001],
    ['int(rotr(uint[4](1), 1))', 8],
    ['uint[4](12)[2] + uint[4](12)[-1]', 2],
    ['int("1010"[1:3])', 0b101],
  ])('%s = %f', (expression, value) => expect(valueOfAngle(expression)).toBeCloseTo(value, 13));

  test('constants, variables, arrays and bits', () => {
    expect(
      valueOfAngle(
        'a * f + c[1][0]',
        'const int[32] a = 7 / 2; float f = a; array[float[64], 2, 1] c = {{1}, {0.25}};',
      ),
    ).toBe(9.25);
    expect(valueOfAngle('i', 'int i = 1; while (i < 20) { i *= 2; if (i == 8) break; }')).toBe(8);
    expect(valueOfAngle('float(b[0]) + 2 * b[3]', 'bit[4] b = "1001";')).toBe(3);
    expect(valueOfAngle('x1', 'const angle[20] x1 = pi / 4;')).toBe(Math.PI / 4);
    expect(valueOfAngle('sizeof(q) + sizeof(c, 1)', 'array[int, 2, 3] c = {{1, 2, 3}, {4, 5, 6}};')).toBe(7);
  });

  test('whole numbers divide to broken angles, which is said', () => {
    expect(body('rx(3/8) q[0];').notes).toEqual([expect.stringContaining('c.qasm:4:5: 3/8 is read as 0.375')]);
    expect(body('rx(pi/8) q[0]; rx(4/2) q[0];').notes).toEqual([]);
  });
});

describe('registers', () => {
  test.each([
    ['h q;', ['h 0', 'h 1', 'h 2', 'h 3']],
    ['h q[0:2:3];', ['h 0', 'h 2']],
    ['h q[3:-1:1];', ['h 3', 'h 2', 'h 1']],
    ['h q[:1]; h q[-1];', ['h 0', 'h 1', 'h 3']],
    ['cx q[{0, 2}], q[{3, 1}];', ['cx 0 3', 'cx 2 1']],
    ['cx q[0], q[1:3];', ['cx 0 1', 'cx 0 2', 'cx 0 3']],
    ['let a = q[2:3] ++ q[0]; h a[0]; h a[-1]; let b = a[1:2]; cx b[0], b[1];', ['h 2', 'h 0', 'cx 3 0']],
    ['qubit r; qubit[2] w; x r; x w[1];', ['x 4', 'x 6']],
    ['h q[1][0:0];', 'index'],
  ])('%s', (statements, expected) => {
    if (typeof expected === 'string') expect(() => gatesOf(statements)).toThrow(expected);
    else expect(gatesOf(statements)).toEqual(expected);
  });

  test('hardware qubits are the qubits of that number', () => {
    const { source } = read(`${header}h $1; cx $1, $2;`);
    expect([source.qubits, source.operations.map(({ wires }) => wires)]).toEqual([3, [[1], [1, 2]]]);
  });
});

describe('flow', () => {
  test.each([
    ['for int i in [0:3] { if (i % 2 == 0) x q[i]; else { y q[i]; } }', ['x 0', 'y 1', 'x 2', 'y 3']],
    ['for uint i in [3:-2:0] h q[i];', ['h 3', 'h 1']],
    ['for int i in {2, 0} { let a = q[i]; h a; }', ['h 2', 'h 0']],
    ['for bit b in "011" { if (b) x q[0]; else y q[0]; }', ['x 0', 'x 0', 'y 0']],
    ['for int i in [0:9] { if (i == 1) continue; if (i == 3) break; x q[i]; }', ['x 0', 'x 2']],
    ['switch (2) { case 0, 1 { x q[0]; } case 2 { y q[0]; } default { z q[0]; } }', ['y 0']],
    ['switch (9) { case 0 { x q[0]; } default { z q[0]; } }', ['z 0']],
    ['box { x q[0]; } barrier q; delay[10ns] q; nop q[0]; { y q[1]; }', ['x 0', 'y 1']],
    ['x q[0]; end; y q[0];', ['x 0']],
    ['@tool.word any text\nx q[0];\n#pragma braket verbatim\npragma braket result state_vector', ['x 0']],
    ['/* x q[0]; */ // x q[1];\ny q[2];', ['y 2']],
    ['gate two a, b { for int i in [1:2] { cx a, b; } barrier a; } two q[1], q[0];', ['cx 1 0', 'cx 1 0']],
  ])('%s', (statements, expected) => expect(gatesOf(statements)).toEqual(expected));
});

test('inputs are features or parameters, in order of declaration', () => {
  const text = `${header}input float[64] _θ_1_; input angle b; input float x0; input array[float[64], 2] w; qubit q;
    rx(2*b - _θ_1_/4 + x0*w[1] + pi) q; ry(sin(b)*w[0]) q; rz((b + 1)*(x0 - 2)) q;`;
  const { source, inputs } = read(text, ['x0']);
  expect([source.parameters, source.inputs, inputs]).toEqual([['_θ_1_', 'b', 'w[0]', 'w[1]'], 1, ['x0']]);
  const [rx, ry, rz] = source.operations.map(({ angles }) => angles![0]);
  expect(rx.terms.map(({ parameter, factor }) => [parameter, evaluate(factor, Float64Array.of(3))])).toEqual([
    [1, 2],
    [0, -0.25],
    [3, 3],
  ]);
  expect(rx.offset).toEqual({ kind: 'number', value: Math.PI });
  expect([ry.terms, ry.nonlinear === undefined]).toEqual([[], false]);
  expect([rz.terms.length, rz.nonlinear, evaluate(rz.offset, Float64Array.of(5))]).toEqual([1, undefined, 3]);
});

test("angles that Qiskit's exporter passes to its gates by mistake are noted", () => {
  const notesOf = (call: string) =>
    body(`input float a; input float b; gate g(a, b) _gate_q_0 { rx(a - b) _gate_q_0; } ${call} q[0];`).notes;
  const noted = [expect.stringMatching(/^c.qasm:4:79: g\(a, b\) is called with other angles under the same names/)];
  expect(notesOf('g(b, a)')).toEqual(noted);
  expect(notesOf('g(a, sin(b)/2)')).toEqual(noted);
  expect(notesOf('g(a, b)')).toEqual([]);
  expect(notesOf('g(1, pi)')).toEqual([]);
});

test('inputs that are named have to exist, once', () => {
  const text = `${header}input float a; input float b; qubit q; rx(a*b) q;`;
  expect(() => read(text, ['a', 'c'])).toThrow('inputs: found "c", which is no input of c.qasm, expected some of a, b');
  expect(() => read(text, ['a', 'a'])).toThrow('inputs: found "a" twice');
});

test('a final measurement is left out and said', () => {
  const { source, notes } = body('x q[0]; bit[4] c; c = measure q; bit b = measure q[0]; measure q[1] -> c[1];');
  expect(source.operations).toHaveLength(1);
  expect(notes).toEqual(['c.qasm:4:23: final measurements are left out: expectation values are exact']);
});

test('other files are included through the caller, relative to the file that includes them', () => {
  const files: Record<string, string> = {
    'lib/a.inc': 'include "b.inc";\ngate ax q { bx q; }',
    'lib/b.inc': 'gate bx q { x q; }',
  };
  const readInclude = (file: string, from: string) => {
    const name = `${from.replace(/[^/]*$/, '')}${file}`;
    if (files[name] === undefined)
      throw new InputError({ where: name, found: 'no such file', expected: 'a file that can be read' });
    return { name, text: files[name] };
  };
  const of = (text: string) => readOpenqasm(text, { name: 'c.qasm', readInclude });
  expect(of(`${header}include "lib/a.inc";\nqubit q;\nax q;`).source.operations).toEqual([{ gate: 'x', wires: [0] }]);
  expect(() => of(`${header}include "no.inc";`)).toThrow('c.qasm:3:1: no.inc: found no such file');
  files['loop.inc'] = 'include "loop.inc";';
  expect(() => of('include "loop.inc";')).toThrow('loop.inc:1:1: found loop.inc, which includes itself');
  files['lib/b.inc'] = 'gate bx q { nothing q; }';
  expect(() => of(`${header}include "lib/a.inc";`)).toThrow(
    'lib/b.inc:1:13: found the gate "nothing", which is not defined',
  );
  expect(() => read('include "lib/a.inc";')).toThrow('found an include of "lib/a.inc"');
});

describe('what is declared and not used does no harm', () => {
  test.each([
    ['opaque g(a) b, c;', []],
    ['extern f(int[32], float) -> bit;', []],
    ['def f(qubit r, angle a) -> bit { if (a > 1) { x r; } return measure r; }', []],
    ['defcalgrammar "openpulse";', ['calibrations']],
    ['cal { extern port d0; frame f = newframe(d0, 5.0e9, 0.0); waveform w = {1.0im, 2}; }', ['calibrations']],
    ['defcal h $0 { play(f, w); }', ['calibrations']],
    ['defcal measure $0 -> bit { return capture_v2(f, w); }', ['calibrations']],
    ['duration d = 3ns; stretch e;', ['durations']],
    ['box[100ns] { delay[20ns] q[0]; }', ['durations', 'delays']],
  ])('%s', (statement, left) => {
    const { source, notes } = body(`${statement} h q[0];`);
    expect(source.operations).toEqual([{ gate: 'h', wires: [0] }]);
    expect(notes).toEqual(
      left.map((what) => expect.stringMatching(new RegExp(`^c.qasm:4:\\d+: ${what} are left out: `))),
    );
  });

  test('a calibration leaves the name of its gate to a definition, of the program or a library', () => {
    const calibrated = 'defcal h $0 { } defcal own $0 { }';
    const { source } = read(`${calibrated} include "stdgates.inc"; gate own a { x a; } qubit q; h q; own q;`);
    expect(source.operations.map(({ gate }) => gate)).toEqual(['h', 'x']);
  });
});

describe('an unknown gate is said with the nearest one, and what has it', () => {
  test.each([
    ['include "stdgates.inc"; qubit q; hadamrd q;', undefined],
    ['include "stdgates.inc"; qubit q; swp q, q;', 'did you mean "swap" of stdgates.inc?'],
    ['include "stdgates.inc"; gate layer_one a { } qubit q; layer_on q;', 'did you mean "layer_one"?'],
    ['qubit[2] q; CNOT q[0], q[1];', 'did you mean "cnot" of Amazon Braket?'],
    ['OPENQASM 2.0; qreg q[2]; cx q[0], q[1];', 'qelib1.inc has it'],
    ['OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; c3sqrtz q[0];', 'did you mean "c3sqrtx" of qelib1.inc?'],
  ])('%s', (text, advice) => {
    const { message } = refusal(text);
    expect(message).toMatch(
      /found the gate "\w+", which is not defined, expected one of include "(stdgates|qelib1).inc"/,
    );
    expect(message.split('; ')[1]).toBe(advice);
  });
});

describe('OpenQASM 2', () => {
  const second = (statements: string) =>
    read(`OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[4];\ncreg c[4];\n${statements}\n`).source;

  test('statements', () => {
    const { operations, qubits } = second('h q; u2(0,pi) q[0]; CX q[0],q[1]; barrier q; measure q -> c;');
    expect([qubits, operations.map(({ gate }) => gate)]).toEqual([4, ['h', 'h', 'h', 'h', 'u', 'cx']]);
    const [rx] = second('rx(2^3-1/4) q[0];').operations;
    expect(evaluate(rx.angles![0].offset)).toBe(7.75);
  });

  test('a definition may take the place of one in the library', () => {
    expect(second('gate rzz(t) a,b { cx a,b; } rzz(1) q[0],q[1];').operations).toEqual([{ gate: 'cx', wires: [0, 1] }]);
  });

  test.each([
    ['if(c==1) x q[0];', 'feed-forward is not simulated'],
    ['measure q[0] -> c[0]; if(c==1) x q[0];', 'feed-forward is not simulated'],
    ['opaque g a; g q[0];', 'an opaque gate, expected a gate with a definition'],
    ['x q[0]; reset q[0];', 'found reset of a qubit that a gate or a measurement has acted on'],
  ])('%s', (statements, reason) => expect(() => second(statements)).toThrow(reason));
});

describe('refused with the place marked', () => {
  test.each([
    [
      'qubit q; U(1, 2, 3) q; reset q;',
      '1:24: found reset of a qubit that a gate or a measurement has acted on',
      'reset q;',
    ],
    [
      'qubit q; bit c = measure q; U(1,2,3) q;',
      '1:29: found a gate on a qubit that was measured at c.qasm:1:18',
      'U(1,2,3) q;',
    ],
    ['qubit q; bit c = measure q; if (c) U(1,2,3) q;', '1:33: found the result of a measurement', 'c) U(1'],
    [
      'def f(qubit q) { U(1, 2, 3) q; } qubit r; f r;',
      '1:43: found "f", a subroutine, expected gates alone, as subroutines are not supported',
      'f r;',
    ],
    [
      'def f(qubit q) -> bit { return measure q; } qubit r; f(r);',
      '1:54: found "f", a subroutine, expected gates alone',
      'f(r)',
    ],
    [
      'extern f(float) -> float; qubit q; U(f(1), 0, 0) q;',
      '1:38: found f, an extern function, expected gates alone, as nothing runs beside the circuit',
      'f(1)',
    ],
    [
      'defcal rotate(angle t) $0 { play(drive, gaussian(1.0)); } rotate(1) $0;',
      '1:59: found "rotate", a gate that has a calibration alone, expected a gate with a definition',
      'rotate(1)',
    ],
    [
      'cal { play(drive, gaussian(1.0)); }',
      '1:1: found a block of pulses, expected gates alone, as pulses are not simulated; the block calls play',
      'cal',
    ],
    ['cal { ', '1:5: found the end of the file, expected } for this {', '{'],
    ['return 1;', '1:1: found return, expected it in a subroutine, and these are not supported', 'return'],
    [
      'qubit q; hh q;',
      '1:10: found the gate "hh", which is not defined, expected one of include "stdgates.inc" or a definition before; did you mean "h" of stdgates.inc?',
      'hh q;',
    ],
    ['qubit q; U(a, 0, 0) q;', '1:12: found "a", which is not defined, expected a value', 'a, 0'],
    ['qubit q; U(f(1), 0, 0) q;', '1:12: found f, which is no function of the language', 'f(1)'],
    ['qubit q; U(1) q;', '1:10: found 1 angle, expected 3, as U takes', 'U(1)'],
    ['qubit[2] q; U(1, 2, 3) q[0], q[1];', '1:13: found 2 qubits, expected 1, as U acts on', 'U(1'],
    ['qubit[2] q; U(1, 2, 3) q[2];', '1:26: found index 2, expected -2 to 1', '2];'],
    ['qubit[2] q; U(1, 2, 3) q[-3];', '1:26: found index -3', '-3];'],
    ['qubit[2] q; U(1, 2, 3) r;', '1:24: found "r", which is not defined, expected a qubit or register', 'r;'],
    [
      'gate g a { g a; }',
      '1:12: found the gate "g" inside its own definition, expected gates that are defined before',
      'g a; }',
    ],
    [
      'gate g a { } gate g a { }',
      '1:19: found "g" for the second time, first at c.qasm:1:6, expected another name',
      'g a { }',
    ],
    [
      'qubit q; qubit q;',
      '1:10: found "q" for the second time, first at c.qasm:1:1, expected another name',
      'qubit q;',
    ],
    ['gate g a, a { }', '1:11: found "a" for the second time, first at c.qasm:1:8, expected another name', 'a { }'],
    [
      'qubit[2] q; ctrl @ U(1, 2, 3) q[0], q[0];',
      '1:37: found the same qubit twice in one gate, expected every qubit once',
      'q[0];',
    ],
    [
      'gate g a, b { ctrl @ U(1, 2, 3) a, a; }',
      '1:36: found the same qubit twice in one gate, expected every qubit once',
      'a; }',
    ],
    ['gate g a { reset a; }', '1:12: found a reset in a gate, expected gates and loops over them', 'reset a'],
    ['gate g a { U(1, 2, 3) a[0]; }', '1:23: found an index behind "a"', 'a[0]'],
    [
      'qubit q; gate g a { U(1, 2, 3) q; }',
      '1:32: found "q", which is no qubit of this gate, expected one of its own',
      'q; }',
    ],
    [
      'float f = 1; gate g a { U(f, 2, 3) a; }',
      '1:27: found "f", which is not defined in this gate, expected a value',
      'f, 2',
    ],
    ['qubit[2] q; qubit[3] r; gate g a, b { } g q, r;', '1:46: found a register of 3 qubits beside one of 2', 'r;'],
    ['input float a; qubit q; if (a > 1) U(1, 2, 3) q;', '1:31: found a comparison with an input or parameter', '> 1'],
    [
      'input float a; qubit q; gate g b { U(0, 0, 0) b; U(0, 0, 0) b; } pow(a) @ g q;',
      'depends on an input or parameter',
      'g q;',
    ],
    ['input int a;', '1:11: found an input of type int, expected float or angle', 'a;'],
    ['qubit q; U(1/0, 0, 0) q;', '1:13: found a division by 0', '/0'],
    [
      'qubit q; U(log(0), 0, 0) q;',
      '1:12: found ln without a finite value, expected numbers for which it has one',
      'log',
    ],
    ['qubit q; U(2im, 0, 0) q;', '1:12: found a complex number, expected a real one', '2im'],
    ['qubit q; U(1, 2, 3) q', '1:22: found the end of the file, expected ;', ''],
    ['qubit q; if (true) { U(1, 2, 3) q;', '1:20: found the end of the file, expected } for this {', '{ U'],
    ['OPENQASM 4.0;', '1:10: found version 4.0, expected 2 or 3', '4.0'],
    ['qubit q; OPENQASM 3.0;', '1:10: found a version, expected it once, before everything else', 'OPENQASM'],
    ['const int c = 1; c = 2;', '1:18: found "c", which cannot be changed, expected a variable', 'c = 2'],
    ['break;', '1:1: found break outside a loop, expected it in a loop', 'break'],
    [
      'include "stdgates.inc"; input float x;',
      '1:37: found "x", which is a gate of the included library, expected another name',
      'x;',
    ],
    [
      'qubit[3] q; let a = q[0:1] ++ q[1:2];',
      '1:22: found the same qubit twice in one register, expected every qubit once',
      '[0:1]',
    ],
    ['qubit[3] q; U(1, 2, 3) q[0:0:2];', '1:26: found a range with step 0', '0:0:2'],
    ['uint[4] a = -1;', '1:9: found -1, expected a whole number from 0', 'a = -1'],
    ['x = 3;', '1:1: found "x", which is not defined, expected a variable', 'x = 3'],
    [
      'input float a; qubit q; U(floor(a), 0, 0) q;',
      '1:27: found floor of a trainable parameter, expected a function that has a derivative to train with',
      'floor',
    ],
    ['qubit[3] q; U(1, 2, 3) q[2:1];', '1:26: found no qubits', '2:1'],
    ['const float pi = 3;', '1:13: found "pi", which is a constant of the language, expected another name', 'pi = 3'],
    ['qubit q;\r\n\tU q;\r\n', '2:2: found 0 angles, expected 3, as U takes', 'U q;'],
    ['  \n  \t?', '2:4: found "?", expected a name, a number or a symbol of the language', '?'],
  ])('%s', (text, message, marked) => {
    const found = refusal(text);
    expect(found.message).toContain(message);
    if (/^\d/.test(message)) expect(found.message.startsWith(`c.qasm:${message}`)).toBe(true);
    expect(found.marked.startsWith(marked)).toBe(true);
  });
});

test('CX as a controlled U is the CNOT that everybody means by it', () => {
  const none = new Float64Array(0);
  const own = read('gate cx c, t { ctrl @ U(pi, 0, pi) c, t; } qubit[2] q; U(0.3, 0.1, 0.2) q[0]; cx q[0], q[1];');
  const expected = body('').source;
  const cnot = { ...expected, qubits: 2, operations: [own.source.operations[0], { gate: 'cx', wires: [0, 1] }] };
  expect(differenceUpToPhase(unitaryOf(own.source, none, none), unitaryOf(cnot, none, none))).toBeLessThan(1e-14);
});
