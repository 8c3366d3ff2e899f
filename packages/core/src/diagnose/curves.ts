import { logSpaced } from '../linalg/log-spaced.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { Curve } from './diagnosis.ts';
import type { DiagnosisProblem } from './problem.ts';
import { testMseOf } from './scoring.ts';

/** Records of a forecast curve. */
const records = 97;
/** Curves begin at this fraction of a step, where the fastest mode has hardly moved. */
const firstStep = 0.01;

/** Times at which forecasts are recorded: 0, then evenly on a logarithmic axis up to the step budget. */
export function forecastTimes({ rate, options }: DiagnosisProblem): Float64Array {
  return Float64Array.from([0, ...logSpaced(firstStep * rate, options.steps * rate, records)]);
}

/** A trajectory as a curve over steps. */
export function curveOf(problem: DiagnosisProblem, trajectory: Trajectory): Curve {
  const { yTest, rate } = problem;
  const width = yTest.length;
  const step = trajectory.clock === 't' ? rate : 1;
  const errorAt = (k: number) => testMseOf(problem, trajectory.test.subarray(k * width, (k + 1) * width));
  return {
    steps: Array.from(trajectory.times, (t) => t / step),
    trainLoss: [...trajectory.trainLoss],
    testMse: width > 0 ? Array.from(trajectory.times, (_, k) => errorAt(k)) : [],
  };
}

/** Share of the fall of a loss after which it counts as done. */
const done = 0.99;

/**
 * Steps after which the training loss has made 99 % of its way from the start to the end of a curve, the logarithm of the loss
 * taken to run evenly between its records; null, with a reason, where it does not fall.
 */
export function stepsToFall({ steps, trainLoss }: Curve, reasons: Record<string, string>): number | null {
  const [start, end] = [trainLoss[0], trainLoss[trainLoss.length - 1]];
  if (!(end < start)) {
    reasons['forecast.steps'] = 'the training loss does not fall';
    return null;
  }
  const target = start - done * (start - end);
  const k = trainLoss.findIndex((loss) => loss <= target);
  const share = Math.log(trainLoss[k - 1] / target) / Math.log(trainLoss[k - 1] / trainLoss[k]);
  // A loss of 0 is reached at its record: before it there is no logarithm to run along.
  return steps[k - 1] + (Number.isFinite(share) && share > 0 ? share : 1) * (steps[k] - steps[k - 1]);
}

/** Outputs on the test rows where the training loss first falls to `target`, and when, or undefined. */
export function atLoss(trajectory: Trajectory, target: number): { t: number; test: Float64Array } | undefined {
  const { trainLoss, times, test } = trajectory;
  const width = test.length / times.length;
  const k = trainLoss.findIndex((loss) => loss <= target);
  if (k < 0) return undefined;
  if (k === 0) return { t: times[0], test: test.slice(0, width) };
  // Losses fall exponentially between records, so that their logarithm is what runs evenly.
  const share = Math.log(trainLoss[k - 1] / target) / Math.log(trainLoss[k - 1] / trainLoss[k]);
  const blend = (before: number, after: number) => before + share * (after - before);
  const before = test.subarray((k - 1) * width, k * width);
  return {
    t: blend(times[k - 1], times[k]),
    test: before.map((value, i) => blend(value, test[k * width + i])),
  };
}
