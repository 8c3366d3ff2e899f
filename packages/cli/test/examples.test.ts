import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type NpyArray, readNpy } from '@qntk/formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, qntk, root } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const specs = fs.readdirSync(path.join(root, 'examples')).filter((name) => name.endsWith('.yaml'));

test.each(specs)('%s is diagnosed', (name) => {
  const { code, stdout } = qntk(['diagnose', `examples/${name}`, '--seeds', '1'], root);
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/NaN|Infinity/);
});

test('iris.csv is what its package holds', () => {
  const file = path.join(folder, 'iris.csv');
  execFileSync(process.execPath, [path.join(root, 'scripts/make-iris.mjs'), file]);
  expect(fs.readFileSync(file, 'utf8')).toBe(fs.readFileSync(path.join(root, 'examples/iris.csv'), 'utf8'));
});

test('the kernel is that of sinusoid.yaml', () => {
  execFileSync(process.execPath, [path.join(root, 'scripts/make-kernel.mjs'), folder]);
  for (const name of ['K.npy', 'y.npy', 'f.npy']) {
    const read = (where: string) => readNpy(fs.readFileSync(path.join(where, name)), name) as NpyArray;
    const [made, kept] = [read(folder), read(path.join(root, 'examples/kernel'))];
    expect(made.shape).toEqual(kept.shape);
    made.data.forEach((value, i) => {
      expect(value).toBeCloseTo(kept.data[i]!, 10);
    });
  }
});
