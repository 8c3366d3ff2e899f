import { logSpaced } from '../linalg/log-spaced.ts';
import { inLabelUnits, labelUnitsOf } from '../model/label-units.ts';
import { column } from '../model/scores.ts';
import { followingFlow } from '../predict/flow.ts';
import type { FlowSystem } from '../predict/flow-system.ts';
import { flowLaw, limitLaw } from '../predict/law.ts';
import { type LinearModel, outputsAt, residualLoss, timeOfLoss } from '../predict/linear.ts';
import type { Work } from '../progress.ts';
import type { Training } from '../train/training.ts';
import { atLoss, curveOf } from './curves.ts';
import type { Verified } from './diagnosis.ts';
import { listedOutputs } from './listing.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss, noTestPoints, scoreTest, scoreTrain } from './scoring.ts';

/** Records of the adaptive run that is read at the trained network's loss; they are this close on a log axis. */
const records = 240;
/** That run goes on for so many step budgets: L-BFGS gets further than gradient descent in as many steps. */
const budgets = 1e6;

/** A training beside what was forecast of it: the frozen kernel or the flow is read where its training loss equals the trained network's. */
export function* verifying(
  problem: DiagnosisProblem,
  trained: Training,
  system: FlowSystem,
  linear: LinearModel,
  reasons: Record<string, string>,
): Work<Verified> {
  const { trajectory } = trained;
  const last = trajectory.times.length - 1;
  const test = trajectory.test.slice(last * problem.yTest.length);
  const train = trajectory.train.subarray(last * problem.y.length);
  const trainLoss = trajectory.trainLoss[last];
  const scores = scoreTest(problem, test, 'verified', reasons);
  const target = Math.max(trainLoss, visible * trajectory.trainLoss[0]);
  const equal = yield* readingAtLoss(problem, system, linear, target);
  if (trained.parameterChange === null) reasons['verified.parameterChange'] = 'all initial parameters are 0';
  return {
    optimizer: problem.options.optimizer,
    trainMse: mseOfLoss(problem, trainLoss),
    ...scoreTrain(problem, train, 'verified', reasons),
    ...scores,
    iterations: trained.iterations,
    parameterChange: trained.parameterChange,
    curve: curveOf(problem, trajectory),
    test: listedOutputs(problem, test),
    spans: spansOf(problem, train),
    atEqualLoss: equalLossOf(problem, equal, reasons),
  };
}

/** Least and largest value of each output, in the labels' own units. */
function spansOf({ dataset }: DiagnosisProblem, outputs: Float64Array): [number, number][] {
  const values = inLabelUnits(outputs, labelUnitsOf(dataset));
  return Array.from({ length: dataset.outputs }, (_, output) => {
    const own = column(values, dataset.outputs, output);
    const end = (choose: (a: number, b: number) => number) => own.reduce((a, b) => choose(a, b));
    return [end(Math.min), end(Math.max)];
  });
}

function equalLossOf(
  problem: DiagnosisProblem,
  equal: ReadForecast | undefined,
  reasons: Record<string, string>,
): Verified['atEqualLoss'] {
  const name = 'verified.atEqualLoss';
  if (!equal || problem.yTest.length === 0) {
    reasons[name] = equal ? noTestPoints : 'it never has the training loss the network reached';
    return { testMse: null, testR2: null, steps: null };
  }
  const finite = Number.isFinite(equal.t);
  if (!finite) reasons[`${name}.steps`] = 'the network is at the residual of the frozen kernel, t = ∞';
  const { testMse, testR2 } = scoreTest(problem, equal.test, name, reasons);
  return { testMse, testR2, steps: finite ? equal.t / problem.rate : null };
}

/** Below this share of the first loss no output changes visibly any more, and the forecast is read there. */
const visible = 1e-16;

/** A trained loss this close to the residual of the frozen kernel is at it: the forecast is read at t = ∞. */
const atResidual = 1e-6;

/** A forecast at one time: outputs on the test rows. */
interface ReadForecast {
  readonly t: number;
  readonly test: Float64Array;
}

/** The forecast that was asked for where its training loss is `target`; t = ∞ at the residual of the frozen kernel. */
function* readingAtLoss(
  { options, rate }: DiagnosisProblem,
  system: FlowSystem,
  linear: LinearModel,
  target: number,
): Work<ReadForecast | undefined> {
  if (options.tolerance === undefined) {
    const least = residualLoss(linear);
    if (target <= least * (1 + atResidual) && target >= least * (1 - atResidual))
      return { t: Number.POSITIVE_INFINITY, test: outputsAt(linear, limitLaw).test };
    const { t } = timeOfLoss(linear, target);
    return t === null ? undefined : { t, test: outputsAt(linear, flowLaw(t, linear.weight)).test };
  }
  const end = rate * options.steps * budgets;
  const times = Float64Array.from([0, ...logSpaced(end * 1e-12, end, records)]);
  const { trajectory } = yield* followingFlow(system, { times, tolerance: options.tolerance, stopLoss: target });
  return atLoss(trajectory, target * (1 + atResidual));
}
