import { InputError } from '../errors.ts';
import { norm } from '../linalg/matrix.ts';
import type { Dataset } from '../model/dataset.ts';
import { lossWeight } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Evaluation, MinimizeOptions, Minimum, Objective } from '../optimize/objective.ts';
import { shown } from '../wording.ts';
import { largestEigenvalue, lossObjective } from './loss-objective.ts';
import { outputsOf, type Points, preparePoints } from './points.ts';
import { Recorder, recordSchedule } from './recorder.ts';
import type { Optimizer, Training, TrainingOptions } from './training.ts';

/** Everything a default rate may depend on. */
interface Problem {
  readonly model: Model;
  readonly points: Points;
  readonly options: TrainingOptions;
}

/** What makes a minimiser of any objective an optimiser of the training loss. */
type Entry = Pick<Optimizer, 'name' | 'label' | 'summary'> &
  (
    | {
        readonly rate: 'flow-time' | 'step-length';
        readonly defaultRate: (problem: Problem) => number;
        readonly minimize: (
          objective: Objective,
          theta0: Float64Array,
          options: MinimizeOptions & { rate: number },
        ) => Minimum;
      }
    | {
        readonly rate: 'none';
        readonly defaultRate?: never;
        readonly minimize: (objective: Objective, theta0: Float64Array, options: MinimizeOptions) => Minimum;
      }
  );

/** Makes a table entry from a minimiser. */
export function minimizing(entry: Entry): Optimizer {
  const { name, label, summary, rate } = entry;
  return { name, label, summary, rate, train: (...problem) => trainBy(entry, ...problem) };
}

function trainBy(entry: Entry, model: Model, dataset: Dataset, options: TrainingOptions): Training {
  const points = preparePoints(model, dataset, dataset.train);
  const test = preparePoints(model, dataset, dataset.test);
  const problem = { model, points, options };
  const objective = lossObjective(model, points, options.loss);
  const recorder = new Recorder(options.record ?? recordSchedule(options.steps));
  const observe: MinimizeOptions['observe'] = (iteration, theta, at) => {
    // The objective is that of a network, which says its outputs.
    recorder.observe(iteration, theta, at as Required<Evaluation>);
    options.onStep?.(iteration, at.loss);
  };
  const settings = { steps: options.steps, observe };
  const rate = rateOf(entry, problem);
  const minimum =
    entry.defaultRate === undefined
      ? entry.minimize(objective, options.theta0, settings)
      : entry.minimize(objective, options.theta0, { ...settings, rate: rate as number });
  const { theta, iterations, evaluations, stopped } = minimum;
  if (stopped === 'not-finite') throw diverged(problem, iterations, rate);
  return {
    theta,
    iterations,
    evaluations,
    stopped,
    ...(rate !== undefined && { rate }),
    ...recorder.finish(
      entry.rate === 'flow-time' ? { clock: 't', tick: rate as number } : { clock: 'iterations', tick: 1 },
      (at) => outputsOf(model, at, test),
    ),
    parameterChange: relativeChange(theta, options.theta0),
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
