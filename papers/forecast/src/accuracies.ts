import { join } from 'node:path';
import { accuracyAround, forecastPath, runSync, train } from '@qntk/core';
import { digits, mean, table } from '../../table.ts';
import { changeOf } from './forecasts.ts';
import { type Problem, sets } from './problems.ts';
import { type Run, runsOf } from './records.ts';
import { planned, type TrainingName, trainings } from './trainings.ts';

/** The data sets of two classes, −1 and 1. */
export const ofClasses = ['wine', 'circles', 'cancer', 'digits'] as const;

/**
 * Share of the test points that a training puts in the right class, and what its forecast says of it: of each point how far the output
 * is on the right side, over the deviation of the labels, and the change by the last quarter of the Jacobians.
 */
export function accuracies({ model, dataset, yTest }: Problem, name: TrainingName, index: number) {
  const path = runSync(forecastPath(model, dataset, planned({ model, dataset, yTest }, name, index)));
  const { trajectory } = train(model, dataset, planned({ model, dataset, yTest }, name, index));
  const mean = yTest.reduce((sum, y) => sum + y, 0) / yTest.length;
  const deviation = Math.sqrt(yTest.reduce((sum, y) => sum + (y - mean) ** 2, 0) / yTest.length);
  const trained = trajectory.test.slice(-yTest.length);
  const rounded = (value: number) => Number(value.toPrecision(3));
  return {
    // Halfway counts as the higher class.
    right: yTest.filter((y, i) => trained[i] >= 0 === y > 0).length / yTest.length,
    margins: Array.from(path.records[path.records.length - 1].test, (f, i) => rounded((yTest[i] * f) / deviation)),
    change: path.earlier && rounded(changeOf(path, yTest)),
  };
}

/** How often the interval of the share of right classes holds what training comes to, and its mean half-width. */
export function accuracyTable(records: string, half: string): string {
  const names = sets.filter((set) => set.half === half).map((set) => set.name as string);
  const rows = (Object.keys(trainings) as TrainingName[]).flatMap((name) => {
    const file = join(records, `accuracy-${name}.jsonl`);
    const found = runsOf(file).filter(({ set }) => names.includes(set));
    if (found.length === 0) return [];
    const intervals = found.map((run) => ({ right: run.right as number, ...intervalOf(run, name) }));
    // Shares of points, to rounding.
    const held = intervals.filter(({ right, low, high }) => right > low - 1e-9 && right < high + 1e-9).length;
    const halves = intervals.map(({ low, high }) => (high - low) / 2);
    return [[name, found.length, `${digits((100 * held) / found.length, 3)} %`, digits(mean(halves), 2)]];
  });
  return table(['training', 'trainings', 'interval holds', 'half-width'], rows);
}

function intervalOf({ margins, change }: Run, name: TrainingName) {
  const of = Float64Array.from(margins as number[]);
  const value = of.filter((margin) => margin >= 0).length / of.length;
  return accuracyAround(value, of, change as number, trainings[name].optimizer === 'lbfgs' ? 'samples' : 'steps');
}
