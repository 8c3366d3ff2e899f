import { type ForecastPath, forecastPath, mse, runSync, takeRows } from '@qntk/core';
import type { Problem } from './problems.ts';
import { planned, scoreOf, type TrainingName } from './trainings.ts';

/** Forecast of a training: test R² and training error at its end, what it took, and what the intervals are made of. */
export function forecast(problem: Problem, name: TrainingName, index: number, jacobians?: number) {
  const { model, dataset, yTest } = problem;
  const path = runSync(forecastPath(model, dataset, { ...planned(problem, name, index), jacobians }));
  const last = path.records[path.records.length - 1];
  const y = takeRows(dataset.y, 1, dataset.train);
  const error = (f: Float64Array) => Number((mse(y, f).value as number).toPrecision(4));
  return {
    r2: scoreOf(problem, last.test),
    trainMse: error(last.train),
    earlierMse: path.earlier && error(path.earlier.train),
    steps: last.step,
    change: Number(changeOf(path, yTest).toPrecision(3)),
    jacobians: path.jacobians,
  };
}

/** RMS change of the test outputs by the last quarter of the Jacobians, over the deviation of the labels. */
export function changeOf({ records, earlier }: ForecastPath, yTest: Float64Array): number {
  if (!earlier) return 0;
  const last = records[records.length - 1].test;
  const mean = yTest.reduce((sum, y) => sum + y, 0) / yTest.length;
  const spread = yTest.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  return Math.sqrt(last.reduce((sum, f, i) => sum + (f - earlier.test[i]) ** 2, 0) / spread);
}
