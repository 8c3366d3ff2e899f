import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, qntk, qntkJson, root, started } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

test('without arguments the figures are listed, with what is there of each', () => {
  const { figures, claims } = qntkJson(['reproduce'], folder);
  expect(figures.map(({ id }: { id: string }) => id)).toEqual(
    expect.arrayContaining(['d-fig1-tfim', 'c-fig1', 'c-fig6']),
  );
  expect(claims).toEqual([]);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a slice of a figure is made, with pictures and judged claims, and found again', () => {
  const call = ['reproduce', 'c-examples', '--out', 'made'];
  const { claims } = qntkJson(call, folder);
  expect(claims.length).toBeGreaterThan(0);
  for (const claim of claims)
    expect(claim).toMatchObject({
      paper: 'qnn-convergence',
      criterion: expect.any(String),
      found: expect.any(String),
      verdict: expect.stringMatching(/^(holds|holds with a condition|does not hold as stated|cannot be decided)$/),
    });
  const made = fs.readdirSync(path.join(folder, 'made'));
  expect(made).toEqual(expect.arrayContaining(['c-examples.json', 'claims.json', 'records']));
  expect(made.some((name) => name.endsWith('.svg'))).toBe(true);
  expect(qntk(call, folder).stdout).toMatch(/\d+ tasks were found there and not computed again/);
});

test('killed in mid-run, a figure goes on from what was finished, to the numbers that are stored', async () => {
  const call = ['reproduce', 'd-eq4', '--out', 'killed'];
  const count = () => {
    const place = path.join(folder, 'killed/records');
    return fs.existsSync(place) ? fs.readdirSync(place).filter((name) => name.endsWith('.json')).length : 0;
  };
  const child = started(call, folder);
  while (count() < 3) await new Promise((next) => setTimeout(next, 7));
  child.kill('SIGKILL');
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  const finished = count();
  expect(finished).toBeLessThan(24);
  expect(qntk(call, folder).stdout).toContain(` ${finished} tasks were found there and not computed again`);
  const cells = (file: string) => {
    const document = JSON.parse(fs.readFileSync(file, 'utf8'));
    return (document.analysis ?? document).cells.map((cell: { descentTrain: number[] }) => cell.descentTrain.at(-1));
  };
  const stored = cells(path.join(root, 'papers/qntk-diagnostics/analyses/reduced/d-eq4.json'));
  cells(path.join(folder, 'killed/d-eq4.json')).forEach((mse: number, k: number) => {
    expect(mse).toBeCloseTo(stored[k], 6);
  });
  expect(stored).toHaveLength(12);
});

test('a figure that there is none of', () => {
  expect(qntk(['reproduce', 'c-fig11'], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('c-fig1') });
});
