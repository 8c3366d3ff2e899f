import { type ForecastPath, forecastPath } from '../forecast/path.ts';
import { lossOf, residual } from '../model/loss.ts';
import { mse } from '../model/scores.ts';
import { type Work, withEvents } from '../progress.ts';
import type { Curve, Forecast } from './diagnosis.ts';
import { listedOf } from './listing.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss, scoreTest } from './scoring.ts';

/** A path takes about so many, where nobody asks for another number. */
const usualJacobians = 12;

/** Forecasts an initialisation on its optimiser's own path, and the curve of the network's samples along it. */
export function* forecastingPath(
  problem: DiagnosisProblem,
  index: number,
  theta0: Float64Array,
  reasons: Record<string, string>,
): Work<{ readonly forecast: Omit<Forecast, 'steps'>; readonly curve: Curve }> {
  const { model, dataset, options, y, yTest } = problem;
  const { optimizer, loss, steps, rate, batch, momentum, jacobians, seed } = options;
  const path = yield* withEvents(
    forecastPath(model, dataset, {
      optimizer,
      loss,
      steps,
      theta0,
      jacobians,
      rate,
      momentum,
      ...(batch !== undefined && { batch: { size: batch, seed, index } }),
    }),
    (event) => ({ label: 'path', done: Math.min(1, event.jacobians / usualJacobians), total: 1 }),
  );
  const lossAt = (train: Float64Array) => lossOf(loss, residual(y, train), dataset.train.length);
  const end = path.records[path.records.length - 1];
  const scores = scoreTest(problem, end.test, 'forecast', reasons);
  const interval = intervalOf(scores.testR2, path, yTest);
  return {
    forecast: {
      trainMse: mseOfLoss(problem, lossAt(end.train)),
      ...scores,
      ...(interval && { interval: { testR2: interval } }),
      jacobians: path.jacobians,
      test: listedOf(end.test, model.outputs),
    },
    curve: {
      steps: path.records.map(({ step }) => step),
      trainLoss: path.records.map(({ train }) => lossAt(train)),
      testMse: yTest.length > 0 ? path.records.map(({ test }) => mse(yTest, test).value ?? 0) : [],
    },
  };
}

/** Half the width of an interval where the path's end says nothing more, and its factor beyond (docs/forecast.md). */
const least = 0.05;
const factor = 0.6;

/**
 * Interval of a test R², by what the last quarter of the Jacobians changed: with d the root mean square change of the outputs
 * over the labels' deviation, u = 2√(1 − R²)·d + d² is how far R² can move when outputs move by d once more.
 */
function intervalOf(
  r2: number | null,
  { earlier, records }: ForecastPath,
  yTest: Float64Array,
): readonly [number, number] | undefined {
  if (r2 === null || earlier === null) return undefined;
  const end = records[records.length - 1].test;
  const average = yTest.reduce((sum, value) => sum + value, 0) / yTest.length;
  const variance = yTest.reduce((sum, value) => sum + (value - average) ** 2, 0) / yTest.length;
  const d = Math.sqrt((mse(earlier, end).value ?? 0) / variance);
  const half = least + factor * (2 * Math.sqrt(Math.max(1 - r2, 0)) * d + d * d);
  return [r2 - half, Math.min(r2 + half, 1)];
}
