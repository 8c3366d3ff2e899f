import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FigureDocument, stateOf } from '../../reproduce.ts';
import { testSlices } from '../../test/slices.ts';
import { figures } from '../src/figures.ts';

testSlices(figures);

test('the stored full runs are of the tasks of today', () => {
  for (const figure of figures) {
    const file = new URL(`../analyses/made-of/${figure.id}.json`, import.meta.url);
    expect(stateOf(figure, JSON.parse(readFileSync(file, 'utf8')) as FigureDocument)).toBe('full');
  }
});
