import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCircuitFile } from '../src/files/openqasm.ts';
import { fill, newFolder, qntk, qntkJson } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

/** Two features on three qubits, so that the third takes the first again. */
const spec = (encoding: string) => `
data: {source: csv, file: d.csv, target: y}
model: {qubits: 3, encoding: {${encoding}}, ansatz: {kind: hea, layers: 2}, observable: Z0}
`;
const table = 'a,b,y\n0.5,0.1,1\n-0.3,0.2,0\n1.1,-0.4,1\n';

const program = `OPENQASM 3.0;
include "stdgates.inc";
input float[64] _x_0_;
input float[64] _θ_0_;
input angle[32] shift;
qubit[2] q;
ry(_x_0_) q[0];
rx(2*_θ_0_ + shift) q[0];
cx q[0], q[1];
ry(_x_0_) q[1];
`;

describe('a SPEC', () => {
  test('its data say how many features there are', () => {
    fill(folder, { 's.yaml': spec('gate: RY'), 'd.csv': table });
    expect(qntkJson(['circuit', 's.yaml'], folder)).toEqual({
      schema: 'qntk/circuit/1',
      qubits: 3,
      parameters: Array.from({ length: 12 }, (_, k) => `theta_${k}`),
      inputs: ['x_0', 'x_1'],
      depth: 11,
      gates: { ry: 9, rz: 6, cz: 6 },
      reuploads: false,
      notes: [],
    });
    const { stdout, stderr } = qntk(['circuit', 's.yaml'], folder);
    expect(stderr).toBe('');
    expect(stdout).toContain(
      '3 qubits, depth 11, 21 gates: 9 ry, 6 rz, 6 cz\n12 parameters: theta_0, theta_1, … theta_11',
    );
    expect(stdout).toContain('q2 ──RY(x0)──RY(θ2)──RZ(θ5)─');
  });

  test('re-uploading is seen', () => {
    fill(folder, { 's.yaml': spec('gate: RY, reupload: true'), 'd.csv': table });
    const { depth, gates, reuploads } = qntkJson(['circuit', 's.yaml'], folder);
    expect({ depth, gates, reuploads }).toEqual({ depth: 12, gates: { ry: 12, rz: 6, cz: 6 }, reuploads: true });
  });

  test('a circuit from a file keeps its names and notes', () => {
    const fromFile = `
data: {source: csv, file: d.csv, target: y}
model: {openqasm: c.qasm, inputs: [b, a], observable: Z0}
`;
    const circuit = 'include "stdgates.inc";\ninput float a; input float b; input float w;\nqubit q; bit c;\n';
    fill(folder, { 's.yaml': fromFile, 'd.csv': table, 'c.qasm': `${circuit}rx(a) q; ry(b*w) q; c = measure q;\n` });
    const { inputs, parameters, gates, notes } = qntkJson(['circuit', 's.yaml'], folder);
    expect({ inputs, parameters, gates }).toEqual({ inputs: ['b', 'a'], parameters: ['w'], gates: { rx: 1, ry: 1 } });
    expect(notes).toEqual([expect.stringContaining('c.qasm:4:')]);
  });

  test('amplitudes are drawn, and cannot be written', () => {
    fill(folder, { 's.yaml': spec('kind: amplitude'), 'd.csv': table });
    const { code, stdout } = qntk(['circuit', 's.yaml', '--svg', 'c.svg'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('q0 ──|x⟩──RY(θ0)');
    expect(read('c.svg')).toContain('|x⟩');
    const refused = qntk(['circuit', 's.yaml', '--svg', 'none.svg', '--qasm', 'none.qasm'], folder);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/^qntk: --qasm: start: found "amplitudes", a state that the data point gives/);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
  });
});

describe('a file in OpenQASM', () => {
  test('x_0 and the like are features, unless others are named', () => {
    fill(folder, { 'c.qasm': program });
    const guessed = qntkJson(['circuit', 'c.qasm'], folder);
    expect(guessed).toMatchObject({
      qubits: 2,
      qubitNames: ['q[0]', 'q[1]'],
      inputs: ['_x_0_'],
      parameters: ['_θ_0_', 'shift'],
      depth: 4,
      gates: { ry: 2, rx: 1, cx: 1 },
      reuploads: true,
    });
    expect(guessed.notes).toEqual(['inputs taken for features by their names: _x_0_']);
    const named = qntkJson(['circuit', 'c.qasm', '--inputs', 'shift, _x_0_'], folder);
    expect(named).toMatchObject({ inputs: ['shift', '_x_0_'], parameters: ['_θ_0_'], reuploads: true, notes: [] });
    const none = qntkJson(['circuit', 'c.qasm', '--inputs', ''], folder);
    expect(none).toMatchObject({ inputs: [], parameters: ['_x_0_', '_θ_0_', 'shift'], reuploads: false, notes: [] });
  });

  test('is drawn, and written as what reads back the same', () => {
    fill(folder, { 'c.qasm': program });
    const { code, stdout } = qntk(
      ['circuit', 'c.qasm', '--svg', 'c.svg', '--qasm', 'out.qasm', '--width', '44'],
      folder,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('q[0] ──RY(x0)──RX(2·θ0+shift)──●──────────\n');
    expect(stdout).toContain('Written to c.svg, out.qasm');
    expect(read('c.svg')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(read('out.qasm')).toContain('input float[64] _x_0_;\ninput float[64] _θ_0_;\ninput float[64] shift;\n');
    expect(qntkJson(['circuit', 'out.qasm'], folder)).toEqual(qntkJson(['circuit', 'c.qasm'], folder));
  });

  test('keeps the names of the qubits that gates act on, and says what is left out', () => {
    const gates = (a: string, b: string) => `ry(x_0) ${a}; cx ${a}, ${b}; ry(w) ${b};\n`;
    const inputs = 'include "stdgates.inc";\ninput float x_0; input float w;\n';
    fill(folder, {
      'machine.qasm': inputs + gates('$28', '$29'),
      'wide.qasm': `${inputs}qubit[1000000000] q;\n${gates('q[28]', 'q[127]')}`,
      'd.csv': 'a,y\n0.5,0.3\n-0.3,-0.4\n1.1,0.7\n0.2,-0.1\n',
    });
    const { stdout } = qntk(['circuit', 'machine.qasm'], folder);
    expect(stdout).toContain('2 qubits, depth 3');
    expect(stdout).toContain('$28 ──RY(x0)──●─────────\n              │\n$29 ──────────X──RY(w)──\n');
    expect(qntkJson(['circuit', 'wide.qasm'], folder)).toMatchObject({
      qubits: 2,
      qubitNames: ['q[28]', 'q[127]'],
      notes: [expect.anything(), expect.stringMatching(/^wide.qasm: no gate acts on 999999998 of 1000000000 qubits/)],
    });
    const diagnosed = (name: string, observable: string) => {
      const model = `model: {openqasm: ${name}, inputs: [x_0], observable: "${observable}"}`;
      fill(folder, { 's.yaml': `data: {source: csv, file: d.csv, target: y}\n${model}\ninitial: {seeds: 1}\n` });
      return qntk(['diagnose', 's.yaml'], folder);
    };
    const first = diagnosed('machine.qasm', 'Z$29');
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('2 qubits, 1 parameter, readout Z$29')]);
    const wide = diagnosed('wide.qasm', 'Zq[127]');
    expect([wide.code, wide.stderr]).toEqual([0, expect.stringContaining('no gate acts on 999999998')]);
    const unknown = diagnosed('machine.qasm', 'Z0');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('model.observable: found qubit 0 in "Z0", expected one of 28 ($28), 29 ($29)'),
    ]);
  });

  test('is told by what stands in it where its name says nothing, in version 2 too', () => {
    const old = '// from a paper\nOPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\nh q[0];\ncx q[0], q[1];\n';
    fill(folder, { 'circuit.txt': old });
    expect(qntkJson(['circuit', 'circuit.txt'], folder)).toMatchObject({ gates: { h: 1, cx: 1 }, parameters: [] });
  });

  test('includes files of its own folder and below, and no others', () => {
    fs.mkdirSync(path.join(folder, 'in', 'parts'), { recursive: true });
    const circuit = (file: string) => `OPENQASM 3.0;\ninclude "${file}";\nqubit q;\nflip q;\n`;
    fill(folder, {
      'in/a.qasm': circuit('parts/flip.inc'),
      'in/up.qasm': circuit('../flip.inc'),
      'in/absolute.qasm': circuit(path.join(folder, 'flip.inc')),
      'in/link.qasm': circuit('link.inc'),
      'in/missing.qasm': circuit('missing.inc'),
      'in/parts/flip.inc': 'include "more.inc";\n',
      'in/parts/more.inc': 'gate flip a { U(pi, 0, pi) a; }\n',
      'flip.inc': 'gate flip a { U(pi, 0, pi) a; }\n',
    });
    fs.symlinkSync(path.join(folder, 'flip.inc'), path.join(folder, 'in/link.inc'));
    const circuitOf = (name: string) => readCircuitFile(path.join(folder, `in/${name}.qasm`), []);
    expect(circuitOf('a').source.operations).toMatchObject([{ gate: 'u', wires: [0] }]);
    for (const name of ['up', 'absolute', 'link'])
      expect(() => circuitOf(name), name).toThrow(/outside the folder .*, expected a file inside/);
    expect(() => circuitOf('missing')).toThrow(/missing.inc: found no such file/);
    const { code, stderr } = qntk(['circuit', 'in/up.qasm'], folder);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('qntk: in/up.qasm:2:1: include: found "../flip.inc", which is outside'),
    ]);
  });

  test('long circuits are drawn as far as a text is of use', () => {
    const gates = Array.from({ length: 3000 }, (_, k) => `rx(0.${k}) q[${k % 3}];`).join('\n');
    fill(folder, { 'c.qasm': `include "stdgates.inc";\nqubit[3] q;\n${gates}\n` });
    const { stdout } = qntk(['circuit', 'c.qasm'], folder);
    expect(stdout).toContain('3 qubits, depth 1000, 3\u202f000 gates: 3000 rx');
    expect(stdout).toContain('· the drawing ends after the first 2\u202f000 gates');
    expect(stdout.split('\n').length).toBeLessThan(1000);
    const wide = 'include "stdgates.inc";\nqubit[1000] q;\nfor int i in [0:998] { cx q[i], q[i + 1]; }\nh q;\n';
    fill(folder, { 'wide.qasm': wide });
    const refused = qntk(['circuit', 'wide.qasm', '--svg', 'wide.svg'], folder);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      'qntk: --svg: found 1999 gates on 1000 qubits, expected at most 1000 gates\n',
    ]);
    expect(qntk(['circuit', 'wide.qasm'], folder).stdout).toContain('· the drawing ends after the first 40 gates');
  });
});

