import { diagnoseStages } from '../cost/commands.ts';
import { secondsFor } from '../cost/cost.ts';
import { sizesOf } from '../cost/pieces.ts';
import { effectiveDimension, kernelAlignment } from '../kernel/alignment.ts';
import { type Jacobian, rowsOf } from '../kernel/jacobian.ts';
import { initialTheta } from '../model/initial.ts';
import { type Flow, followingFlow } from '../predict/flow.ts';
import { type FlowSystem, flowSystem, startingWith } from '../predict/flow-system.ts';
import { flowLaw, type Law, limitLaw, rateLimit } from '../predict/law.ts';
import {
  type LinearModel,
  learnedModes,
  linearFromJacobian,
  linearTrajectory,
  lossAt,
  outputsAt,
  residualLoss,
  timeOfLoss,
} from '../predict/linear.ts';
import { reducedLoss } from '../predict/linearisation.ts';
import { runSync, stageOf, type Work } from '../progress.ts';
import { flow } from '../train/flow.ts';
import { curveOf, forecastTimes, stepsToFall } from './curves.ts';
import type { Forecast, Scores, SeedDiagnosis } from './diagnosis.ts';
import { foretelling } from './foretelling.ts';
import { listedOutputs } from './listing.ts';
import { planeAt } from './plane.ts';
import { trainingAsPlanned } from './planned.ts';
import type { DiagnosisProblem } from './problem.ts';
import { mseOfLoss, scoreTest, scoreTrain } from './scoring.ts';
import { verifying } from './verify.ts';

/** Tolerance at which the flow is followed where it is the optimiser: ranks and values of the papers' models are right at it. */
const flowTolerance = 0.1;

/** Diagnoses the initialisation of a number, from 0; a pure function, so that any thread may do any of them. */
export function diagnoseSeed(problem: DiagnosisProblem, index: number): SeedDiagnosis {
  return runSync(diagnosingSeed(problem, index));
}

/** The same as work whose events say which share of it is done, as far as costs can tell before. */
export function* diagnosingSeed(problem: DiagnosisProblem, index: number): Work<SeedDiagnosis> {
  const { model, dataset, options, rate } = problem;
  const theta0 = initialTheta(model, options.seed, index, options.initial);
  const all = flowSystem(model, dataset, options.loss, theta0);
  const first = all.jacobian(theta0);
  const system = startingWith(first, all);
  const linear = frozenKernel(problem, system, first);
  const reasons: Record<string, string> = {};
  const { spectrum } = linear;
  if (spectrum.kappaReason) reasons.kappa = spectrum.kappaReason;
  if (effectiveDimension(spectrum) === null) reasons.effectiveDimension = 'the kernel is 0';
  if (kernelAlignment(spectrum, problem.y) === null) reasons.alignment = 'the kernel or all labels are 0';
  const frozenRun = linearTrajectory(linear, forecastTimes(problem));
  const ends = stageEnds(problem);
  yield { label: 'diagnosis', done: ends.frozen, total: 1 };
  const tolerance = options.tolerance ?? (options.optimizer === flow.name ? flowTolerance : undefined);
  const forecasting = <Found>(work: Work<Found>) => stageOf(work, ends.frozen, ends.forecast);
  const adaptive =
    tolerance === undefined
      ? undefined
      : yield* forecasting(followingFlow(system, { times: forecastTimes(problem), tolerance }));
  const found = adaptive ? undefined : yield* forecasting(foretelling(problem, index, theta0, reasons));
  const limit = rateLimit(spectrum.values[0] ?? 0, linear.weight);
  if (!Number.isFinite(limit)) reasons.rateLimit = 'the Jacobian is 0: any rate leaves the parameters where they are';
  const trained =
    found?.training ??
    (options.verify
      ? yield* stageOf(trainingAsPlanned(problem, index, theta0), ends.forecast, ends.training)
      : undefined);
  const verified =
    options.verify && trained
      ? yield* stageOf(verifying(problem, trained, system, linear, reasons), ends.training, 1)
      : undefined;
  const plane = index === 0 ? planeAt(problem, adaptive?.theta ?? found!.theta) : undefined;
  return {
    seed: index,
    f0: listedOutputs(problem, linear.f0),
    spectrum: [...spectrum.values],
    kappa: spectrum.kappa,
    alignment: kernelAlignment(spectrum, problem.y),
    effectiveDimension: effectiveDimension(spectrum),
    rank: spectrum.rank,
    cutoff: spectrum.cutoff,
    rateLimit: Number.isFinite(limit) ? limit : null,
    frozen: {
      residualMse: mseOfLoss(problem, residualLoss(linear)),
      learnedModes: learnedModes(linear, rate * options.steps),
      steps: frozenSteps(problem, linear, reasons),
      forecast: frozenScores(problem, linear, flowLaw(rate * options.steps, linear.weight), 'frozen.forecast', reasons),
      infinity: frozenScores(problem, linear, limitLaw, 'frozen.infinity', reasons),
    },
    forecast: adaptive ? flowForecast(problem, adaptive, reasons) : found!.forecast,
    curves: {
      frozen: curveOf(problem, frozenRun),
      ...(adaptive && { adaptive: curveOf(problem, adaptive.trajectory) }),
      ...found?.curves,
    },
    ...(verified && { verified }),
    ...(plane && { plane }),
    reasons,
  };
}

