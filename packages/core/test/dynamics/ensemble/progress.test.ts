import { describe, expect, test } from 'vitest';
import { asymptoticSeed, asymptoticSetting, changes } from '../../../src/dynamics/ensemble/asymptotic.ts';
import { boundsOf, boundsSetting } from '../../../src/dynamics/ensemble/bounds.ts';
import { finiteBytes, finiteSeed, finiteSetting } from '../../../src/dynamics/ensemble/finite.ts';
import { limitProblem, orthonormalInputs } from '../../../src/dynamics/limit/problem.ts';
import { followLimit, limitFollowing, limitTimes } from '../../../src/dynamics/limit/run.ts';
import { haarState } from '../../../src/dynamics/limit/state.ts';
import { readoutOf } from '../../../src/dynamics/readout.ts';
import { type Progress, runAsync, runSync, type Work } from '../../../src/progress.ts';
import { random } from '../../../src/random/random.ts';

const problem = { d: 8, m: 2, gamma: 1.5 };

const works: readonly (readonly [string, () => Work<unknown>])[] = [
  ['the limit', () => asymptoticSeed(asymptoticSetting(problem))(1)],
  ['a flow', () => finiteSeed(finiteSetting({ ...problem, p: 20 }))(1)],
  ['a descent', () => finiteSeed(finiteSetting({ ...problem, p: 20, steps: 50 }))(1)],
  ['bounds of the limit', () => boundsOf(boundsSetting(problem))(1)],
  ['bounds of a network', () => boundsOf(boundsSetting({ ...problem, p: 20 }))(1)],
];

describe.each(works)('one seed of %s', (_, work) => {
  const told = () => {
    const shares: number[] = [];
    const result = runSync(work(), ({ done, total }: Progress) => shares.push(done / total));
    return { result, shares };
  };

  test('tells many times how far it is, and ends at the whole', () => {
    const { shares } = told();
    expect(shares.length).toBeGreaterThan(50);
    for (const share of shares) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    expect(shares[0]).toBeLessThan(0.2);
    expect(shares.at(-1)).toBeCloseTo(1, 12);
    // A flow may go back a little, where its steps become shorter than they were.
    const half = shares.findIndex((share) => share > 0.5);
    expect(Math.min(...shares.slice(half))).toBeGreaterThan(0.25);
  });

  test('gives the same when driven otherwise', async () => {
    expect(await runAsync(work())).toEqual(told().result);
  });

  test('may be stopped between two events', async () => {
    let left = 5;
    const signal = {
      throwIfAborted() {
        if (left-- === 0) throw new Error('enough');
      },
    };
    await expect(runAsync(work(), { signal })).rejects.toThrow('enough');
  });
});

test('many inputs: events come with evaluations, not with steps alone, and the run is the same', () => {
  const readout = readoutOf(128, [1, -1], 2);
  const labels = Float64Array.from({ length: 32 }, (_, j) => (j % 2 ? -1 : 1));
  const limit = limitProblem(readout, orthonormalInputs(32), labels);
  const start = haarState(limit, random(3));
  const times = limitTimes(readout, 0.02, 3);
  const shares = new Set<number>();
  const run = runSync(limitFollowing(limit)(start, times), ({ done }) => shares.add(done));
  expect(shares.size).toBeGreaterThan(10 * run.steps);
  expect(run).toEqual(followLimit(limit, start, times));
});

test('the change of kernels with as many entries as a thousand inputs have', () => {
  const size = 1000 ** 2;
  const kernels = new Float64Array(2 * size).fill(1).fill(3, size);
  const found = changes(kernels, size);
  expect(found[0]).toBe(0);
  expect(found[1]).toBeCloseTo(2, 12);
});

test('what fits into 2 GiB is let in, and one parameter more is not', () => {
  // What is asked for is said; the largest p that is named fits.
  const refusal = (p: number) => () => finiteSetting({ d: 64, m: 4, p, steps: 10 });
  expect(refusal(1_000_000)).toThrow(/p: found 1000000, expected at most (\d+) for d = 64 and m = 4, which take 2 GiB/);
  const most = Math.floor(2 ** 31 / finiteBytes({ d: 64, m: 4, p: 1 }));
  expect(refusal(most)()).toMatchObject({ p: most });
  expect(refusal(most + 1)).toThrow(`at most ${most}`);
});
