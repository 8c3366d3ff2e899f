import { type ForecastInterval, type PathIntervals, pathIntervals } from '../forecast/interval.ts';
import { forecastPath, usualJacobians } from '../forecast/path.ts';
import { logSpaced } from '../linalg/log-spaced.ts';
import { labelUnitsOf, mseInLabelUnits } from '../model/label-units.ts';
import { lossOf, residual } from '../model/loss.ts';
import type { LabelUnits } from '../model/preparation.ts';
import { decisionOf } from '../model/scores.ts';
import { type Work, withEvents } from '../progress.ts';
import { stepsToFall } from './curves.ts';
import type { Curve, Forecast } from './diagnosis.ts';
import { listedOutputs } from './listing.ts';
import { plannedTraining } from './planned.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss, scoreTest, scoreTrain, testMseOf } from './scoring.ts';

/** What the path of an initialisation says. */
export interface PathFound {
  readonly forecast: Forecast;
  /** Parameters where it ends. */
  readonly theta: Float64Array;
  /** The network's samples along it. */
  readonly curve: Curve;
  /** The loss at many steps, by the model of the network; undefined where it is not known. */
  readonly everyStep?: Curve;
}

/** Steps at which the loss is kept: enough for the line of a figure. */
const kept = 60;

/** Forecasts an initialisation on its optimiser's own path. */
export function* forecastingPath(
  problem: DiagnosisProblem,
  index: number,
  theta0: Float64Array,
  reasons: Record<string, string>,
): Work<PathFound> {
  const { model, dataset, options, y, yTest } = problem;
  const { loss, batch, jacobians } = options;
  const path = yield* withEvents(
    forecastPath(model, dataset, { ...plannedTraining(problem, index, theta0), jacobians }),
    (event) => ({ label: 'path', done: Math.min(1, event.jacobians / usualJacobians), total: 1 }),
  );
  const lossAt = (train: Float64Array) => lossOf(loss, residual(y, train), dataset.train.length);
  const end = path.records[path.records.length - 1];
  const scores = scoreTest(problem, end.test, 'forecast', reasons);
  const intervals = pathIntervals(path, {
    y,
    yTest,
    outputs: model.outputs,
    decision: decisionOf(dataset),
  });
  const everyStep = path.losses && curveOfLosses(path.losses);
  return {
    forecast: {
      basis: 'forecast',
      trainMse: mseOfLoss(problem, lossAt(end.train)),
      ...scoreTrain(problem, end.train, 'forecast', reasons),
      ...scores,
      steps: everyStep ? stepsToFall(everyStep, reasons) : noSteps(batch, reasons),
      interval: endsOf(intervals, labelUnitsOf(dataset)),
      jacobians: path.jacobians,
      ...(path.follows === 'training' && { stoppedAfter: end.step }),
      test: listedOutputs(problem, end.test),
    },
    theta: end.theta,
    curve: {
      steps: path.records.map(({ step }) => step),
      trainLoss: path.records.map(({ train }) => lossAt(train)),
      testMse: yTest.length > 0 ? path.records.map(({ test }) => testMseOf(problem, test)) : [],
    },
    ...(everyStep && { everyStep }),
  };
}

/** The model's losses from the start to the end, thinned. */
function curveOfLosses(losses: Float64Array): Curve {
  const steps = [...new Set([0, ...Array.from(logSpaced(1, losses.length - 1, kept), Math.round)])];
  return { steps, trainLoss: steps.map((step) => losses[step]), testMse: [] };
}

function noSteps(batch: number | undefined, reasons: Record<string, string>): null {
  reasons['forecast.steps'] =
    batch === undefined
      ? 'the optimiser finds its step lengths itself, and how they fall out is not forecast'
      : 'the loss of minibatches does not fall step by step';
  return null;
}

/** Ends of the intervals that there are, errors in the labels' own units. */
function endsOf(
  { trainMse, trainR2, testMse, testR2, testAccuracy }: PathIntervals,
  units: LabelUnits,
): NonNullable<Forecast['interval']> {
  const inUnits = ({ low, high }: ForecastInterval) =>
    [mseInLabelUnits(low, units), mseInLabelUnits(high, units)] as const;
  return {
    ...(trainMse && { trainMse: inUnits(trainMse) }),
    ...(trainR2 && { trainR2: [trainR2.low, trainR2.high] }),
    ...(testMse && { testMse: inUnits(testMse) }),
    ...(testR2 && { testR2: [testR2.low, testR2.high] }),
    ...(testAccuracy && { testAccuracy: [testAccuracy.low, testAccuracy.high] }),
  };
}
