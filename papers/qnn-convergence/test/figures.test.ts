import { expect, test } from 'vitest';
import { figureLaws } from '../../test/laws.ts';
import { figures } from '../src/figures.ts';
import { kinds } from '../src/kinds.ts';

const claims = figures.flatMap((figure) => figure.claims);

test('every claim has a criterion', () => {
  for (const { criterion, where } of claims) expect(Math.min(criterion.length, where.length)).toBeGreaterThan(5);
  expect(claims.length).toBeGreaterThanOrEqual(25);
});

figureLaws(figures, kinds, /^c-/);
