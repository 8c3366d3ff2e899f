import { logSpaced } from '../linalg/log-spaced.ts';
import { followFlow } from '../predict/flow.ts';
import type { FlowSystem } from '../predict/flow-system.ts';
import { flowLaw, limitLaw } from '../predict/law.ts';
import { type LinearModel, outputsAt, residualLoss, timeOfLoss } from '../predict/linear.ts';
import { optimizerNamed } from '../train/index.ts';
import { train } from '../train/train.ts';
import { atLoss, curveOf } from './curves.ts';
import type { Verified } from './diagnosis.ts';
import { listedOf } from './listing.ts';
import type { Problem } from './problem.ts';
import { scoreUnseen } from './scoring.ts';

/** Records of the adaptive run that is read at the trained network's loss; they are this close on a log axis. */
const records = 240;
/** That run goes on for so many step budgets: L-BFGS gets further than gradient descent in as many steps. */
const budgets = 1e6;

/** Trains from θ₀ and reads the forecast where its training loss equals the trained network's. */
export function verify(
  problem: Problem,
  theta0: Float64Array,
  system: FlowSystem,
  linear: LinearModel,
  reasons: Record<string, string>,
): Verified {
  const { model, dataset, options, rate } = problem;
  const { loss, optimizer, steps } = options;
  // An optimiser on the clock of the flow takes the rate that gives the forecast its time.
  const rates = { 'flow-time': rate, 'step-length': options.rate, none: undefined };
  const given = rates[optimizerNamed(optimizer)?.rate ?? 'none'];
  const trained = train(model, dataset, {
    optimizer,
    loss,
    steps,
    theta0,
    ...(given !== undefined && { rate: given }),
  });
  const { trajectory } = trained;
  const last = trajectory.times.length - 1;
  const test = trajectory.test.slice(last * problem.yTest.length);
  const trainLoss = trajectory.trainLoss[last];
  const scores = scoreUnseen(problem, test, 'verified', reasons);
  const first = trajectory.trainLoss[0];
  const equal = forecastAtLoss(problem, system, linear, Math.max(trainLoss, visible * first));
  if (!equal) reasons['verified.atEqualLoss'] = 'the forecast never has the training loss the network reached';
  else if (dataset.test.length === 0) reasons['verified.atEqualLoss'] = 'there are no unseen points';
  if (trained.parameterChange === null) reasons['verified.parameterChange'] = 'all initial parameters are 0';
  if (equal && !Number.isFinite(equal.t)) reasons['verified.atEqualLoss.steps'] = 'the network is at the floor, t = ∞';
  const equalScores = equal && scoreUnseen(problem, equal.test, 'verified.atEqualLoss', reasons);
  return {
    optimizer,
    trainLoss,
    ...scores,
    iterations: trained.iterations,
    parameterChange: trained.parameterChange,
    curve: curveOf(problem, trajectory),
    test: listedOf(test, model.outputs),
    atEqualLoss:
      equal && equalScores && equalScores.testMse !== null
        ? {
            testMse: equalScores.testMse,
            testR2: equalScores.testR2,
            steps: Number.isFinite(equal.t) ? equal.t / rate : null,
          }
        : null,
  };
}

/** Below this share of the first loss no output changes visibly any more, and the forecast is read there. */
const visible = 1e-16;

/** A trained loss this close to the floor is at the floor: the forecast is read at t = ∞. */
const atFloor = 1e-6;

/** The forecast that was asked for, frozen or adaptive, where its training loss is `target`; t = ∞ at the floor. */
function forecastAtLoss(
  { options, rate }: Problem,
  system: FlowSystem,
  linear: LinearModel,
  target: number,
): { t: number; test: Float64Array } | undefined {
  if (options.tolerance === undefined) {
    const floor = residualLoss(linear);
    if (target <= floor * (1 + atFloor) && target >= floor * (1 - atFloor))
      return { t: Number.POSITIVE_INFINITY, test: outputsAt(linear, limitLaw).test };
    const { t } = timeOfLoss(linear, target);
    return t === null ? undefined : { t, test: outputsAt(linear, flowLaw(t, linear.weight)).test };
  }
  const end = rate * options.steps * budgets;
  const times = Float64Array.from([0, ...logSpaced(end * 1e-12, end, records)]);
  const { trajectory } = followFlow(system, { times, tolerance: options.tolerance, stopLoss: target });
  return atLoss(trajectory, target * (1 + atFloor));
}
