import { readFileSync } from 'node:fs';
import { html } from '@qntk/report/plots';
import { atOnce, type Kind, memoryStore } from '@qntk/study';
import { beforeEach, expect, test } from 'vitest';
import type { Figure } from '../figure.ts';
import { pictureOf } from '../picture.ts';
import { pngOf } from '../png.ts';
import { reproduce, stateOf } from '../reproduce.ts';

/** How often a task was done. */
let done = 0;
beforeEach(() => {
  done = 0;
});

const squares = {
  name: 'squares',
  seedRun: ({ factor }) =>
    atOnce((seed) => {
      done++;
      return factor * seed ** 2;
    }),
} as const satisfies Kind<{ factor: number }, undefined, number>;

const figure: Figure<number, { readonly largest: number }> = {
  id: 'z-squares',
  paper: 'qntk-diagnostics',
  title: 'Squares',
  ensembles: (size) => ({
    once: { kind: squares, spec: { factor: 1 }, data: undefined, seeds: size === 'full' ? [1, 2, 3] : [1] } as never,
    twice: { kind: squares, spec: { factor: 2 }, data: undefined, seeds: [2] } as never,
  }),
  analyse: ({ once, twice }) => ({ largest: Math.max(...once!, ...twice!) }),
  panels: ({ largest }) => [
    {
      name: 'a',
      title: 'A panel',
      caption: html`${'as <large> as it is & more'}`,
      alt: 'a point',
      key: [{ label: 'the <largest>', colour: '#123456', look: 'dot' }],
      spec: {
        width: 60,
        height: 30,
        data: { values: [{ x: 1, y: largest }] },
        mark: 'point',
        encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
      },
    },
  ],
  claims: [
    {
      id: 'z-large',
      where: 'here',
      claim: 'It is large.',
      criterion: 'at least 9',
      judge: ({ largest }) => ({
        found: String(largest),
        verdict: largest >= 9 ? 'holds' : 'does not hold as stated',
        why: 'So it is.',
      }),
    },
  ],
};

const keeping = (store = memoryStore()) => ({ store, version: '1.2.3' });

test('tasks become an analysis, pictures with title, caption and key, and judged claims', async () => {
  const { document, pictures, found } = await reproduce(figure, 'full', keeping());
  expect(document).toMatchObject({
    schema: 'qntk/figure/1',
    id: 'z-squares',
    size: 'full',
    version: '1.2.3',
    ensembles: { once: { kind: 'squares', spec: { factor: 1 }, seeds: [1, 2, 3] } },
    analysis: { largest: 9 },
    panels: [{ file: 'z-squares-a.svg', title: 'A panel' }],
    claims: [{ id: 'z-large', paper: 'qntk-diagnostics', criterion: 'at least 9', found: '9', verdict: 'holds' }],
  });
  expect(found).toBe(0);
  expect(Object.keys(pictures)).toEqual(['z-squares-a.svg', 'z-squares-a.png']);
  const picture = pictures['z-squares-a.svg'] as string;
  for (const text of ['A panel', 'as &lt;large&gt; as it is &amp; more', 'the &lt;largest&gt;'])
    expect(picture).toContain(text);
  const [, , width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(picture)!.slice(1).map(Number);
  expect(picture).toContain(`<rect width="${width}" height="${height}" fill="white"`);
  const png = Buffer.from(pictures['z-squares-a.png'] as Uint8Array);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Width and height of its header are twice those of the SVG, to a pixel.
  for (const [at, size] of [width!, height!].entries())
    expect(Math.abs(png.readUInt32BE(16 + 4 * at) - 2 * size)).toBeLessThanOrEqual(1);
  // Words are drawn: without a font the picture of other words is the same.
  const other = picture.replaceAll('A panel', 'a Panel');
  expect(Buffer.from(await pngOf(other)).equals(Buffer.from(await pngOf(picture)))).toBe(false);
});

test('words do not widen a picture: a caption takes more lines', async () => {
  const [drawn] = figure.panels({ largest: 9 });
  const sizes = await Promise.all(
    ['short', 'long words '.repeat(40)].map(async (caption) =>
      /width="(\S+)" height="(\S+)"/
        .exec(await pictureOf({ ...drawn!, caption: html`${caption}` }))!
        .slice(1)
        .map(Number),
    ),
  );
  expect(sizes[1]![0]! - sizes[0]![0]!).toBeLessThan(10);
  expect(sizes[1]![1]).toBeGreaterThan(sizes[0]![1]!);
});

test('what a store has is not computed again, whichever size asked for it', async () => {
  const store = memoryStore();
  const slice = await reproduce(figure, 'reduced', keeping(store));
  expect([done, slice.document.analysis]).toEqual([2, { largest: 8 }]);
  const { found, document } = await reproduce(figure, 'full', keeping(store));
  expect([done, found, document.analysis]).toEqual([4, 2, { largest: 9 }]);
});

test('a document says how far its figure is, as long as the tasks are the same', async () => {
  const { document } = await reproduce(figure, 'reduced', keeping());
  expect(stateOf(figure, undefined)).toBe('not yet');
  expect(stateOf(figure, document)).toBe('reduced');
  expect(stateOf({ ...figure, ensembles: () => figure.ensembles('full') }, document)).toBe('not yet');
});

test('a line that lies wholly below a picture does not stop the renderer', async () => {
  const file = new URL('../../docs/papers/d-gamma-error.svg', import.meta.url);
  const png = Buffer.from(await pngOf(readFileSync(file, 'utf8')));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
});
