import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fill, newFolder, qntk } from '../qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
  fill(folder, { 's.yaml': spec, 'd.csv': data, 'c.qasm': circuit });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const spec = `
data: {source: csv, file: d.csv, target: y}
model: {qubits: 1, encoding: {gate: RY}, ansatz: {kind: hea, layers: 1}, observable: Z0}
`;
const data = 'x,y\n0.1,0.5\n0.2,-0.5\n0.3,0.25\n0.4,-0.25\n';
const circuit = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit q;\nh q;\n';

const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');

test.each([
  ['the SPEC', ['circuit', 's.yaml', '--qasm', 's.yaml']],
  ['the SPEC by another path', ['circuit', 's.yaml', '--qasm', '../{}/./s.yaml']],
  ['the SPEC through a link', ['circuit', 's.yaml', '--qasm', 'link']],
  ['the data', ['circuit', 's.yaml', '--qasm', 'd.csv']],
  ['the circuit', ['circuit', 'c.qasm', '--qasm', 'c.qasm']],
])('an output does not take the place of %s', (_, args) => {
  fs.symlinkSync('s.yaml', path.join(folder, 'link'));
  const { code, stdout, stderr } = qntk(
    args.map((arg) => arg.replace('{}', path.basename(folder))),
    folder,
  );
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/: found a file that is read here, expected another name for the output\n$/);
  expect([read('s.yaml'), read('d.csv'), read('c.qasm')]).toEqual([spec, data, circuit]);
});

test('nor do two outputs take the same one', () => {
  const same = qntk(['circuit', 'c.qasm', '--svg', 'same', '--qasm', 'same'], folder);
  expect([same.code, same.stderr]).toEqual([2, expect.stringContaining('same: found the same name for two outputs')]);
  const other = qntk(['circuit', 'c.qasm', '--svg', 'same', '--qasm', './same'], folder);
  expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('./same: found the same file as same')]);
  expect(fs.readdirSync(folder).sort()).toEqual(['c.qasm', 'd.csv', 's.yaml']);
  expect(qntk(['circuit', 'c.qasm', '--svg', '/dev/null', '--qasm', '/dev/null'], folder).code).toBe(0);
});
