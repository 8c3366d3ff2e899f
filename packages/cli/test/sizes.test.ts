import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
    'data: found 100000 points × 1 output × 4000 parameters, which take about 48.5 GiB of memory, expected at most ',
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
