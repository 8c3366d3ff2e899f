import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rankCorrelation } from '../../statistics.ts';
import { gradientsFor } from '../src/analysis.ts';
import { coverage } from '../src/coverage.ts';
import { forecast } from '../src/forecasts.ts';
import { problemOf } from '../src/problems.ts';
import { type Run, runsOf } from '../src/records.ts';
import { moved, planned, type TrainingName, trained, trainings } from '../src/trainings.ts';

const folder = join(import.meta.dirname, '..');
const problem = ({ set, circuit }: Run) => problemOf(folder, set, circuit);

// A slice of the records, computed again. Other rounding (threads, machines) grows along a chaotic path: R² to 0.01.
test.each(Object.keys(trainings) as TrainingName[])('%s: truth and forecast are what the records say', (name) => {
  for (const kept of [0, 100].map((k) => runsOf(join(folder, 'records', `truth-${name}.jsonl`))[k])) {
    const again = trained(problem(kept), name, planned(problem(kept), name, kept.seed));
    again.ends.forEach((end, k) => {
      expect(Math.abs(end - (kept.ends as number[])[k])).toBeLessThan(0.01);
    });
  }
  // Rounding of 10⁻¹⁶ at the start is 10⁻³ of the loss after twelve cycles of L-BFGS where these still change much.
  const settled = runsOf(join(folder, 'records', `forecast-${name}-default.jsonl`)).filter(
    ({ change }) => (change as number) < 0.02,
  );
  const kept = settled[5];
  const again = forecast(problem(kept), name, kept.seed);
  expect(Math.abs(again.r2 - (kept.r2 as number))).toBeLessThan(0.01);
  expect(again.jacobians).toBe(kept.jacobians);
});

test('a training from a moved start is what the records say', () => {
  const kept = runsOf(join(folder, 'records', 'moved-lbfgs.jsonl'))[1];
  const again = moved(problem(kept), 'lbfgs', kept.seed);
  expect(Math.abs(again.ends[0] - (kept.ends as number[])[0])).toBeLessThan(0.001);
  expect(again.ends).not.toEqual(trained(problem(kept), 'lbfgs', planned(problem(kept), 'lbfgs', kept.seed)).ends);
});

test('gradients that stopping early needs for a rank correlation: between two stops, by hand', () => {
  expect(gradientsFor(0.8, [10, 20, 40], [0.5, 0.7, 0.9])).toBeCloseTo(30, 12);
  expect(gradientsFor(0.4, [10, 20, 40], [0.5, 0.7, 0.9])).toBe(10);
  expect(gradientsFor(0.95, [10, 20, 40], [0.5, 0.7, 0.9])).toBe(40);
});

test('a share of right classes that a training did not keep is not one missed', () => {
  const run = { set: 'cancer', circuit: 0, seed: 0 };
  const forecast = { ...run, right: 0.5, margins: [1, -1], change: 0 };
  const truth = { ...run, right: 0.5 };
  expect(coverage('right class', [{ forecast, truth: run }], 'lbfgs')).toBe('–');
  expect(
    coverage(
      'right class',
      [
        { forecast, truth },
        { forecast, truth: run },
      ],
      'lbfgs',
    ),
  ).toMatch(/^100 %/);
});

test('several outputs: labels of each class, read as classes', () => {
  const { dataset, decision, model } = problemOf(folder, 'penguins', 0);
  expect([dataset.features.length, dataset.outputs, model.outputs]).toEqual([4, 3, 3]);
  expect(decision).toEqual({ kind: 'largest', outputs: 3 });
  expect([dataset.train.length, dataset.test.length]).toEqual([30, 30]);
});

test('rank correlation: monotone is 1, reversed −1, ties share their ranks', () => {
  expect(rankCorrelation([1, 2, 5], [10, 20, 21])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 2, 5], [3, 2, 1])).toBeCloseTo(-1, 12);
  // By hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4.
  expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
});
