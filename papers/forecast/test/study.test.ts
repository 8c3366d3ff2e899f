import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rankCorrelation } from '../../statistics.ts';
import { accuracies } from '../src/accuracies.ts';
import { forecast } from '../src/forecasts.ts';
import { problemOf, type sets } from '../src/problems.ts';
import { type Run, runsOf } from '../src/records.ts';
import { type TrainingName, trained, trainings } from '../src/trainings.ts';

const folder = join(import.meta.dirname, '..');
const problem = ({ set, circuit }: Run) => problemOf(folder, set as (typeof sets)[number]['name'], circuit);

// A slice of the records, computed again. Other rounding (threads, machines) grows along a chaotic path: R² to 0.01.
test.each(Object.keys(trainings) as TrainingName[])('%s: truth and forecast are what the records say', (name) => {
  for (const kept of [0, 100].map((k) => runsOf(join(folder, 'records', `truth-${name}.jsonl`))[k])) {
    const again = trained(problem(kept), name, kept.seed);
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

test('what training and forecast put in the right class is what the records say', () => {
  const settled = runsOf(join(folder, 'records', 'accuracy-adam.jsonl')).filter(
    ({ change }) => (change as number) < 0.02,
  );
  for (const kept of [settled[0], settled[settled.length - 1]]) {
    const again = accuracies(problem(kept), 'adam', kept.seed);
    // One of 25 points may be at the border.
    expect(Math.abs(again.right - (kept.right as number))).toBeLessThan(0.041);
    again.margins.forEach((margin, i) => {
      expect(Math.abs(margin - (kept.margins as number[])[i])).toBeLessThan(0.05);
    });
  }
});

test('rank correlation: monotone is 1, reversed −1, ties share their ranks', () => {
  expect(rankCorrelation([1, 2, 5], [10, 20, 21])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 2, 5], [3, 2, 1])).toBeCloseTo(-1, 12);
  // By hand: ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4.
  expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
});
