import { type ForecastPath, forecastPath, runSync } from '@qntk/core';
import type { Problem } from './problems.ts';
import { planned, scoreOf, type TrainingName } from './trainings.ts';

/** Forecast of a training: test R² at its end, what it took, and what the interval is made of. */
export function forecast(problem: Problem, name: TrainingName, index: number, jacobians?: number) {
  const { model, dataset, yTest } = problem;
  const path = runSync(forecastPath(model, dataset, { ...planned(problem, name, index), jacobians }));
  return {
    r2: scoreOf(problem, path.records[path.records.length - 1].test),
    change: Number(changeOf(path, yTest).toPrecision(3)),
    jacobians: path.jacobians,
  };
}

/** RMS change of the test outputs by the last quarter of the Jacobians, over the deviation of the labels. */
function changeOf({ records, earlier }: ForecastPath, yTest: Float64Array): number {
  if (!earlier) return 0;
  const last = records[records.length - 1].test;
  const mean = yTest.reduce((sum, y) => sum + y, 0) / yTest.length;
  const spread = yTest.reduce((sum, y) => sum + (y - mean) ** 2, 0);
  return Math.sqrt(last.reduce((sum, f, i) => sum + (f - earlier[i]) ** 2, 0) / spread);
}
