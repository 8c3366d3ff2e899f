import { forecastPath, runSync, train } from '@qntk/core';
import { changeOf } from './forecasts.ts';
import type { Problem } from './problems.ts';
import { planned, type TrainingName } from './trainings.ts';

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
