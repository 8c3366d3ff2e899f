import { expect, test } from 'vitest';
import type { AnyFigure } from '../figure.ts';

/**
 * What holds for the figures of any paper.
 *
 * @param kinds - those that threads know.
 * @param prefix - what names of figures and claims begin with.
 */
export function figureLaws(figures: readonly AnyFigure[], kinds: readonly unknown[], prefix: RegExp): void {
  test('every figure and claim has a name of its own', () => {
    const ids = [...figures, ...figures.flatMap(({ claims }) => claims)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(prefix);
  });

  test('every task is of a kind that threads know', () => {
    for (const figure of figures)
      for (const size of ['full', 'reduced'] as const)
        for (const { kind, seeds } of Object.values(figure.ensembles(size))) {
          expect(kinds).toContain(kind);
          expect(seeds.length).toBeGreaterThan(0);
        }
  });
}
