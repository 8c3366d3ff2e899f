import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder, qntk, qntkJson } from './qntk.ts';

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

test('a figure that there is none of', () => {
  expect(qntk(['reproduce', 'c-fig11'], folder)).toMatchObject({ code: 2, stderr: expect.stringContaining('c-fig1') });
});
