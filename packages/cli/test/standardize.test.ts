import fs from 'node:fs';
import path from 'node:path';
import { readNpz, writeNpy } from '@qntk/formats';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { array, fill, newFolder, qntk, qntkJson } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const rest = `
model: {qubits: 2, encoding: {gate: RY, reupload: true}, ansatz: {kind: hea, layers: 2}, observable: Z0, scale: 2.5}
initial: {seeds: 1}
training: {optimizer: adam, steps: 12}
`;
const x = Array.from({ length: 16 }, (_, i) => -1.5 + 0.2 * i);
const y = x.map((value) => 152 + 77 * Math.sin(2 * value));
const csv = `x,y\n${x.map((value, i) => `${value},${y[i]}`).join('\n')}\n`;
const fromCsv = `data: {source: csv, file: d.csv, target: y, labels: standardize}${rest}`;

test('predictions and test errors of a training are in units of the labels, its loss is not', () => {
  fill(folder, { 'd.csv': csv, 's.yaml': fromCsv });
  const { train, test: scores, curve } = qntkJson(['train', 's.yaml', '--out', 'run'], folder);
  const [head, ...lines] = fs
    .readFileSync(path.join(folder, 'run/predictions.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  expect(head).toEqual(['row', 'part', 'y', 'f']);
  const mse = (part: string) => {
    const errors = lines.filter((line) => line[1] === part).map((line) => (Number(line[2]) - Number(line[3])) ** 2);
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  };
  for (const [row, , label] of lines) expect(Number(label)).toBeCloseTo(y[Number(row)]!, 9);
  expect(mse('train') / train.mse).toBeCloseTo(1, 9);
  expect(mse('test') / scores.mse).toBeCloseTo(1, 9);
  expect(curve.testMse.at(-1) / scores.mse).toBeCloseTo(1, 9);
  expect(curve.trainLoss[0]).toBeLessThan(10);
  expect(qntk(['train', 's.yaml'], folder).stdout).toMatch(
    /labels to mean 0 and deviation 1, from mean \d+ and deviation \d+/,
  );
});

test('a diagnosis keeps mean and deviation, and says them', () => {
  fill(folder, { 'd.csv': csv, 's.yaml': fromCsv });
  const { data, references } = qntkJson(['diagnose', 's.yaml'], folder);
  const { means, deviation } = data.preparation.labels;
  const mean = data.trainY.reduce((sum: number, label: number) => sum + label, 0) / data.train;
  expect(means[0] / mean).toBeCloseTo(1, 9);
  const variance = data.trainY.reduce((sum: number, label: number) => sum + (label - mean) ** 2, 0) / data.train;
  expect(deviation ** 2 / variance).toBeCloseTo(1, 9);
  const aboutMean = data.testY.reduce((sum: number, label: number) => sum + (label - mean) ** 2, 0) / data.test;
  expect(references.constant.testMse / aboutMean).toBeCloseTo(1, 9);
  expect(qntk(['diagnose', 's.yaml'], folder).stdout).toContain('all figures are in their own units');
});

test('a kernel has the labels that are trained on, from a .npy file too', () => {
  fs.writeFileSync(path.join(folder, 'X.npy'), writeNpy(array([16, 1], x)));
  fs.writeFileSync(path.join(folder, 'y.npy'), writeNpy(array([16], y)));
  const data = (labels: string) => `data: {source: npy, file: X.npy, train: 1, labels: ${labels}}${rest}`;
  const labelsOf = (labels: string) => {
    fill(folder, { 's.yaml': data(labels) });
    const { code, stdout } = qntk(['kernel', 's.yaml', '--out', 'k.npz'], folder);
    expect(code).toBe(0);
    return { stdout, y: [...readNpz(fs.readFileSync(path.join(folder, 'k.npz')), 'k.npz').get('y')!.data] };
  };
  const [plain, asIs, scaled] = ['y.npy', '{file: y.npy, as: as-is}', '{file: y.npy, as: standardize}'].map(labelsOf);
  expect(plain!.y).toEqual(y);
  expect(asIs!.y).toEqual(y);
  expect(scaled!.y.reduce((sum, z) => sum + z, 0)).toBeCloseTo(0, 9);
  expect(scaled!.y.reduce((sum, z) => sum + z * z, 0) / 16).toBeCloseTo(1, 9);
  expect(scaled!.stdout).toContain('y and f are as trained on: labels to mean 0');
  expect(plain!.stdout).not.toContain('trained on');
});

test.each([
  [
    '{source: csv, file: d.csv, target: y, labels: normalise}',
    'data.labels: found "normalise", expected one of as-is, standardize',
  ],
  ['{source: npy, file: X.npy, labels: {file: y.npy, as: scaled}}', 'data.labels'],
  ['{source: moons, labels: standardize}', 'data.labels: found standardize, expected none, as the labels are classes'],
])('refused: %s', (data, message) => {
  fill(folder, { 'd.csv': csv, 's.yaml': `data: ${data}${rest}` });
  const { code, stderr } = qntk(['diagnose', 's.yaml'], folder);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
