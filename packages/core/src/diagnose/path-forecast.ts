import { type ForecastInterval, type PathIntervals, pathIntervals } from '../forecast/interval.ts';
import { forecastPath, usualJacobians } from '../forecast/path.ts';
import { labelUnitsOf, mseInLabelUnits } from '../model/label-units.ts';
import { lossOf, residual } from '../model/loss.ts';
import type { LabelUnits } from '../model/preparation.ts';
import { type Work, withEvents } from '../progress.ts';
import type { Curve, Forecast } from './diagnosis.ts';
import { listedOutputs } from './listing.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss, scoreTest, testMseOf } from './scoring.ts';

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
  const intervals = pathIntervals(path, { y, yTest, outputs: model.outputs });
  return {
    forecast: {
      trainMse: mseOfLoss(problem, lossAt(end.train)),
      ...scores,
      ...(path.earlier && { interval: endsOf(intervals, labelUnitsOf(dataset)) }),
      jacobians: path.jacobians,
      test: listedOutputs(problem, end.test),
    },
    curve: {
      steps: path.records.map(({ step }) => step),
      trainLoss: path.records.map(({ train }) => lossAt(train)),
      testMse: yTest.length > 0 ? path.records.map(({ test }) => testMseOf(problem, test)) : [],
    },
  };
}

/** Ends of the intervals that there are, errors in the labels' own units. */
function endsOf({ trainMse, testMse, testR2 }: PathIntervals, units: LabelUnits): NonNullable<Forecast['interval']> {
  const inUnits = ({ low, high }: ForecastInterval) =>
    [mseInLabelUnits(low, units), mseInLabelUnits(high, units)] as const;
  return {
    ...(trainMse && { trainMse: inUnits(trainMse) }),
    ...(testMse && { testMse: inUnits(testMse) }),
    ...(testR2 && { testR2: [testR2.low, testR2.high] }),
  };
}
