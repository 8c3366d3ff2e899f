import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fill, newFolder, qntk, qntkJson } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const model = '{qubits: 2, encoding: {gate: RY}, ansatz: {kind: hea, layers: 2}, observable: Z0, scale: 1.5}';
const spec = (training: string, data = '{source: moons, points: 20}') =>
  `data: ${data}\nmodel: ${model}\ntraining: ${training}\n`;
const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
const table = (name: string) =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('--out', () => {
  test('parameters go back into kernel, the curve and the predictions are those of the run', () => {
    fill(folder, { 's.yaml': spec('{optimizer: adam, steps: 12}') });
    const found = qntkJson(['train', 's.yaml', '--out', 'run'], folder);
    expect(fs.readdirSync(path.join(folder, 'run')).sort()).toEqual([
      'curve.csv',
      'predictions.csv',
      'theta.json',
      'theta.npy',
    ]);
    expect(Object.values(JSON.parse(read('run/theta.json')))).toEqual(Object.values(found.theta));
    const [head, ...curve] = table('run/curve.csv');
    expect(head).toEqual(['iteration', 'train_loss', 'test_mse']);
    expect(curve.map(([, loss]) => Number(loss))).toEqual(Object.values(found.curve.trainLoss));

    const bytes = (name: string) => fs.readFileSync(path.join(folder, name));
    for (const file of ['theta.json', 'theta.npy'])
      expect(qntk(['kernel', 's.yaml', '--theta', `run/${file}`, '--out', `${file}.npz`], folder).code).toBe(0);
    expect(bytes('theta.json.npz')).toEqual(bytes('theta.npy.npz'));
    const [names, ...rows] = table('run/predictions.csv');
    expect(names).toEqual(['row', 'part', 'y', 'f', 'label', 'answer']);
    expect(rows.map(([row]) => Number(row))).toEqual(Array.from({ length: 20 }, (_, i) => i));
    const errors = rows.filter(([, part]) => part === 'test').map(([, , y, f]) => (Number(y) - Number(f)) ** 2);
    expect(errors.reduce((a, b) => a + b) / errors.length).toBeCloseTo(found.test.mse, 12);
  });

  test('of classes the names that are answered', () => {
    const rows = Array.from(
      { length: 24 },
      (_, i) => `${i / 24},${i % 3 ? 0.3 : 0.9},${['ash, red', 'oak', 'elm'][i % 3]}`,
    );
    const quoted = rows.map((row) => row.replace(/,(ash, red)$/, ',"$1"'));
    fill(folder, {
      'trees.csv': `a,b,kind\n${quoted.join('\n')}\n`,
      's.yaml': `data: {source: csv, file: trees.csv, target: kind}\nmodel: {qubits: 3, encoding: {gate: RY}, ansatz: {kind: hea, layers: 2}, observable: [Z0, Z1, Z2]}\ntraining: {steps: 5}\n`,
    });
    expect(qntk(['train', 's.yaml', '--out', 'run'], folder).code).toBe(0);
    const [head, first] = read('run/predictions.csv').split('\n');
    expect(head).toBe('row,part,y_0,y_1,y_2,f_0,f_1,f_2,label,answer');
    expect(first).toMatch(/^0,(train|test),.*,"ash, red",/);
  });

  test('nothing is left behind where training is refused', () => {
    fill(folder, { 's.yaml': spec('{optimizer: lbfgs, rate: 0.1, steps: 50}') });
    const { code, stderr } = qntk(['train', 's.yaml', '--out', 'run'], folder);
    expect({ code, left: fs.existsSync(path.join(folder, 'run')) }).toEqual({ code: 2, left: false });
    expect(stderr).toContain('finds its own step lengths');
  });
});

describe('minibatches and momentum', () => {
  test('are repeated by the same seed, and change with another', () => {
    fill(folder, { 's.yaml': spec('{optimizer: gd, rate: 0.1, batch: 3, momentum: 0.5, steps: 40}') });
    const run = (...more: string[]) => qntkJson(['train', 's.yaml', ...more], folder);
    const found = run();
    expect(run()).toEqual(found);
    expect(found).toMatchObject({ iterations: 40, stopped: 'steps' });
    expect(found.curve.trainLoss.at(-1)).toBeLessThan(found.curve.trainLoss[0]);
    expect(run('--seed', '8').theta).not.toEqual(found.theta);
  });

  test('diagnose --verify trains with them', () => {
    fill(folder, { 's.yaml': `${spec('{optimizer: adam, batch: 4, steps: 30}')}initial: {seeds: 1, seed: 7}\n` });
    const { seeds } = qntkJson(['diagnose', 's.yaml', '--verify'], folder);
    const trained = qntkJson(['train', 's.yaml'], folder);
    expect(seeds[0].verified.testMse).toBeCloseTo(trained.test.mse, 12);
  });

  test.each([
    ['{optimizer: lbfgs, batch: 3}', /s\.yaml:3:\d+: training\.batch: found 3, expected none with the optimizer lbfgs/],
    ['{optimizer: adam, momentum: 0.9}', /training\.momentum: found 0\.9, expected none with the optimizer adam/],
    ['{optimizer: gd, momentum: 1}', /training\.momentum: found 1/],
    ['{optimizer: gd, batch: 500}', /training\.batch: found 500, expected a whole number from 1 to 10/],
  ])('%s is refused', (training, message) => {
    fill(folder, { 's.yaml': spec(training) });
    const { code, stderr } = qntk(['train', 's.yaml'], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('--optimizer asks what another optimiser would do', () => {
  test.each([
    ['{optimizer: gd, rate: 0.1, batch: 3, momentum: 0.5, steps: 20}', 'lbfgs', '{optimizer: lbfgs, steps: 20}', 3],
    [
      '{optimizer: gd, rate: 0.1, batch: 3, momentum: 0.5, steps: 20}',
      'flow',
      '{optimizer: flow, rate: 0.1, steps: 20}',
      2,
    ],
    ['{optimizer: adam, batch: 3, steps: 20}', 'gd', '{optimizer: gd, batch: 3, steps: 20}', 0],
  ])('of %s with %s', (planned, name, alone, left) => {
    fill(folder, { 's.yaml': spec(planned), 'alone.yaml': spec(alone) });
    const { code, stdout, stderr } = qntk(['train', 's.yaml', '--optimizer', name, '--json'], folder);
    expect(code).toBe(0);
    const keys = ['training.rate', 'training.batch', 'training.momentum'].slice(3 - left).join(' and ');
    expect(stderr).toBe(
      left === 0 ? '' : `qntk: warning: ${keys}: left out, as ${name} takes none (--optimizer instead of gd)\n`,
    );
    expect(JSON.parse(stdout)).toEqual(qntkJson(['train', 'alone.yaml'], folder));
  });

  test('keys that are written for the optimiser itself stay a mistake', () => {
    fill(folder, { 's.yaml': spec('{optimizer: lbfgs, rate: 0.1, steps: 20}') });
    expect(qntk(['train', 's.yaml', '--optimizer', 'lbfgs'], folder)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('training.rate: found 0.1'),
    });
  });
});

test('--steps takes the place of the SPEC’s', () => {
  fill(folder, { 's.yaml': spec('{optimizer: adam, steps: 500}') });
  expect(qntkJson(['train', 's.yaml', '--steps', '4'], folder).iterations).toBe(4);
  expect(qntk(['train', 's.yaml', '--steps', '0'], folder)).toMatchObject({ code: 2 });
});
