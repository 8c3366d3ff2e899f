import type { ComparedCandidate, Comparison, Rung } from '@qntk/core/compare';
import { describe, expect, test } from 'vitest';
import { racePlot } from '../src/figures/race.ts';
import { comparisonColumns, comparisonDocument, comparisonText, rungText, runnersUp } from '../src/index.ts';
import { renderComparison } from '../src/render.ts';
import { sortScript, sortScriptHash } from '../src/sort.ts';

const rungs: readonly Rung[] = [{ kind: 'frozen' }, { kind: 'training', steps: 10, whole: false }];
const scoreOf = (mean: number, half: number) => ({ mean, std: 0, interval: [mean - half, mean + half] as const });

function candidate(layers: number, mean: number, left = false): ComparedCandidate {
  const scores = [scoreOf(mean - 0.1, 0.5), scoreOf(mean, 0.1)];
  return {
    name: `layers ${layers}`,
    values: { 'model.ansatz.layers': layers },
    rank: 1,
    tiedWith: [],
    left: left ? { rung: rungs[1]!, atMost: mean + 0.1, atLeast: 0.75 } : null,
    forecast: { rung: rungs[1]!, score: scores[1]!, accuracy: null, mse: 0.1, steps: 300 },
    rungs: scores.map((score, k) => ({ rung: rungs[k]!, score })),
    jacobians: 1,
    gradients: 30.4,
    seconds: 0.01,
    kernel: { kappa: null, alignment: 0.2, effectiveDimension: 3 },
    cost: {
      parameters: 8 * layers,
      depth: 3 * layers,
      twoQubitGates: 4 * layers,
      circuits: { training: 192_000 * layers, judging: 20_000 * layers },
    },
  };
}

