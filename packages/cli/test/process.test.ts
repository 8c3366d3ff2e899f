import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { readNpz } from '@qntk/formats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bin, fill, newFolder, qntk, qntkJson, started } from './qntk.ts';

let folder: string;
beforeEach(() => {
  folder = newFolder();
  fill(folder, { 's.yaml': spec });
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const spec = `
data: {source: moons, points: 20}
model: {qubits: 2, encoding: {gate: RY, reupload: true}, ansatz: {kind: hea, layers: 3}, observable: Z0, scale: 1.5}
initial: {seeds: 2}
training: {steps: 30}
`;

/** Every number or null in a document. */
function numbersIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [value];
}

test('large work has helpers on the other processors, and the process ends without waiting for them', () => {
  const model = '{qubits: 10, encoding: {gate: RY}, ansatz: {kind: hea, layers: 6}, observable: Z0}';
  fill(folder, { 'large.yaml': `data: {source: moons, points: 400}\nmodel: ${model}\ntraining: {steps: 1}\n` });
  const { code, stderr } = qntk(['train', 'large.yaml', '--quiet'], folder);
  expect([code, stderr]).toEqual([0, '']);
});

describe('diagnose', () => {
  test('says the verdicts first and the same with --json', () => {
    const { code, stdout, stderr } = qntk(['diagnose', 's.yaml'], folder);
    expect([code, stderr]).toEqual([0, '']);
    const document = qntkJson(['diagnose', 's.yaml'], folder);
    const words = stdout.replace(/\s+/g, ' ');
    for (const { text } of document.verdicts) expect(words).toContain(text.replace(/\s+/g, ' '));
    expect(document).toMatchObject({ schema: 2, data: { source: 'moons', train: 10, test: 10 } });
    expect(document.model.description).toBe('RY low reupload encoding, hea 3 layers');
    expect(document.seeds).toHaveLength(2);
  });

  test('--verify trains, --tolerance spends Jacobians, --seeds overrides the SPEC', () => {
    const [seed, ...others] = qntkJson(
      ['diagnose', 's.yaml', '--verify', '--tolerance', '0.1', '--seeds', '1'],
      folder,
    ).seeds;
    expect(others).toEqual([]);
    expect(seed.verified.iterations).toBeGreaterThan(0);
    expect(seed.forecast.jacobians).toBeGreaterThan(1);
  });

  test('--out writes the report with its plots and the kernel', () => {
    const { code, stdout } = qntk(['diagnose', 's.yaml', '--out', 'a/report'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('Written to a/report: report.html, report.json, kernel.npz');
    const file = (name: string) => fs.readFileSync(path.join(folder, 'a/report', name));
    const names = ['kernel.npz', 'records', 'report.html', 'report.json'];
    expect(fs.readdirSync(path.join(folder, 'a/report')).sort()).toEqual(names);
    expect(file('report.html').toString()).toMatch(/^<!doctype html>/);
    expect(JSON.parse(file('report.json').toString())).toEqual(qntkJson(['diagnose', 's.yaml'], folder));
    expect(readNpz(file('kernel.npz'), 'kernel.npz').get('K')!.shape).toEqual([20, 20]);
  });

  test('nothing is NaN or infinite: every null has a reason', () => {
    const { seeds, summary } = qntkJson(['diagnose', 's.yaml', '--verify'], folder);
    for (const value of numbersIn([seeds, summary])) expect(value).not.toBeUndefined();
    for (const quantity of Object.values(summary) as { mean: number | null; reason?: string }[])
      if (quantity.mean === null) expect(quantity.reason).toMatch(/\w/);
  });
});

describe('train', () => {
  test.each(['gd', 'lbfgs', 'adam', 'flow'])('%s lowers the loss', (optimizer) => {
    const document = qntkJson(['train', 's.yaml', '--optimizer', optimizer, '--steps', '40'], folder);
    const { trainLoss, times, testMse } = document.curve;
    expect(document).toMatchObject({ schema: 'qntk/training/1', optimizer, seed: 7 });
    expect(trainLoss.at(-1)).toBeLessThan(0.8 * trainLoss[0]);
    expect(document.trainLoss).toBe(trainLoss.at(-1));
    expect(document.train.mse).toBeCloseTo(2 * document.trainLoss, 10);
    expect([times.length, testMse.length]).toEqual([trainLoss.length, trainLoss.length]);
    expect(testMse.at(-1)).toBe(document.test.mse);
    expect(document.train.accuracy).toBeGreaterThan(0.5);
    expect(document.theta).toHaveLength(12);
  });

  test('--kernel-along adds spectra, --seed another start', () => {
    const document = qntkJson(['train', 's.yaml', '--kernel-along', '--seed', '8'], folder);
    const { kernel } = document;
    expect(kernel[0]).toMatchObject({ time: 0, change: 0 });
    expect(kernel.at(-1).time).toBe(document.curve.times.at(-1));
    expect(kernel.at(-1).change).toBeGreaterThan(0);
    expect(kernel[0].spectrum).toEqual([...kernel[0].spectrum].sort((a: number, b: number) => b - a));
    expect(document.theta).not.toEqual(qntkJson(['train', 's.yaml'], folder).theta);
  });

  test('for people: scores and loss curve', () => {
    const { code, stdout, stderr } = qntk(['train', 's.yaml', '--kernel-along'], folder);
    expect([code, stderr]).toEqual([0, '']);
    for (const word of ['lbfgs: 10 training points, 12 parameters', 'R²', 'accuracy', 'training loss', 'λmax'])
      expect(stdout).toContain(word);
  });
});

describe('schema', () => {
  test('describes SPEC files', () => {
    const document = JSON.parse(qntk(['schema'], folder).stdout);
    expect(Object.keys(document.properties)).toEqual(['data', 'model', 'initial', 'training']);
    expect(document.required).toEqual(['data', 'model']);
    expect(document.additionalProperties).toBe(false);
    expect(qntkJson(['schema'], folder)).toEqual(document);
  });
});

describe('the process', () => {
  const long = ['diagnose', 's.yaml', '--seeds', '100000'];

  test('Ctrl-C ends it at once with code 130 and leaves nothing behind', async () => {
    const child = started(long, folder);
    // Long enough that the process listens to signals on a busy machine, too; the diagnosis itself takes hours.
    setTimeout(() => child.kill('SIGINT'), 3000);
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).toEqual([130, null]);
    expect(fs.readdirSync(folder)).toEqual(['s.yaml']);
  });

  test('a closed pipe is no error', () => {
    const script = `"${process.execPath}" "${bin}" diagnose s.yaml --seeds 40 --json | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['{\n0\n', '']);
  });

  test('a folder that cannot be made or written', () => {
    fill(folder, { taken: 'a file' });
    const { code, stdout, stderr } = qntk(['diagnose', 's.yaml', '--out', 'taken'], folder);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      '--out taken: found a file of that name (EEXIST), expected a folder that can be written to, or a name',
    );
    const below = qntk(['kernel', 's.yaml', '--out', 'none/k.npz'], folder);
    expect([below.code, below.stderr]).toEqual([2, expect.stringContaining('found no folder none')]);
    expect(fs.readdirSync(folder).sort()).toEqual(['s.yaml', 'taken']);
  });

  test('--debug shows where an error comes from', () => {
    const { code, stderr } = qntk(['diagnose', 'none.yaml', '--debug'], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no such file[\s\S]*\n\s+at /);
  });
});
