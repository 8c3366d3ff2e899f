import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { qntkJson, root } from './qntk.ts';

const grid = z.fromJSONSchema(qntkJson(['schema', 'grid'], root));
const read = (file: string) => parse(fs.readFileSync(path.join(root, file), 'utf8'));
const accepts = (value: unknown) => grid.safeParse(value).success;

test('the schema of a GRID takes grids and SPECs', () => {
  for (const file of ['examples/grids/moons.yaml', 'examples/iris.yaml', 'examples/ising-hva.yaml'])
    expect([file, accepts(read(file))]).toEqual([file, true]);
  const moons = read('examples/grids/moons.yaml');
  const named = { name: 'shallow', model: { ...moons.model, ansatz: { kind: 'hea', layers: 1 } } };
  expect(accepts({ ...moons, selection: { folds: 3 }, candidates: [named] })).toBe(true);
  expect(
    accepts({ ...moons, model: { ...moons.model, encoding: { each: [{ gate: 'RY' }, { kind: 'amplitude' }] } } }),
  ).toBe(true);
});

test('and nothing that qntk compare refuses by its keys', () => {
  const moons = read('examples/grids/moons.yaml');
  expect(accepts({ ...moons, models: 1 })).toBe(false);
  expect(accepts({ ...moons, selection: { fold: 3 } })).toBe(false);
  expect(accepts({ ...moons, candidates: [{ model: moons.model }] })).toBe(false);
  expect(accepts({ ...moons, training: { steps: { each: [] } } })).toBe(false);
  expect(accepts({ ...moons, training: { steps: { each: [10, 'many'] } } })).toBe(false);
  expect(accepts({ ...moons, training: { steps: { each: [10], beside: 1 } } })).toBe(false);
});
