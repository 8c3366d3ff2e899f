import { InputError } from '../errors.ts';
import { norm } from '../linalg/matrix.ts';
import type { Dataset } from '../model/dataset.ts';
import { lossWeight } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Evaluation, Minimizer } from '../optimize/objective.ts';
import type { Work } from '../progress.ts';
import { shown } from '../wording.ts';
import { batches } from './batches.ts';
import { descend, type FirstOrderRule } from './descend.ts';
import { largestEigenvalue, lossObjective } from './loss-objective.ts';
import { outputsOf, type Points, preparedOnce, preparePoints } from './points.ts';
import { Recorder, recordSchedule } from './recorder.ts';
import type { Optimizer, Training, TrainingOptions, TrainingProgress } from './training.ts';

/** Everything a default rate may depend on. */
interface Problem {
  readonly model: Model;
  readonly points: Points;
  readonly options: TrainingOptions;
}

/** What makes a step or a minimiser of any objective an optimiser of the training loss. */
type Entry = Pick<Optimizer, 'name' | 'label' | 'summary' | 'takes'> &
  (
    | {
        readonly rate: 'flow-time' | 'step-length';
        readonly defaultRate: (problem: Problem) => number;
        readonly rule: (settings: { readonly rate: number; readonly momentum?: number | undefined }) => FirstOrderRule;
      }
    | {
        readonly rate: 'none';
        readonly defaultRate?: never;
        readonly minimizer: (theta0: Float64Array, options: { readonly steps: number }) => Minimizer;
      }
  );

/** Makes a table entry from a step or a minimiser. */
export function minimizing(entry: Entry): Optimizer {
  const { name, label, summary, rate, takes } = entry;
  return {
    name,
    label,
    summary,
    rate,
    takes,
    ...(entry.rate !== 'none' && {
      rule(model: Model, dataset: Dataset, options: TrainingOptions) {
        const points = preparePoints(model, dataset, dataset.train);
        const given = rateOf(entry, { model, points, options }) as number;
        return entry.rule({ rate: given, momentum: options.momentum });
      },
    }),
    training: (...problem) => trainingBy(entry, ...problem),
  };
}

function* trainingBy(
  entry: Entry,
  model: Model,
  dataset: Dataset,
  options: TrainingOptions,
): Work<Training, TrainingProgress> {
  const points = preparePoints(model, dataset, dataset.train);
  const problem = { model, points, options };
  const rate = rateOf(entry, problem);
  const objective = objectiveOf(problem, dataset);
  const recorder = new Recorder(options.record ?? recordSchedule(options.steps));
  const minimizer = minimizerOf(entry, options, rate);
  let last: Evaluation | undefined;
  let step = minimizer.next();
  while (!step.done) {
    const event = step.value;
    if (event.kind === 'evaluate') {
      step = minimizer.next(objective.at(event.theta, event.iteration));
      continue;
    }
    const { iteration, theta, at } = event;
    last = at;
    if (recorder.wants(iteration)) recorder.observe(iteration, theta, objective.whole(theta, at));
    yield { label: 'training', done: iteration, total: options.steps, loss: at.loss };
    step = minimizer.next(at);
  }
  const { theta, iterations, evaluations, stopped } = step.value;
  if (stopped === 'not-finite') throw diverged(problem, iterations, rate);
  if (last && !recorder.has(iterations)) recorder.observe(iterations, theta, objective.whole(theta, last));
  const test = preparePoints(model, dataset, dataset.test);
  return {
    theta,
    iterations,
    evaluations,
    stopped,
    ...(rate !== undefined && { rate }),
    ...recorder.finish(clockOf(entry, options, rate), (there) => outputsOf(model, there, test)),
    parameterChange: relativeChange(theta, options.theta0),
  };
}

function minimizerOf(entry: Entry, options: TrainingOptions, rate: number | undefined): Minimizer {
  if (entry.rate === 'none') return entry.minimizer(options.theta0, options);
  const rule = entry.rule({ rate: rate as number, momentum: options.momentum });
  return descend(options.theta0, { steps: options.steps, sampled: options.batch !== undefined }, rule);
}

/** Steps as time of the gradient flow where they have one: momentum β makes each of them 1/(1 − β) as long. */
function clockOf(entry: Entry, { momentum = 0 }: TrainingOptions, rate: number | undefined) {
  return entry.rate === 'flow-time'
    ? { clock: 't' as const, tick: (rate as number) / (1 - momentum) }
    : { clock: 'iterations' as const, tick: 1 };
}

/**
 * The loss that a step is taken by, and that of all points with their outputs, which of a minibatch are not known: they are
 * found where they are recorded.
 */
function objectiveOf({ model, points, options }: Problem, dataset: Dataset) {
  const all = lossObjective(model, points, lossWeight(options.loss, points.count));
  if (!options.batch)
    return {
      at: (theta: Float64Array) => all(theta),
      whole: (_: Float64Array, at: Evaluation) => at as Required<Evaluation>,
    };
  const positionsOf = batches(points.count, options.batch);
  const partOf = preparedOnce(model, dataset, dataset.train);
  return {
    at: (theta: Float64Array, step: number) => {
      const part = partOf(positionsOf(step));
      // The loss of all points, estimated from these.
      const weight = (lossWeight(options.loss, points.count) * points.count) / part.count;
      return lossObjective(model, part, weight)(theta);
    },
    whole: (theta: Float64Array) => all(theta),
  };
}

function rateOf(entry: Entry, problem: Problem): number | undefined {
  const { rate } = problem.options;
  if (entry.defaultRate === undefined) {
    if (rate !== undefined) {
      const expected = `none, as ${entry.name} finds its own step lengths`;
      throw new InputError({ where: 'training.rate', found: shown(rate), expected });
    }
    return undefined;
  }
  return checkedRate(rate) ?? entry.defaultRate(problem);
}

/** The rate as it was given. Throws an InputError where it is no finite number above 0. */
export function checkedRate(rate: number | undefined): number | undefined {
  if (rate !== undefined && !(rate > 0 && rate < Infinity))
    throw new InputError({ where: 'training.rate', found: shown(rate), expected: 'a finite number above 0' });
  return rate;
}

/** 2/(w·λmax) at θ₀, above which gradient descent diverges along K's first mode; Infinity where J = 0. */
function stabilityLimit({ model, points, options }: Problem): number {
  const lambda = largestEigenvalue(model, options.theta0, points);
  return 2 / (lossWeight(options.loss, points.count) * lambda);
}

/** Half of that limit; 1 where J = 0, since every rate does the same there. */
export function halfStabilityLimit(problem: Problem): number {
  const limit = stabilityLimit(problem);
  return Number.isFinite(limit) ? limit / 2 : 1;
}

function diverged(problem: Problem, iterations: number, rate: number | undefined): InputError {
  const where = 'training';
  if (iterations === 0)
    return new InputError({
      where,
      found: 'a loss or gradient that is not finite at the starting parameters',
      expected: 'finite numbers',
    });
  const used = rate === undefined ? '' : ` at the rate ${rate}`;
  const limit = Number(stabilityLimit(problem).toPrecision(3));
  return new InputError({
    where,
    found: `a loss or gradient that is no longer finite after ${iterations} iterations${used}`,
    expected: 'finite numbers',
    advice: `gradient descent is stable below ${limit} at the starting parameters`,
  });
}

/** ‖θ − θ₀‖/‖θ₀‖; null where θ₀ = 0. */
export function relativeChange(theta: Float64Array, theta0: Float64Array): number | null {
  const size = norm(theta0);
  return size > 0 ? norm(theta.map((value, i) => value - theta0[i])) / size : null;
}
