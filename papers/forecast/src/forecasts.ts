import {
  accuracy,
  decisionMargins,
  forecastPath,
  mse,
  notKnown,
  runSync,
  takeRows,
  trainErrorNotKnown,
} from '@qntk/core';
import type { Problem } from './problems.ts';
import { planned, scoreOf, type TrainingName } from './trainings.ts';

/** Forecast of a training: its scores at the end, what it took, and what the intervals are made of. */
export function forecast(problem: Problem, name: TrainingName, index: number, jacobians?: number) {
  const { model, dataset, yTest, decision } = problem;
  const { outputs } = dataset;
  const path = runSync(forecastPath(model, dataset, { ...planned(problem, name, index), jacobians }));
  const { step, test, train } = path.records[path.records.length - 1];
  const y = takeRows(dataset.y, outputs, dataset.train);
  const deviation = deviationOf(yTest, outputs);
  return {
    r2: scoreOf(problem, test),
    trainMse: Number((mse(y, train).value as number).toPrecision(4)),
    trainChange: rounded(trainErrorNotKnown(path, y, outputs)),
    variance: rounded(deviationOf(y, outputs) ** 2),
    steps: step,
    change: rounded(notKnown(path, yTest, outputs)),
    jacobians: path.jacobians,
    ...(path.follows === 'steps' && path.beside && { few: true }),
    ...(path.follows === 'training' && { training: true }),
    ...(decision && {
      right: accuracy(yTest, test, decision).value as number,
      margins: Array.from(decisionMargins(yTest, test, decision), (margin) => rounded(margin / deviation)),
    }),
  };
}

const rounded = (value: number) => Number(value.toPrecision(3));

/** RMS deviation of labels from the mean of each output. */
const deviationOf = (y: Float64Array, outputs: number): number => {
  const means = Array.from({ length: outputs }, (_, output) => {
    const own = y.filter((_, i) => i % outputs === output);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return Math.sqrt(y.reduce((sum, value, i) => sum + (value - means[i % outputs]) ** 2, 0) / y.length);
};
