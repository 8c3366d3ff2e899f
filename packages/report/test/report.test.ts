import type { Diagnosis } from '@qntk/core';
import { data, input } from '@qntk/core/circuit';
import { describe, expect, it, vi } from 'vitest';
import { downloadScript, downloadScriptHash } from '../src/download.ts';
import { unparted } from '../src/format.ts';
import { renderReport } from '../src/render.ts';
import { plotsOf } from '../src/sections/figures.ts';
import { colours } from '../src/theme.ts';
import { verdictText } from '../src/words/verdicts.ts';
import { fakeDiagnosis, singularDiagnosis, zeroDiagnosis } from './diagnoses.ts';

const iris = ['setosa', 'versicolor', 'virginica'];
const kinds: Record<string, () => Diagnosis> = {
  'one feature, verified': () => fakeDiagnosis({ verify: true, adaptive: true }),
  'three classes': () => fakeDiagnosis({ features: 4, classes: iris, train: 30, test: 30, verify: true }),
  'two classes': () => fakeDiagnosis({ features: 2, classes: ['no', 'yes'], train: 20, test: 20 }),
  'several features': () => fakeDiagnosis({ features: 3, verify: true }),
  'trained in the place of a forecast': () => fakeDiagnosis({ features: 2, measured: true, verify: true }),
  'one initialisation': () => fakeDiagnosis({ seeds: 1 }),
  'no test points': () => fakeDiagnosis({ test: 0, verify: true }),
  'a singular kernel': singularDiagnosis,
  'no kernel at all': zeroDiagnosis,
  'many initialisations': () => fakeDiagnosis({ seeds: 60 }),
  'many points': () => fakeDiagnosis({ train: 60_000, test: 5000, seeds: 2 }),
};

/** Says what is missing without printing the whole page. */
function expectText(page: string, text: string): void {
  expect(page.includes(text) ? text : 'not on the page').toBe(text);
}

/** As it stands on the page. */
const escaped = (text: string) => text.replaceAll("'", '&#39;');

/** Pages by their kind: each is made once, as that takes a third of a second. */
const pages = new Map<string, Promise<string>>();

function render(kind: string): Promise<string> {
  const page = pages.get(kind) ?? renderReport(kinds[kind]());
  pages.set(kind, page);
  return page;
}

it('calls the numbers of a forecast so where they stand beside those of a training', async () => {
  const whole = fakeDiagnosis({ verify: true });
  const verdicts = whole.verdicts.map((verdict) => {
    const evidence = { ...verdict.evidence, 'verified.trainMse': 0.0476, 'verified.trainR2': 0.95 };
    return verdict.code === 'fit' ? ({ ...verdict, basis: 'measured', evidence } as typeof verdict) : verdict;
  });
  const page = await renderReport({ ...whole, verdicts });
  expectText(page, '<dt>forecast training R²</dt> <dd>0.997</dd>');
  expectText(page, '<dt>forecast training R² from</dt> <dd>0.995</dd>');
});

