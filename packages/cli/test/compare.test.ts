import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { formats } from '@qntk/formats';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { qntk as call, fill, newFolder, started } from './qntk.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const grid = (rest: object = {}, model: object = {}) => ({
  data: { source: 'sinusoid', points: 24 },
  model: {
    qubits: 2,
    encoding: { frequency: { each: ['low', 'linear'] } },
    ansatz: { kind: 'hea', layers: { each: [1, 3] } },
    observable: 'Z0',
    ...model,
  },
  initial: { seeds: 2 },
  training: { optimizer: 'adam', rate: 0.05, steps: 60 },
  ...rest,
});

const qntk = (...args: string[]) => call(args, folder);

function written(name: string, value: unknown): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, JSON.stringify(value));
  return file;
}

describe('qntk compare', () => {
  test('judges every candidate by training rows alone, and the winner by the test rows once', () => {
    const { stdout, code } = qntk('compare', written('grid.json', grid()), '--json');
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      schema: 2,
      metric: 'r2',
      selection: { folds: 4, rows: 12 },
      seeds: 2,
      complete: true,
      skipped: [],
    });
    expect(found.candidates).toHaveLength(4);
    const [first, ...others] = found.candidates;
    expect(first).toMatchObject({ rank: 1, left: null, verified: found.winner.test });
    expect(found.winner.name).toBe(first.name);
    for (const other of others) expect(other.verified).toBeUndefined();
    for (const { forecast, left } of found.candidates) {
      const [low, high] = forecast.score.interval;
      expect(low).toBeLessThanOrEqual(forecast.score.mean);
      if (left) expect(high).toBeLessThan(first.forecast.score.mean);
    }
    expect(found.pareto).toContain(first.name);
  });

  test('optimisers of several kinds are judged beside each other, to the end of the ladder of each', () => {
    const mixed = { training: { optimizer: { each: ['adam', 'lbfgs'] }, steps: { each: [20, 60] } } };
    const { stdout, code } = qntk('compare', written('mixed.json', grid(mixed, { encoding: {} })), '--json');
    expect(code).toBe(0);
    const { candidates, complete } = JSON.parse(stdout);
    expect(complete).toBe(true);
    expect(candidates).toHaveLength(8);
    for (const { rank, forecast } of candidates) expect([rank, forecast]).not.toContain(null);
    // Those that are still there in the order of their scores, however long their ladders are.
    const means = candidates
      .filter(({ left }: { left: unknown }) => left === null)
      .map(({ forecast }: { forecast: { score: { mean: number } } }) => forecast.score.mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
  });

  test.each([
    ['selection: found 1 of 12 training rows kept out', { selection: { validation: 0.05 } }],
    ['selection.folds: found 15 parts of 12 training rows', { selection: { folds: 15 } }],
    ['initial.seeds: found 3 for', { initial: { seeds: { each: [1, 3] } } }],
    ['expected a whole number from 1 to 12', { training: { optimizer: 'adam', steps: 60, batch: { each: [13, 14] } } }],
  ])('%s is refused', (message, rest) => {
    const { code, stdout, stderr } = qntk('compare', written('refused.json', grid(rest)));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('finds in its folder what it has done, and ends with the same table', () => {
    const file = written('again.json', grid());
    const out = path.join(folder, 'out');
    const tableOf = () => fs.readFileSync(path.join(out, 'compare.csv'), 'utf8');
    qntk('compare', file, '--out', out);
    const before = tableOf();
    expect(fs.readdirSync(out).sort()).toEqual(
      ['compare.csv', 'compare.html', 'compare.json', 'compare.parquet', 'records'].sort(),
    );
    const names = before
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0]);
    const parquet = formats.parquet.read(fs.readFileSync(path.join(out, 'compare.parquet')), 'compare.parquet');
    expect(parquet.texts('name')).toEqual(names);
    // The SPEC that the page has of the best is one that can be diagnosed.
    const page = fs.readFileSync(path.join(out, 'compare.html'), 'utf8');
    const [, text] =
      /<a download="candidate-1.yaml" aria-label="Save candidate-1.yaml" href="data:text\/plain;charset=utf-8,([^"]+)">/.exec(
        page,
      )!;
    fill(folder, { 'candidate-1.yaml': decodeURIComponent(text!) });
    const { model } = JSON.parse(qntk('diagnose', 'candidate-1.yaml', '--json').stdout);
    const [best] = JSON.parse(fs.readFileSync(path.join(out, 'compare.json'), 'utf8')).candidates;
    expect(model.parameters).toBe(best.cost.parameters);
    const { stdout } = qntk('compare', file, '--out', out);
    expect(stdout).toMatch(/records of all tasks in records\. \d+ of them were found there and not done again\./);
    expect(tableOf()).toBe(before);
  });

  test('killed in mid-run, it goes on where it was and ends with the same table', async () => {
    const file = written('killed.json', grid());
    const out = path.join(folder, 'killed');
    const records = () => (fs.existsSync(path.join(out, 'records')) ? fs.readdirSync(path.join(out, 'records')) : []);
    const child = started(['compare', file, '--out', out], folder);
    await vi.waitUntil(() => records().length > 3, { timeout: 20_000, interval: 2 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(fs.existsSync(path.join(out, 'compare.json'))).toBe(false);
    const kept = records().filter((name) => name.endsWith('.json')).length;
    const { stdout } = qntk('compare', file, '--out', out);
    expect(stdout).toContain(`${kept} of them were found there and not done again.`);
    const { candidates } = JSON.parse(fs.readFileSync(path.join(out, 'compare.json'), 'utf8'));
    const whole = JSON.parse(qntk('compare', file, '--json').stdout).candidates;
    const untimed = (each: { seconds: number }) => ({ ...each, seconds: 0 });
    expect(candidates.map(untimed)).toEqual(whole.map(untimed));
  });

  test('candidates that cannot be trained are told of, and the others go on', () => {
    const { stdout, code } = qntk('compare', written('bad.json', grid({}, { observable: { each: ['Z0', 'Z7'] } })));
    expect(code).toBe(0);
    expect(stdout).toContain('Left out, as they cannot be trained:\n  frequency low · layers 1 · observable Z7: ');
    expect(stdout).toContain('Take ');
  });

  test.each([
    ['none can be', grid({}, { observable: { each: ['Z7', 'Z8'] } }), /8 candidates, none of which can be trained/],
    [
      'a billion',
      grid({}, Object.fromEntries('abcdefghi'.split('').map((key) => [key, { each: Array(10).fill(1) }]))),
      /found \d+ candidates, expected at most 100000/,
    ],
    [
      'too long',
      grid({ initial: { seeds: 100_000 } }, { qubits: 10 }),
      /take about [\d.]+ hours of one processor, expected at most 10 minutes; --yes/,
    ],
    ['too few rows', grid({ data: { source: 'sinusoid', points: 4 } }), /found 2 training rows, expected at least 4/],
    [
      'other rows',
      grid({ data: { source: 'sinusoid', points: 24, seed: { each: [1, 2] } } }),
      /other training rows or labels/,
    ],
    [
      'an empty list',
      grid({ training: { steps: { each: [] } } }),
      /training\.steps\.each: found \[\], expected a list of at least 1 value/,
    ],
  ])('%s', (name, value, message) => {
    const { stderr, code } = qntk('compare', written(`${name}.json`, value));
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('a budget gives the best so far', () => {
    const { stdout, code } = qntk('compare', written('budget.json', grid()), '--budget', '1e-9');
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was judged in the time that was given.');
  });

  test('a budget may be a share of what training all takes', () => {
    const file = written('share.json', grid());
    const spent = (...budget: string[]) => {
      const { candidates } = JSON.parse(qntk('compare', file, ...budget, '--json').stdout);
      return candidates.reduce(
        (sum: number, { jacobians, gradients }: { jacobians: number; gradients: number }) =>
          sum + jacobians + gradients,
        0,
      );
    };
    const whole = spent();
    const limited = spent('--budget', '2%');
    expect(limited).toBeGreaterThan(0);
    expect(limited).toBeLessThan(whole);
    expect(qntk('compare', file, '--budget', '200%').code).toBe(2);
  });

  test('where nothing was judged the test rows are not used', () => {
    const { stdout } = qntk('compare', written('unused.json', grid()), '--budget', '1e-9', '--json');
    const { winner, candidates } = JSON.parse(stdout);
    expect(winner).toBeNull();
    for (const { verified, rank } of candidates) expect([verified, rank]).toEqual([undefined, null]);
  });
});
