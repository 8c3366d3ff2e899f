import type { Jacobian } from '../kernel/jacobian.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { followFlow } from '../predict/flow.ts';
import { type FlowSystem, flowSystem, startingWith } from '../predict/flow-system.ts';
import { flowLaw, limitLaw, rateLimit } from '../predict/law.ts';
import {
  type LinearModel,
  learnedModes,
  linearFromJacobian,
  linearTrajectory,
  outputsAt,
  residualLoss,
  timeOfLoss,
} from '../predict/linear.ts';
import { checkEndPoint, lossDeviation, reducedLoss } from '../predict/linearisation.ts';
import { curveOf, earlyStop, forecastTimes } from './curves.ts';
import type { Forecast, SeedDiagnosis, Trust } from './diagnosis.ts';
import { listedOf } from './listing.ts';
import type { Problem } from './problem.ts';
import { scoreUnseen } from './scoring.ts';
import { verify } from './verify.ts';

/** Tolerance at which the flow is followed to see how far the frozen kernel is off. */
const trustTolerance = 0.1;

/** Diagnoses one initialisation: `first` is the Jacobian at θ₀ on training and unseen rows. */
export function diagnoseSeed(problem: Problem, seed: number, theta0: Float64Array, first: Jacobian): SeedDiagnosis {
  const { model, dataset, options, rate } = problem;
  const reasons: Record<string, string> = {};
  const system = startingWith(first, flowSystem(model, dataset, options.loss, theta0));
  const linear = frozen(problem, system, first);
  const { spectrum } = linear;
  if (spectrum.kappaReason) reasons.kappa = spectrum.kappaReason;
  const frozenRun = linearTrajectory(linear, forecastTimes(problem));
  const adaptive =
    options.tolerance === undefined
      ? undefined
      : followFlow(system, { times: forecastTimes(problem), tolerance: options.tolerance });
  const run = adaptive?.trajectory ?? frozenRun;
  const limit = rateLimit(spectrum.values[0] ?? 0, linear.weight);
  if (dataset.test.length === 0) reasons.earlyStop = 'there are no unseen points';
  if (!Number.isFinite(limit)) reasons.rateLimit = 'the Jacobian is 0: any rate leaves the parameters where they are';
  return {
    seed,
    f0: listedOf(linear.f0, model.outputs),
    spectrum: [...spectrum.values],
    kappa: spectrum.kappa,
    rank: spectrum.rank,
    cutoff: spectrum.cutoff,
    floor: { mse: meanSquare(linear.nullResidual) },
    learnedModes: learnedModes(linear, rate * options.steps),
    rateLimit: Number.isFinite(limit) ? limit : null,
    forecast: forecastOf(problem, linear, run, adaptive?.jacobians ?? 1, reasons),
    earlyStop: earlyStop(curveOf(problem, run)),
    trust: trustOf(problem, theta0, first, linear, reasons),
    curves: { frozen: curveOf(problem, frozenRun), adaptive: adaptive ? curveOf(problem, adaptive.trajectory) : null },
    ...(options.verify && { verified: verify(problem, theta0, system, linear, reasons) }),
    reasons,
  };
}

/** The frozen-kernel model from the Jacobian of all rows. */
function frozen({ y, options, dataset }: Problem, { trainRows }: FlowSystem, first: Jacobian): LinearModel {
  return linearFromJacobian(rowsOf(first, 0, trainRows), rowsOf(first, trainRows, first.rows), {
    y,
    loss: options.loss,
    points: dataset.train.length,
  });
}

/** A view of some rows of a Jacobian. */
function rowsOf({ columns, f, J }: Jacobian, from: number, to: number): Jacobian {
  return { rows: to - from, columns, f: f.subarray(from, to), J: J.subarray(from * columns, to * columns) };
}

function forecastOf(
  problem: Problem,
  linear: LinearModel,
  run: Trajectory,
  jacobians: number,
  reasons: Record<string, string>,
): Forecast {
  const last = run.times.length - 1;
  const width = problem.yTest.length;
  const test = run.test.slice(last * width);
  const limit = scoreUnseen(problem, outputsAt(linear, limitLaw).test, 'forecast.limit', reasons);
  const found = timeOfLoss(linear, reducedLoss(linear));
  const time = found.t === 0 ? { t: null, reason: 'there is nothing that it could learn' } : found;
  if (time.t === null) reasons['forecast.steps'] = time.reason;
  return {
    trainLoss: run.trainLoss[last],
    ...scoreUnseen(problem, test, 'forecast', reasons),
    steps: time.t === null ? null : time.t / problem.rate,
    jacobians,
    limit: { trainLoss: residualLoss(linear), testMse: limit.testMse, testR2: limit.testR2 },
    test: listedOf(test, problem.model.outputs),
  };
}

function trustOf(
  problem: Problem,
  theta0: Float64Array,
  first: Jacobian,
  linear: LinearModel,
  reasons: Record<string, string>,
): Trust {
  const { model, dataset, options } = problem;
  // Unseen points say nothing here: without them its Jacobians cost less.
  const training = flowSystem(model, { ...dataset, test: new Int32Array(0) }, options.loss, theta0);
  const system = startingWith(rowsOf(first, 0, training.trainRows), training);
  const law = flowLaw(problem.rate * problem.options.steps, linear.weight);
  const check = checkEndPoint(system, first, linear, law);
  const deviation = lossDeviation(system, linear, trustTolerance);
  if (deviation.reason) {
    reasons['trust.lossDeviation'] = deviation.reason;
    reasons['trust.followedSteps'] = deviation.reason;
  }
  if (check.parameterChange === null) reasons['trust.parameterChange'] = 'all initial parameters are 0';
  if (check.kernelChange === null) reasons['trust.kernelChange'] = 'the kernel is 0, or too large to be compared';
  if (check.residualLeft === null) reasons['trust.residualLeft'] = 'there is nothing to learn';
  return {
    lossDeviation: deviation.value,
    followedSteps: deviation.value === null ? null : deviation.followed / problem.rate,
    followedToEnd: deviation.complete,
    ...check,
    // One at the end point; that at θ₀ was there before.
    jacobians: 1 + Math.max(0, deviation.jacobians - 1),
  };
}

function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