describe.each(Object.keys(kinds))('report of %s', (kind) => {
  it('is the same, byte by byte, when made again, and nothing is warned of', async () => {
    const warn = vi.spyOn(console, 'warn');
    const first = await renderReport(kinds[kind]());
    const second = await render(kind);
    expect(first === second).toBe(true);
    expect(warn.mock.calls).toEqual([]);
  });

  it('has no number that is none', async () => {
    expect((await render(kind)).match(/.{0,40}(NaN|Infinity|undefined|\bnull\b(?! space)|\[object).{0,40}/)).toBeNull();
  });

  it('stands alone', async () => {
    const page = await render(kind);
    const markup = page.replace(`<script>${downloadScript}</script>`, '');
    expect(markup.match(/<script|<link|<img|<iframe|@import|src=|url\((?!#)/)).toBeNull();
    // Addresses that nothing fetches by itself: names of SVG's own languages, links to papers.
    expect(markup.replaceAll(/xmlns(:\w+)?="[^"]*"|<a href="https:\/\/arxiv[^"]*"/g, '').match(/https?:.*/)).toBeNull();
  });

  it('says every verdict, and each number behind it once: in the sentence or below', async () => {
    const page = await render(kind);
    const items = page.split('<li class="').filter((item) => item.includes('class="basis"'));
    for (const [i, verdict] of kinds[kind]().verdicts.entries()) {
      expectText(items[i], `<p>${escaped(unparted(verdictText(verdict)))} <a class="basis"`);
      const chips = [...items[i].matchAll(/<dt>([^<]*)<\/dt> <dd>([^<]*)<\/dd>/g)].map(([, label, value]) => ({
        label,
        value,
      }));
      expect(new Set(chips.map(({ label }) => label)).size).toBe(chips.length);
      const words = verdictText(verdict).split(/[\s(),;]+/);
      for (const { value } of chips) expect(words).not.toContain(value);
    }
    expect(page).not.toContain('<dt>residual MSE</dt>');
    expectText(page, 'aria-label="Warning"');
  });

  it('can be scrolled and found by keyboard, with headings that nothing cuts', async () => {
    const page = await render(kind);
    for (const [scrolled] of page.matchAll(/<div class="[^"]*\bscroll"[^>]*>/g))
      expect(scrolled).toMatch(/role="group" aria-label="[^"]+" tabindex="0"/);
    expect(page.includes('<caption')).toBe(false);
    expect(page).toContain('<nav aria-label=');
  });

  it('is light', async () => {
    expect((await render(kind)).length).toBeLessThan(500_000);
  });

  it('has a caption and a description for every figure', async () => {
    const page = await render(kind);
    const plots = plotsOf(kinds[kind]());
    expect(plots).toHaveLength(5);
    for (const [i, plot] of plots.entries()) {
      if ('missing' in plot) expectText(page, `Figure ${i + 1}. ${plot.title}.</b> Left out. ${plot.missing}`);
      else expectText(page, `aria-label="${plot.alt}"`);
    }
  });

  it('has no identifier twice, and none that is missing', async () => {
    const page = await render(kind);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/(?:url\(|href=")#([^")]+)/g)) expect(ids).toContain(id);
  });
});

describe('text of others', () => {
  const hostile = `</style><script>alert("1")</script>'&`;
  const hostileEvidence = { rank: 1, rows: 2, 'model.parameters': 3, reason: hostile };
  const diagnosis = fakeDiagnosis({ features: 2, classes: [hostile, `${hostile}2`], seeds: 2 });
  const spoiled: Diagnosis = {
    ...diagnosis,
    model: { ...diagnosis.model, description: hostile, observables: [hostile] },
    data: { ...diagnosis.data, source: hostile, features: [hostile, hostile] },
    training: { ...diagnosis.training, optimizer: hostile },
    seeds: diagnosis.seeds.map((seed) => ({ ...seed, kappa: null, reasons: { kappa: hostile } })),
    verdicts: [{ code: 'rank', severity: 'note', basis: 'certain', evidence: hostileEvidence }],
  };

  it.each([
    ['two classes', spoiled],
    ['one feature', { ...spoiled, data: { ...fakeDiagnosis().data, features: [hostile] } }],
    [
      'several classes',
      {
        ...fakeDiagnosis({ features: 2, classes: [hostile, '<b>', '&'] }),
        verdicts: spoiled.verdicts,
      },
    ],
  ])('is shown, never run: %s', async (_, diagnosis) => {
    const page = await renderReport(diagnosis);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expectText(page, '&lt;/style&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;. <a class="basis"');
  });
});

describe('a page of its own', () => {
  it('allows its own script by its hash, no other and no network', async () => {
    const page = await render('two classes');
    const policy = page.match(/http-equiv="Content-Security-Policy" content="([^"]*)"/)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${downloadScriptHash}';`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|unsafe-eval|https?:|connect-src/);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(downloadScript));
    expect(btoa(String.fromCharCode(...new Uint8Array(digest)))).toBe(downloadScriptHash);
  });

  it('has the numbers that a sentence does not below it', async () => {
    const diagnosis = fakeDiagnosis();
    const times = { 'model.scale': 1e6, times: 1.2e6, too: 'large', scaleWithRoom: 1.3, trainR2: -0.5 } as const;
    const scale = { code: 'scale', severity: 'warning', basis: 'forecast', evidence: times } as const;
    const page = await renderReport({ ...diagnosis, verdicts: [...diagnosis.verdicts, scale] });
    expectText(page, '<dt>training R²</dt> <dd>−0.5</dd>');
  });

  it('says how it was made: circuit, SPEC, command, date, neighbours', async () => {
    const spec = { name: "it's.yaml", text: 'data: {source: moons} # </pre><b>&\u001b\nmodel: {}' };
    const operations = [{ gate: 'RY', wires: [0], angles: [data(input(0))] }] as const;
    const circuit = { qubits: 1, start: 'zero', inputs: 1, parameters: [], operations } as const;
    const command = 'qntk diagnose spec.yaml';
    const origin = { spec, circuit, command, date: '2026-01-02', files: ['report.json'] };
    const page = await renderReport(fakeDiagnosis(), origin);
    for (const part of [command, '2026-01-02', '<a href="report.json">', '<title>Circuit of 1 qubit, 1 gate</title>'])
      expectText(page, part);
    const drawings = page.match(/<svg [^>]*>\s<title>Circuit of.*?<\/svg>/gs)!;
    expect(drawings).toHaveLength(2);
    for (const drawing of drawings) expect(drawing).not.toMatch(/"#[0-9a-f]{6}"/);
    expectText(page, '# &lt;/pre&gt;&lt;b&gt;&amp;\\u001b\n');
    expectText(
      page,
      `download="it&#39;s.yaml" href="data:text/plain;charset=utf-8,${encodeURIComponent(spec.text).replaceAll("'", '&#39;')}"`,
    );
    expectText(page, 'angles normal around 0 with deviation 0.2');
    const many = { ...circuit, operations: Array.from({ length: 401 }, () => operations[0]) };
    expectText(await renderReport(fakeDiagnosis(), { circuit: many }), '401 gates are too many for a page');
  });

  it('names columns that the SPEC leaves out', async () => {
    const page = await renderReport({ ...fakeDiagnosis(), spec: { data: { drop: ['age', '<id>'] } } });
    expectText(page, '<dt>left out by the SPEC</dt><dd>age, &lt;id&gt;</dd>');
    expect((await render('two classes')).includes('left out by the SPEC')).toBe(false);
  });

  it('takes its colours from the style, so that it can be dark', async () => {
    const page = await render('one feature, verified');
    expect(page).toContain('prefers-color-scheme: dark');
    for (const colour of Object.values(colours)) expect(page.includes(`"${colour}"`)).toBe(false);
    for (const [, name] of page.matchAll(/var\(--([a-z]+)\)/g)) expect(page).toContain(`--${name}: #`);
  });

  it('shows control characters of a file as codes', async () => {
    const { data, ...rest } = fakeDiagnosis();
    const page = await renderReport({ ...rest, data: { ...data, source: 'a\u0000b\u001b[31m\u202egnp.csv' } });
    expectText(page, 'a\\u0000b\\u001b[31m\\u202egnp.csv');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(page.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)).toBeNull();
  });
});

describe('what has no value', () => {
  it('is named with its reason', async () => {
    const page = await renderReport(singularDiagnosis());
    expectText(page, 'kernel at initialisation: κ (seed 0)');
    expectText(page, 'the kernel has rank 7 of 10, so that λmin is 0.');
    expectText(page, 'forecast at the step budget: steps to 99 % of the fall (seed 0)');
  });

  it('leaves figures out with a sentence', async () => {
    const page = await renderReport(zeroDiagnosis());
    expectText(page, 'All eigenvalues are zero: the outputs do not depend on the parameters.');
    expectText(page, 'there are no test points to forecast.');
    expect(page.includes('<figure>')).toBe(false);
  });
});
