import type { Training } from '../train/training.ts';
import { curveOf, stepsToFall } from './curves.ts';
import type { Curve, Forecast } from './diagnosis.ts';
import { listedOutputs } from './listing.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss, scoreTest, scoreTrain } from './scoring.ts';

/** The end of a training in the form of a forecast: where training costs hardly more, it is the better one. */
export function measuredForecast(
  problem: DiagnosisProblem,
  { trajectory, evaluations }: Training,
  reasons: Record<string, string>,
): { readonly forecast: Forecast; readonly curve: Curve } {
  const { dataset, options, y, yTest } = problem;
  const last = trajectory.times.length - 1;
  const test = trajectory.test.slice(last * yTest.length);
  const curve = curveOf(problem, trajectory);
  // Gradients of minibatches count as the part of the rows that they take.
  const share = (options.batch ?? dataset.train.length) / dataset.train.length;
  return {
    forecast: {
      basis: 'measured',
      trainMse: mseOfLoss(problem, trajectory.trainLoss[last]),
      ...scoreTrain(problem, trajectory.train.subarray(last * y.length), 'forecast', reasons),
      ...scoreTest(problem, test, 'forecast', reasons),
      steps: stepsToFall(curve, reasons),
      jacobians: Math.ceil(share * evaluations),
      test: listedOutputs(problem, test),
    },
    curve,
  };
}