/** Which share of a verification is training. */
const trainingShare = 0.9;

/** Which share of the whole is done at the end of each stage. */
function stageEnds({ model, dataset, options, basis }: DiagnosisProblem) {
  const { train, test } = dataset;
  const costs = diagnoseStages(sizesOf(model), { ...options, basis, train: train.length, test: test.length });
  const [frozen, forecast, verify] = [costs.frozen, costs.forecast, costs.verify].map(secondsFor);
  const whole = frozen + forecast + verify;
  const end = (frozen + forecast) / whole;
  return { frozen: frozen / whole, forecast: end, training: end + trainingShare * (1 - end) };
}

/** The frozen-kernel model from the Jacobian of all rows. */
function frozenKernel(
  { y, options, dataset }: DiagnosisProblem,
  { trainRows }: FlowSystem,
  first: Jacobian,
): LinearModel {
  return linearFromJacobian(rowsOf(first, 0, trainRows), rowsOf(first, trainRows, first.rows), {
    y,
    loss: options.loss,
    points: dataset.train.length,
  });
}

function frozenScores(
  problem: DiagnosisProblem,
  linear: LinearModel,
  law: Law,
  name: string,
  reasons: Record<string, string>,
): Scores {
  return {
    trainMse: mseOfLoss(problem, lossAt(linear, law)),
    ...scoreTest(problem, outputsAt(linear, law).test, name, reasons),
  };
}

function flowForecast(
  problem: DiagnosisProblem,
  { trajectory, jacobians }: Flow,
  reasons: Record<string, string>,
): Forecast {
  const last = trajectory.times.length - 1;
  const test = trajectory.test.slice(last * problem.yTest.length);
  return {
    basis: 'forecast',
    trainMse: mseOfLoss(problem, trajectory.trainLoss[last]),
    ...scoreTrain(problem, trajectory.train.subarray(last * problem.y.length), 'forecast', reasons),
    ...scoreTest(problem, test, 'forecast', reasons),
    steps: stepsToFall(curveOf(problem, trajectory), reasons),
    jacobians,
    test: listedOutputs(problem, test),
  };
}

/** A heavy ball loses no more than 1 − β of its loss in a step (Polyak 1964): steps to a hundredth at the least. */
function heavyBallSteps({ options }: DiagnosisProblem): number {
  return options.momentum ? Math.log(100) / -Math.log(options.momentum) : 0;
}

function frozenSteps(problem: DiagnosisProblem, linear: LinearModel, reasons: Record<string, string>): number | null {
  const found = timeOfLoss(linear, reducedLoss(linear));
  const time = found.t === 0 ? { t: null, reason: 'there is nothing that it could learn' } : found;
  if (time.t !== null) return Math.max(time.t / problem.rate, heavyBallSteps(problem));
  reasons['frozen.steps'] = time.reason;
  return null;
}
