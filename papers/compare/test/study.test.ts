import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Rung, rungOf, runSync } from '@qntk/core';
import { describe, expect, test } from 'vitest';
import { datasetOf, modelOf } from '../src/candidates.ts';
import { foldsRun } from '../src/folds.ts';
import { race, rungResult, trainingAll } from '../src/races.ts';
import { truthOfHalf } from '../src/records.ts';
import { judged } from '../src/rungs.ts';
import { stepLengthRun } from '../src/step-lengths.ts';
import { plan, selection, truthOf } from '../src/truth.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

test('a run gives its record again', () => {
  const [line] = readFileSync(`${folder}/records/rungs-lbfgs.jsonl`, 'utf8').split('\n');
  const { results, ...run } = JSON.parse(line!);
  const again = judged(folder, 'lbfgs', run).results;
  // L-BFGS on another machine's arithmetic ends a little elsewhere; the first rungs are the same to four digits.
  expect(again.slice(0, 2)).toEqual(results.slice(0, 2));
  for (const [k, { r2 }] of again.entries()) expect(r2).toBeCloseTo(results[k].r2, 2);
});

test('folds trained by themselves have the squares of their record', () => {
  const [line] = readFileSync(`${folder}/records/folds.jsonl`, 'utf8').split('\n');
  const record = JSON.parse(line!);
  foldsRun(folder, record).squares.forEach((squares, k) => {
    expect(squares / record.squares[k]).toBeCloseTo(1, 2);
  });
});

test('a training by large steps gives its record again', () => {
  const lines = readFileSync(`${folder}/records/step-lengths.jsonl`, 'utf8').trim().split('\n');
  const record = lines.map((line) => JSON.parse(line)).find(({ batch, rate }) => batch === 8 && rate === 0.1);
  const again = stepLengthRun(folder, record);
  again.r2.forEach((r2, k) => {
    expect(r2).toBeCloseTo(record.r2[k], 2);
  });
  again.work.forEach((work, k) => {
    expect(work).toBeCloseTo(record.work[k], 2);
  });
});

describe('the truth of all trainings', () => {
  const truth = truthOfHalf(folder, 'design');

  test('a run gives its record again, and rungs of the product what is read from it', () => {
    const record = truth.get('circles')![0]![64]!;
    const again = truthOf(folder, record);
    // The first iterations are the same to three digits on any machine; where L-BFGS ends is nearly so.
    expect(again.frozen).toBeCloseTo(record.frozen, 2);
    for (const k of [0, 1, 2]) expect(again.r2[k]).toBeCloseTo(record.r2[k]!, 2);
    expect(again.gradients[2]).toBe(record.gradients[2]);
    const dataset = datasetOf(folder, 'circles');
    const rung: Rung = { kind: 'training', steps: 10, whole: false };
    const options = { rung, training: plan, seed: 7, selection, splitSeed: 1 };
    const { r2, change, gradients } = runSync(rungOf(modelOf(64, dataset), dataset, options)(0));
    const read = rungResult(record, rung);
    expect(read.r2).toBeCloseTo(r2!, 2);
    expect(read.change).toBeCloseTo(change!, 2);
    expect(read.gradients).toBeCloseTo(gradients, 9);
  });

  test('a race on records takes no more than it may, and less than training all where it may take what it likes', () => {
    const wine = truth.get('wine')!;
    const all = trainingAll(wine, [0, 1, 2], { seeds: 3 });
    const limited = race(wine, [0, 1, 2], { seeds: 3 }, 0.05 * all.gradients);
    expect(limited.gradients).toBeLessThanOrEqual(0.051 * all.gradients);
    expect(limited.gradients).toBeGreaterThan(0.045 * all.gradients);
    expect(race(wine, [0, 1, 2], { seeds: 3 }).gradients).toBeLessThan(0.3 * all.gradients);
  });
});
