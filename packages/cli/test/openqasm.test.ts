import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder, qntk } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
  fs.mkdirSync(path.join(folder, 'in/lib'), { recursive: true });
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, 'in', name), text);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const header = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n';
const files = {
  'good.qasm': `${header}include "lib/turn.inc";
input float[64] _θ_0_;
input float[64] _x_0_;
input angle b;
qubit[2] q;
ry(_x_0_) q;
turn(_θ_0_**2 + b) q[0], q[1];
bit[2] c = measure q;
`,
  'lib/turn.inc': 'gate turn(t) a, b { cx a, b; ctrl @ rx(sin(t)) b, a; }',
  'bad.qasm': `${header}qubit[2] q;\nh q[0];\nreset q[0];\n`,
  'fixed.qasm': `${header}input float f;\nqubit q;\nrx(f) q;\n`,
  'log.qasm': `${header}input float[64] x_0;\ninput float w;\nqubit q;\n  ry(log(x_0)*w + 1) q;\n`,
  'up.qasm': `${header}include "../secret.inc";\n`,
  'absolute.qasm': `${header}include "/etc/hostname";\n`,
  '../secret.inc': 'gate secret a { x a; }',
};
const data = 'data: {source: sinusoid, points: 12, train: 0.5}';
const good = 'openqasm: good.qasm, inputs: [_x_0_], observable: Z0*Z1';

function run(model: string, ...command: string[]) {
  fs.writeFileSync(
    path.join(folder, 'in/s.yaml'),
    `${data}\nmodel: {${model}}\ninitial: {seeds: 1}\ntraining: {steps: 5}\n`,
  );
  return qntk([command[0]!, 's.yaml', ...command.slice(1)], path.join(folder, 'in'));
}

test('a circuit from a file is diagnosed, trained and has a kernel', () => {
  const { code, stdout, stderr } = run(good, 'diagnose', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout).model).toMatchObject({ qubits: 2, parameters: 2, description: 'circuit from good.qasm' });
  expect(stderr).toContain('good.qasm:10:12: final measurements are left out');
  const kernel = run(good, 'kernel', '--out', 'k.npz');
  expect([kernel.code, kernel.stdout]).toEqual([0, expect.stringMatching(/J +12 × 2/)]);
  expect(run(good, 'train').code).toBe(0);
});

test('features are found by their names, as `circuit` finds them, where nothing names them', () => {
  const named = run(good, 'diagnose', '--json');
  const found = run(good.replace(', inputs: [_x_0_]', ''), 'diagnose', '--json');
  expect([found.code, found.stderr]).toEqual([
    0,
    expect.stringContaining('inputs taken for features by their names: _x_0_'),
  ]);
  const [a, b] = [named, found].map(({ stdout }) => JSON.parse(stdout).seeds);
  expect(b).toEqual(a);
  const many = Array.from({ length: 12 }, (_, k) => `x_${11 - k}`);
  const declared = many.map((name) => `input float ${name};`).join('\n');
  fs.writeFileSync(path.join(folder, 'in/many.qasm'), `${header}${declared}\nqubit q;\nry(${many.join('+')}) q;\n`);
  const { stdout } = qntk(['circuit', 'many.qasm', '--json'], path.join(folder, 'in'));
  expect(JSON.parse(stdout).inputs).toEqual(many.reverse());
});

describe('what is wrong is said with its place', () => {
  test.each([
    ['openqasm: bad.qasm, observable: Z0', 'qntk: bad.qasm:5:1: found reset of a qubit'],
    [
      'openqasm: log.qasm, inputs: [x_0], observable: Z0',
      'qntk: log.qasm:6:3: found the angle 1.0 + log(x_0)*w of ry, in which log(x_0) is undefined where x_0 = -1.5708 (row 0 of the data, counted from 0), expected a finite angle at every data point and all values of the parameters\n    ry(log(x_0)*w + 1) q;\n    ^\n',
    ],
    [
      'openqasm: up.qasm, observable: Z0',
      'qntk: up.qasm:3:1: include: found "../secret.inc", which is outside the folder',
    ],
    [
      'openqasm: absolute.qasm, observable: Z0',
      'qntk: absolute.qasm:3:1: include: found "/etc/hostname", which is outside the folder',
    ],
    [
      'openqasm: none.qasm, observable: Z0',
      'qntk: s.yaml:2:19: model.openqasm: found "none.qasm": no such file (ENOENT), expected a file that can be read',
    ],
    [
      'openqasm: lib, observable: Z0',
      'qntk: s.yaml:2:19: model.openqasm: found "lib": a folder (EISDIR), expected a file that can be read',
    ],
    [
      good.replace('_x_0_', '_x_1_'),
      's.yaml:2:38: model.inputs: found "_x_1_", which is no input of good.qasm, expected some of _θ_0_, _x_0_, b',
    ],
    [
      good.replace('[_x_0_]', '[_x_0_, b]'),
      "model.inputs: found 2 (_x_0_, b), expected the name of an input for each of the data's 1 feature",
    ],
    [
      good.replace('inputs: [_x_0_]', 'inputs: []'),
      "model.inputs: found no inputs, expected the name of an input for each of the data's 1 feature",
    ],
    ['openqasm: fixed.qasm, inputs: [f], observable: Z0', 's.yaml:2:19: model.openqasm: found no trainable parameter'],
    [good.replace('Z1', 'Z2'), 'model.observable: found qubit 2 in "Z0*Z2", expected qubits 0 to 1'],
    [
      `${good}, qubits: 2`,
      's.yaml:2:66: model.qubits: found a key that cannot stand beside openqasm, inputs, observable, expected the keys openqasm, inputs, observable, scale, readout alone',
    ],
    [
      good.replace('inputs', 'input'),
      'model.input: found an unknown key, expected one of openqasm, inputs, observable, scale, readout; did you mean "inputs"?',
    ],
    ['observable: Z0', 's.yaml:2:8: model.qubits: found nothing, expected a whole number'],
  ])('%s', (model, message) => {
    const { code, stdout, stderr } = run(model, 'diagnose');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('gate secret');
  });
});

test('the schema knows both kinds of model', () => {
  const { model } = JSON.parse(qntk(['schema'], folder).stdout).properties;
  expect(model.anyOf.map(({ required }: { required: string[] }) => required)).toEqual([
    ['qubits', 'encoding', 'ansatz', 'observable'],
    ['openqasm', 'observable'],
  ]);
});
