import fs from 'node:fs';
import os from 'node:os';
import { type Cost, secondsFor } from '@qntk/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTime } from '../src/work/time.ts';
import { fill, newFolder, qntk } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const moons = (points: number) => `{source: moons, points: ${points}}`;
const layers = (count: number, encoding = 'gate: RY') =>
  `{qubits: 2, encoding: {${encoding}}, ansatz: {kind: hea, layers: ${count}}, observable: Z0}`;

test.each([
  ['points', moons(1e9), layers(2), 'data.points: found 1000000000, expected at most 100000'],
  ['layers', moons(20), layers(1e9), 'model.ansatz.layers: found 1000000000, expected at most 10000'],
  [
    'gates',
    moons(20),
    layers(10_000, 'kind: zz-feature-map, repeats: 10000, reupload: true'),
    'model.ansatz: found a circuit of 700050000 gates, expected at most 200000',
  ],
  [
    'a Jacobian',
    moons(100_000),
    layers(1000),
    'data: found 100000 points × 1 output × 4000 parameters, which take about 69.3 GiB of memory, expected at most ',
  ],
  [
    'ground states',
    '{source: tfim, points: 1000, sites: 16, ground: vqe}',
    layers(2),
    'data.points: found 1000, expected at most 2 ground states of 16 sites by a variational eigensolver',
  ],
])('%s that take too much are refused before they are taken', (_, data, model, message) => {
  fill(folder, { 's.yaml': `data: ${data}\nmodel: ${model}\ninitial: {seeds: 1}\n` });
  const { code, stdout, stderr } = qntk(['diagnose', 's.yaml'], folder);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

test.each([
  ['seeds: 1000000000000000', 'initial.seeds: found 1000000000000000, expected at most 100000'],
  ['steps: 1000000000000', 'training.steps: found 1000000000000, expected at most 1000000000'],
])('%s is refused', (key, message) => {
  const part = key.startsWith('seeds') ? 'initial' : 'training';
  fill(folder, { 's.yaml': `data: ${moons(20)}\nmodel: ${layers(2)}\n${part}: {${key}}\n` });
  const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('keys by the hundred thousand are refused in a moment', () => {
  const keys = Array.from({ length: 60_000 }, (_, k) => `"k${k}": 1`);
  fill(folder, { 's.yaml': `{${keys.join(',\n')}}` });
  const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain('s.yaml:10:1: k9: found an unknown key');
  expect(stderr.length).toBeLessThan(3000);
});

test('a SPEC beyond its size is refused by it', () => {
  fill(folder, { 's.yaml': `# ${'x'.repeat(2 ** 20)}` });
  const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
  expect([code, stderr]).toEqual([2, 'qntk: s.yaml: found 1 MiB and 2 bytes, expected at most 1 MiB\n']);
});

describe('work that takes months is refused before it is begun', () => {
  // So much that no number of processors makes it days: 3000 gates on 25 qubits for each of 100 000 points, and that some hundred times.
  const endless = `data: {source: moons, points: 100000, train: 1}
model: {openqasm: c.qasm, observable: Z0}
`;
  const gates = 'for int i in [1:60] { rx(0.1) q; cz q[0:23], q[1:24]; }';
  const circuit = `OPENQASM 3.0;
include "stdgates.inc";
input float x0; input float x1; input float a;
qubit[25] q;
rx(x0) q[0]; rx(x1) q[1]; ry(a) q; ${gates}
`;
  test.each([
    ['diagnose', ['diagnose', 's.yaml']],
    ['dynamics regime', ['dynamics', 'regime', 's.yaml']],
  ])('%s', (_, call) => {
    fill(folder, { 's.yaml': endless, 'c.qasm': circuit });
    const { code, stdout, stderr } = qntk(call, folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /s.yaml:1:7: data: found 100000 points × 1 output × 1 parameter on 25 qubits, which take about [\d.]+ (days|years) with \d+ processors?, expected at most 30 days; take fewer points/,
    );
    expect(fs.readdirSync(folder).sort()).toEqual(['c.qasm', 's.yaml']);
  });
});

test('how long work takes is said beforehand where it is long, once', () => {
  const said: string[] = [];
  const listener = { warn: (text: string) => void said.push(text) };
  const processors = os.availableParallelism();
  // By its cost an hour on one processor.
  const nothing = { amplitudes: 0, products: 0, calls: 0, bytes: 0 };
  const hour: Cost = { ...nothing, amplitudes: 3600 / secondsFor({ ...nothing, amplitudes: 1 }) };
  checkTime(hour, processors / 10, 'these points', listener);
  expect(said).toEqual([]);
  checkTime(hour, 3 * processors, 'these points', listener);
  expect(said).toEqual([expect.stringMatching(/^these points take about 3 hours with \d+ processors?; fewer/)]);
  expect(() => checkTime(hour, 31 * 24 * processors, 'these points', listener)).toThrow(
    /found these points, which take about 31 days with .*, expected at most 30 days/,
  );
});