const test8 = { seeds: 1, trainMse: 0.08, mse: 0.1, r2: 0.8, accuracy: null };
function comparison(rest: Partial<Comparison> = {}): Comparison {
  const best = candidate(8, 0.85);
  const [low, middle] = [candidate(2, 0.3, true), { ...candidate(4, 0.8), tiedWith: [best.name] }];
  return {
    schema: 2,
    version: '0.1.0',
    metric: 'r2',
    selection: { folds: 4, rows: 40 },
    seeds: 1,
    candidates: [{ ...best, tiedWith: [middle.name], verified: test8 }, middle, low],
    rungs: rungs.map((rung, k) => ({ rung, judged: 3, left: k, jacobians: 3, gradients: 0 })),
    choices: [
      {
        key: 'model.ansatz.layers',
        values: [low, middle, best].map(({ name, values, forecast, left }) => ({
          value: values['model.ansatz.layers'],
          name,
          score: forecast!.score,
          best: left === null,
        })),
      },
    ],
    references: { constant: -0.01, ridge: 0.5, rbf: 0.7 },
    pareto: ['layers 4', 'layers 8'],
    winner: { name: best.name, test: test8, leastTrainMse: null },
    skipped: [],
    complete: true,
    ...rest,
  };
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

test('the bar of a race never falls where candidates are judged by rungs of two kinds', () => {
  const by = (name: string, kind: readonly [Rung, number][]): ComparedCandidate => ({
    ...candidate(2, 0.5),
    name,
    rungs: kind.map(([rung, mean]) => ({ rung, score: scoreOf(mean, 0.1) })),
  });
  const [six, twelve] = [6, 12].map((jacobians): Rung => ({ kind: 'forecast', jacobians }));
  const [short, longer] = [6, 12].map((steps): Rung => ({ kind: 'training', steps, share: 1, whole: false }));
  const plot = racePlot(
    comparison({
      candidates: [
        by('a', [
          [six!, 0.5],
          [twelve!, 0.6],
        ]),
        by('b', [
          [short!, 0.2],
          [longer!, 0.3],
        ]),
      ],
      rungs: [six!, short!, twelve!, longer!].map((rung) => ({ rung, judged: 1, left: 0, jacobians: 1, gradients: 1 })),
    }),
  );
  const drawn = JSON.stringify(plot);
  expect(drawn).toContain(JSON.stringify([0.4, 0.4, 0.5, 0.5].map((y, k) => ({ line: 0, x: k + 1, y }))));
  expect(drawn).toContain('R² below −1 counts as that');
});

describe('a comparison in words', () => {
  test('the choice first, and what needs no quantum computer after it', () => {
    const text = flat(comparisonText(comparison()));
    expect(text).toMatch(/^Take layers 8: R² 0\.85 \(0\.75 to 0\.95\) on 4 parts of the 40 training rows/);
    expect(text).toContain(
      'Without a quantum computer ridge regression with a Gaussian kernel has R² 0.7 on the same rows, ridge regression 0.5, a constant −0.01.',
    );
    expect(text).toContain('ansatz.layers: 4 and 8 cannot be told apart; 2 has R² 0.3 (0.2 to 0.4).');
    expect(text).not.toContain('Deeper');
  });

  test('where no quantum network wins, that first', () => {
    const won = (rbf: number) => flat(comparisonText(comparison({ references: { constant: 0, ridge: null, rbf } })));
    expect(won(0.96)).toMatch(/^None of these models wins here: ridge regression with a Gaussian kernel has R² 0\.96/);
    expect(won(0.9)).toMatch(/^No quantum network is known to win here: /);
    expect(won(0.84)).toMatch(/^Take layers 8/);
  });

  test.each([
    [
      'another may come further',
      { ...candidate(4, 0.8), forecast: { ...candidate(4, 0.8).forecast!, score: scoreOf(0.8, 0.2) } },
    ],
    ['nothing has judged another', { ...candidate(4, 0.8), rank: null, forecast: null, rungs: [] }],
  ])('where %s, no more than what is known', (_, other) => {
    const references = { constant: 0, ridge: null, rbf: 0.96 };
    const text = flat(comparisonText(comparison({ references, candidates: [candidate(8, 0.85), other] })));
    expect(text).toMatch(/^No quantum network is known to win here: /);
  });

  test('deeper does not help where the training error is near the least that is certified, and only there', () => {
    const limited = (leastTrainMse: number | null) =>
      flat(comparisonText(comparison({ winner: { name: 'layers 8', test: test8, leastTrainMse } })));
    expect(limited(0.07)).toContain(
      'Deeper will not help it: the limit is set by encoding and readout, behind which no circuit of any depth has a training error below 0.07, and it has 0.08',
    );
    expect(limited(0.01)).not.toContain('Deeper');
    expect(limited(0)).not.toContain('Deeper');
  });

  test('a number that is best at the end of the grid may be better beyond', () => {
    const { choices, ...rest } = comparison();
    const values = choices[0]!.values.map((value) => ({ ...value, best: value.value === 8 }));
    const text = flat(comparisonText({ ...rest, choices: [{ ...choices[0]!, values }] }));
    expect(text).toContain(
      '8; the best of 2 and 4 has R² 0.8 (0.7 to 0.9). The grid ends there: more may be better still.',
    );
  });

  test('who came next, and why it is not the first', () => {
    expect(runnersUp(comparison())).toEqual([
      'layers 4: R² 0.8 (0.7 to 0.9), cannot be told from it, with 16 two-qubit gates instead of 32',
      'layers 2: R² 0.3 (0.2 to 0.4), left after 10 iterations',
    ]);
  });

  test('a short training has iterations by L-BFGS, and steps by what follows gradients', () => {
    const training = { kind: 'training', steps: 34, whole: false } as const;
    expect(rungText(training)).toBe('34 iterations');
    expect(rungText({ ...training, share: 0.2 })).toBe('34 steps');
  });

  test('documents have words for rungs and reasons', () => {
    const { candidates, rungs: told } = comparisonDocument(comparison());
    expect(told.map(({ rung }) => rung)).toEqual(['one Jacobian', '10 iterations']);
    expect(candidates[2]).toMatchObject({
      left: { rung: '10 iterations', reason: 'R² of at most 0.4, where another has at least 0.75' },
      forecast: { rung: '10 iterations' },
    });
  });

  test('what is not known is null in its column', () => {
    const columns = Object.fromEntries(comparisonColumns(comparison()).map(({ name, values }) => [name, values]));
    expect(columns.test_r2).toEqual([0.8, null, null]);
    expect(columns.left_after).toEqual(['', '', '10 iterations']);
  });
});

describe('the page of a comparison', () => {
  const rendered = (rest?: Partial<Comparison>) =>
    renderComparison(comparison(rest), {
      command: 'qntk compare g.yaml',
      files: ['compare.csv'],
      specOf: (name) => `# ${name}\n`,
    });

  test('stands alone, is the same when made again, and has no number that is none', async () => {
    const page = await rendered();
    expect(page === (await rendered())).toBe(true);
    expect(page.match(/<link|<img|<iframe|@import|src=|url\((?!#)/)).toBeNull();
    const markup = page.replace(sortScript, '');
    expect(markup.match(/.{0,40}(NaN|Infinity|undefined|\[object).{0,40}/)).toBeNull();
    expect(page).toContain('<th scope="row">layers 2</th><td data-value="0.3">0.3</td>');
  });

  test('what is scrolled has a name and is reached by keyboard', async () => {
    const scrolled = [...(await rendered()).matchAll(/<div class="[^"]*\bscroll"[^>]*>/g)];
    expect(scrolled).toHaveLength(2);
    for (const [tag] of scrolled) expect(tag).toMatch(/role="group" aria-label="[^"]+" tabindex="0"/);
  });

  test('the SPEC of a candidate is a link away', async () => {
    const link =
      /<a download="candidate-1.yaml" aria-label="Save candidate-1.yaml" href="data:text\/plain;charset=utf-8,([^"]+)">/.exec(
        await rendered(),
      );
    expect(decodeURIComponent(link![1]!)).toBe('# layers 8\n');
  });

  test('its policy allows the script that sorts', async () => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sortScript));
    expect(btoa(String.fromCharCode(...new Uint8Array(digest)))).toBe(sortScriptHash);
    expect(await rendered()).toContain(`'sha256-${sortScriptHash}'`);
  });

  test('names are text, whatever they hold', async () => {
    const [first, ...others] = comparison().candidates;
    const page = await rendered({ candidates: [{ ...first!, name: '<script>x</script>' }, ...others] });
    expect(page).not.toContain('<script>x');
  });

  test('of nothing that was judged', async () => {
    const unjudged = comparison().candidates.map((each) => ({ ...each, forecast: null, rungs: [], rank: null }));
    const page = await rendered({
      candidates: unjudged,
      winner: null,
      choices: [],
      rungs: [],
      pareto: [],
      complete: false,
    });
    expect(page).toContain('Nothing was judged in the time that was given.');
  });
});

/** What the script uses of a page, around rows of a name and a number. */
function tableOf(rows: readonly (readonly [string, string])[]) {
  const element = () => ({
    children: [] as unknown[],
    attributes: new Map<string, string>(),
    childNodes: [] as unknown[],
    value: '',
    textContent: '',
    onclick: () => undefined as unknown,
    oninput: () => undefined as unknown,
    append(...nodes: unknown[]) {
      this.children.push(...nodes);
    },
    setAttribute(name: string, value: string) {
      this.attributes.set(name, value);
    },
    getAttribute(name: string) {
      return this.attributes.get(name) ?? null;
    },
    removeAttribute(name: string) {
      this.attributes.delete(name);
    },
  });
  let order: { name: string; hidden: boolean }[] = [];
  const made = rows.map(([name, value]) => ({
    name,
    hidden: false,
    textContent: `${name} ${value}`,
    cells: [
      { dataset: {}, textContent: name },
      { dataset: { value }, textContent: value },
    ],
  }));
  order = made;
  const headings = [element(), element()];
  const created: ReturnType<typeof element>[] = [];
  const table = {
    tBodies: [{ rows: made, append: (...given: typeof made) => (order = given) }],
    tHead: { rows: [{ cells: headings }] },
    parentElement: { before: () => undefined },
  };
  const document = {
    querySelectorAll: () => [table],
    createElement: () => {
      created.push(element());
      return created.at(-1);
    },
  };
  new Function('document', sortScript)(document);
  return {
    names: () => order.filter(({ hidden }) => !hidden).map(({ name }) => name),
    sort: (column: number) => (headings[column]!.children[0] as ReturnType<typeof element>).onclick(),
    filter(text: string) {
      const input = created.find((each) => 'placeholder' in each)!;
      input.value = text;
      input.oninput();
    },
  };
}

describe('the table of a page', () => {
  test('is sorted by numbers as numbers, by names as names, what is not known last', () => {
    const table = tableOf([
      ['b', '9'],
      ['a', ''],
      ['c', '10'],
    ]);
    table.sort(1);
    expect(table.names()).toEqual(['c', 'b', 'a']);
    table.sort(1);
    expect(table.names()).toEqual(['b', 'c', 'a']);
    table.sort(0);
    expect(table.names()).toEqual(['c', 'b', 'a']);
  });

  test('shows rows with all words, in any order', () => {
    const table = tableOf([
      ['kind hea layers 4', '1'],
      ['kind hva layers 4', '2'],
    ]);
    table.filter('LAYERS  hva');
    expect(table.names()).toEqual(['kind hva layers 4']);
    table.filter(' ');
    expect(table.names()).toHaveLength(2);
  });
});
