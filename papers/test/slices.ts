import { readFileSync } from 'node:fs';
import { memoryStore, type Store, scheduleAll } from '@qntk/study';
import { expect, test } from 'vitest';
import type { AnyFigure } from '../figure.ts';

async function sliceOf(figure: AnyFigure, store: Store): Promise<unknown> {
  const ensembles = figure.ensembles('reduced');
  const { records } = await scheduleAll(Object.values(ensembles), { store, version: 'test' });
  const results = Object.keys(ensembles).map((name, k) => [name, records[k]!.map(({ result }) => result)]);
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

/** Of every figure of a paper the slice, compared with the stored numbers, and the page, with what the stored full run gives. */
export function testSlices(figures: readonly AnyFigure[]): void {
  // Figures share tasks, so that one store for all of them saves a fifth of the time.
  const store = memoryStore();
  test.each(figures.map((figure) => [figure.id, figure] as const))(
    '%s: its slice gives the stored numbers, and the page what its full run gives',
    async (id, figure) => {
      const stored = (name: string): unknown =>
        JSON.parse(readFileSync(new URL(`../${figure.paper}/analyses/${name}.json`, import.meta.url), 'utf8'));
      expect(differences(await sliceOf(figure, store), stored(`reduced/${id}`))).toEqual([]);
      const page = readFileSync(new URL(`../../docs/papers/${figure.paper}.md`, import.meta.url), 'utf8');
      const table = JSON.parse(
        readFileSync(new URL(`../../docs/papers/${figure.paper}.json`, import.meta.url), 'utf8'),
      );
      const rows = figure.claims.map(({ judge, ...claim }) => ({ figure: id, ...claim, ...judge(stored(id)) }));
      for (const { id: name, verdict, found, why } of rows) {
        expect(page).toContain(`**\`${name}\`: ${verdict}.**`);
        expect(page).toContain(`- found: ${found}\n- why: ${why}\n`);
      }
      expect(table.filter((row: { figure: string }) => row.figure === id)).toEqual(rows);
    },
  );
}
