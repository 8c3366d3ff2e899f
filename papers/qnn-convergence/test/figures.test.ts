import { expect, test } from 'vitest';
import { figures } from '../src/figures.ts';
import { kinds } from '../src/kinds.ts';

const claims = figures.flatMap((figure) => figure.claims);

test('every figure and claim has a name of its own, and a criterion', () => {
  const ids = [...figures, ...claims].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^c-/);
  for (const { criterion, where } of claims) expect(Math.min(criterion.length, where.length)).toBeGreaterThan(5);
  expect(claims.length).toBeGreaterThanOrEqual(25);
});

test('every task is of a kind that threads know', () => {
  for (const figure of figures)
    for (const size of ['full', 'reduced'] as const)
      for (const { kind, seeds } of Object.values(figure.ensembles(size))) {
        expect(kinds).toContain(kind);
        expect(seeds.length).toBeGreaterThan(0);
      }
});