describe('errors', () => {
  const cases: [string[], Record<string, string>, string][] = [
    [['no.qasm'], {}, 'no.qasm: found no such file (ENOENT), expected a file that can be read'],
    [['c.qasm'], { 'c.qasm': 'OPENQASM 3.0;\nqubit q;\nnope q;\n' }, 'c.qasm:3:1: '],
    [
      ['c.qasm', '--inputs', 'y'],
      { 'c.qasm': program },
      'inputs: found "y", which is no input of c.qasm, expected some of',
    ],
    [
      ['s.yaml', '--inputs', 'y'],
      { 's.yaml': spec('gate: RY'), 'd.csv': table },
      '--inputs: found it with s.yaml, a SPEC',
    ],
    [['s.yaml'], { 's.yaml': spec('gate: RQ'), 'd.csv': table }, 's.yaml:3:'],
    [
      ['c.qasm', '--svg', 'none/c.svg'],
      { 'c.qasm': program },
      '--svg none/c.svg: found no folder none (ENOENT), expected a file that can be written',
    ],
    [['c.qasm', '--width', '3'], { 'c.qasm': program }, 'Expected a whole number from 20'],
  ];
  test.each(cases)('%s', (args, files, message) => {
    fill(folder, files);
    const { code, stdout, stderr } = qntk(['circuit', ...args], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

test.each<[string, string | Uint8Array, string]>([
  ['notes.md', '# A title\n\nsome text\n', 'found text that begins with "# A title"'],
  [
    'circuit.py',
    'from qiskit import QuantumCircuit\nqc = QuantumCircuit(2)\n',
    'found text that begins with "from qiskit',
  ],
  ['d.csv', 'x,y\n1,2\n', 'found text that begins with "x,y"'],
  ['empty', '', 'found an empty file'],
  ['picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0), 'found binary data'],
])('%s is neither a circuit nor a SPEC: both are said to be expected', (name, content, found) => {
  fill(folder, { [name]: content });
  const { code, stdout, stderr } = qntk(['circuit', name], folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /, expected a circuit in OpenQASM 3 or 2, which begins with OPENQASM or include, or a SPEC, which has the keys data and model\n$/,
  );
  expect(stderr).toContain(`qntk: ${name}: ${found}`);
});
