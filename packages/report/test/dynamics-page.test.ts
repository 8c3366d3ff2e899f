import {
  asymptoticSeed,
  asymptoticSetting,
  type EnsembleDocument,
  ensembleDocument,
  type SeedRun,
  timesTo,
} from '@qntk/core/dynamics';
import { runSync } from '@qntk/core/progress';
import { describe, expect, test } from 'vitest';
import { ensemblePlots } from '../src/figures/ensemble.ts';
import { renderDynamics } from '../src/render.ts';
import { ensembleWords } from '../src/terminal/ensemble.ts';
import { seedHeadline } from '../src/terminal/seed-table.ts';

const made = { command: 'qntk dynamics asymptotic', version: '1.2.3', date: '2026-01-02', files: ['dynamics.json'] };

function document(gamma: number, seeds: number): EnsembleDocument {
  const setting = asymptoticSetting({ d: 16, m: 2, gamma });
  const records = Array.from({ length: seeds }, (_, k) => asymptoticSeed(setting)(k + 1)).map((work) => runSync(work));
  return ensembleDocument('qntk/dynamics-asymptotic/1', setting, timesTo(setting.time), records, '1.2.3');
}

describe('the headline counts how runs end, every one', () => {
  const run = (regime: SeedRun['regime'], exponent: SeedRun['exponent'] = null) => ({ regime, exponent }) as SeedRun;
  test.each<[readonly SeedRun[], string]>([
    [[run('exponential'), run('exponential')], '2 of 2 runs fall exponentially'],
    [[run('exponential')], '1 of 1 run falls exponentially'],
    [
      [run('stagnant'), run('sublinear', { value: 2, uncertainty: 0.1 }), run('stagnant'), run(null)],
      '2 of 4 runs no longer fall, 1 falls as a power of t, 1 is rounding too soon to tell',
    ],
    [[run('sublinear', { value: 5, uncertainty: 5 })], '1 of 1 run is too short to tell'],
  ])('%#', (seeds, headline) => {
    expect(seedHeadline(seeds)).toBe(headline);
  });
});

describe('the page of a network with many parameters', () => {
  test.each([2, 1, 0.5])('stands alone, tells every run and no number that is none: γ = %d', async (gamma) => {
    const found = document(gamma, 20);
    const page = await renderDynamics(ensembleWords(found), ensemblePlots(found), made);
    expect(page).toBe(await renderDynamics(ensembleWords(found), ensemblePlots(found), made));
    expect(page.match(/.{0,40}(NaN|Infinity|undefined|\bnull\b|\[object).{0,40}/)).toBeNull();
    expect(page.match(/<img|<link|<iframe|@import|src=|url\((?!#)/)).toBeNull();
    expect(page).toContain(`<h1>${seedHeadline(found.seeds)}</h1>`);
    expect(page.match(/<tbody>.*<\/tbody>/s)?.[0].match(/<th scope="row">/g)).toHaveLength(20);
    expect(page.match(/<figure>/g)).toHaveLength(3);
    for (const part of [made.command, 'qntk 1.2.3', made.date, 'href="dynamics.json"']) expect(page).toContain(part);
  });

  test('has no script where it has no figures', async () => {
    const page = await renderDynamics(ensembleWords(document(2, 1)), [], made);
    expect(page).not.toContain('script');
  });

  test.each([
    [2, 1],
    [1, 1],
    [0.5, 1],
    [2, 3],
  ])('its closed forms go as far as the curves: γ = %d, %d times as slow', (gamma, slower) => {
    const found = document(gamma, 2);
    const times = found.curves.times.map((t) => slower * t);
    for (const { spec } of ensemblePlots({ ...found, curves: { ...found.curves, times } })) {
      const { encoding, layer } = spec as unknown as Drawn;
      const [low, high] = encoding.x.scale.domain;
      const closed = layer.at(-1)!.data.values.map(({ x }) => x);
      expect(Math.min(...closed)).toBeLessThanOrEqual(Math.max(low, 1e-3 * high));
      expect(Math.max(...closed)).toBeGreaterThanOrEqual(high);
    }
  });
});

interface Drawn {
  readonly encoding: { readonly x: { readonly scale: { readonly domain: readonly [number, number] } } };
  readonly layer: readonly { readonly data: { readonly values: readonly { readonly x: number }[] } }[];
}
