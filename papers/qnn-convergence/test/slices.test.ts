import { readFileSync } from 'node:fs';
import { runSync } from '@qntk/core';
import { expect, test } from 'vitest';
import type { AnyFigure } from '../../figure.ts';
import { figures } from '../src/figures.ts';

const stored = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../analyses/${name}.json`, import.meta.url), 'utf8'));

function sliceOf(figure: AnyFigure): unknown {
  const results = Object.entries(figure.ensembles('reduced')).map(([name, { kind, spec, data, seeds }]) => {
    const run = kind.seedRun(spec, data);
    return [name, seeds.map((seed) => runSync(run(seed)))];
  });
  return JSON.parse(JSON.stringify(figure.analyse(Object.fromEntries(results), 'reduced')));
}

/** Paths at which two documents differ by more than an integrator's tolerance may make of other machines' last digits. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-7 + 1e-4 * Math.abs(b) ? [] : [`${path}: ${a} for ${b}`];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [`${path}: ${a} for ${b}`];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].flatMap((name) =>
    differences((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name], `${path}.${name}`),
  );
}

test.each(figures.map((figure) => [figure.id, figure] as const))(
  '%s: its slice gives the stored numbers, and the page what its full run gives',
  (id, figure) => {
    expect(differences(sliceOf(figure), stored(`reduced/${id}`))).toEqual([]);
    const page = readFileSync(new URL('../../../docs/papers/qnn-convergence.md', import.meta.url), 'utf8');
    for (const { judge, id: name } of figure.claims) {
      const { verdict, found } = judge(stored(id));
      expect(page).toContain(`**\`${name}\`: ${verdict}.**`);
      expect(page).toContain(`- found: ${found}\n`);
    }
  },
);
