import { gradientsInstead } from '../cost/commands.ts';
import { sizesOf } from '../cost/pieces.ts';
import { InputError } from '../errors.ts';
import type { Dataset } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { batches } from '../train/batches.ts';
import { optimizers } from '../train/optimizers.ts';
import { checkPlan } from '../train/plan.ts';
import type { Optimizer, TrainingOptions } from '../train/training.ts';
import { shown } from '../wording.ts';
import { beginning } from './beginning.ts';
import { descent } from './descent.ts';
import { type End, type Renewals, replay, usualRadius, type Visit } from './replay.ts';
import { type PathSystem, pathSystem } from './system.ts';

/** What is forecast: a training as its SPEC plans it, from one initialisation. */
export interface PathOptions
  extends Pick<TrainingOptions, 'steps' | 'rate' | 'loss' | 'theta0' | 'batch' | 'momentum'> {
  /** A name of the table of optimisers, but `flow`, which `followFlow` is for. */
  readonly optimizer: string;
  /**
   * Most Jacobians of the training rows to spend on a path over models, at least 1, or 2 for L-BFGS. Where left out about 20, by L-BFGS 24 at
   * most, or the beginning of the training itself where as many gradients as that costs rank circuits better.
   */
  readonly jacobians?: number | undefined;
  /** Most records, at least 1, the end among them: outputs of the test rows are computed for these alone; 16 where left out. */
  readonly records?: number | undefined;
}

/** The network at one place of a path; `train` and `test` are its true outputs there, points × outputs. */
export interface PathRecord {
  readonly step: number;
  readonly theta: Float64Array;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** A new sample, as it happens. */
export interface PathEvent extends Omit<PathRecord, 'test'> {
  readonly jacobians: number;
  readonly loss: number;
  /** |f − f̂|/|y − f| on the training rows of the model that led there; null where none did. */
  readonly mismatch: number | null;
}

/** What a training will come to, by its optimiser on a model of the network. */
export interface ForecastPath {
  /** Whether the optimiser was repeated step by step on models, followed from sample to sample, or is the training itself, stopped early. */
  readonly follows: 'steps' | 'samples' | 'training';
  /**
   * At the start, wherever the model was renewed and the loss is the least yet or the optimiser has a clock, and the end; where
   * these are too many, some of them, evenly chosen.
   */
  readonly records: readonly PathRecord[];
  /** The network where the same forecast would have ended with three quarters of the Jacobians: of one, where it begins. */
  readonly earlier: Pick<PathRecord, 'train' | 'test'>;
  /**
   * Outputs of the training rows that are off from those at the end by as much as is not known there: by the model of the network, where
   * its renewals were further apart than usual; for L-BFGS where its next run on the model leads to. Null where what less Jacobians give says enough.
   */
  readonly beside: Float64Array | null;
  /**
   * Training loss before each step and after the last, by the model of the network all along; null where steps are not the
   * optimiser's own (L-BFGS) or do not see all points (minibatches).
   */
  readonly losses: Float64Array | null;
  /** Steps that are planned. */
  readonly steps: number;
  readonly jacobians: number;
  /** Rows of Jacobians, and rows whose outputs alone were computed. */
  readonly rows: { readonly jacobian: number; readonly outputs: number };
}

/** Jacobians that a path takes about, where nobody asks for another number. */
export const usualJacobians = 20;

/** Records that are kept, where nobody asks for another number: enough for the line of a figure. */
const usualRecords = 16;

/**
 * Gradients after which a training by L-BFGS is stopped to forecast its end; undefined where a path over models is followed, as one is asked for, or
 * does not cost as much as gradients that rank as well.
 */
function gradientsOfBeginning(
  model: Model,
  { train, test }: Dataset,
  { optimizer, steps, jacobians }: Pick<PathOptions, 'optimizer' | 'steps' | 'jacobians'>,
): number | undefined {
  if (optimizer !== 'lbfgs' || jacobians !== undefined) return undefined;
  return gradientsInstead(sizesOf(model), { train: train.length, test: test.length, steps });
}

/** One whose steps follow from gradients repeats them one by one; L-BFGS finds its step lengths itself. */
function walkOf(
  optimizer: Optimizer,
  system: PathSystem,
  { model, dataset, options }: { model: Model; dataset: Dataset; options: PathOptions },
): Generator<Visit, End> {
  const { steps, jacobians, batch } = options;
  if (!optimizer.rule) return descent(system, steps, jacobians);
  const rowsOf = batch && batches(system.points, batch);
  return replay(system, { rule: optimizer.rule(model, dataset, options), steps, rowsOf }, renewalsOf(options));
}

/** At most so many Jacobians are spent on a path that takes about as many as usual by a radius in proportion. */
function renewalsOf({ jacobians }: PathOptions): Renewals {
  if (jacobians === undefined) return { radius: usualRadius };
  return { radius: (usualRadius * usualJacobians) / jacobians, most: jacobians };
}

/**
 * Runs the planned optimiser on a model of the network, renewed from few Jacobians along its path. An event at each new
 * sample; whoever drives it may stop between two events.
 *
 * @throws InputError where data, start or options do not fit, no forecast of the optimiser is known, or the number of Jacobians or
 * records is not at least 1, or 2 for the Jacobians of L-BFGS.
 */
export function* forecastPath(
  model: Model,
  dataset: Dataset,
  options: PathOptions,
): Generator<PathEvent, ForecastPath> {
  const optimizer = forecastable(options);
  const system = counting(pathSystem(model, dataset, options.loss, options.theta0));
  const instead = gradientsOfBeginning(model, dataset, options);
  const walk =
    instead === undefined
      ? walkOf(optimizer, system, { model, dataset, options })
      : beginning(system, options.steps, instead);
  const visits: Visited[] = [];
  let jacobians = 0;
  let least = Infinity;
  for (let next = walk.next(); ; next = walk.next()) {
    if (next.done) {
      const path = withEnd(system, visits, { end: next.value, most: options.records ?? usualRecords });
      const follows = instead !== undefined ? 'training' : optimizer.rule ? 'steps' : 'samples';
      return {
        ...path,
        follows,
        steps: options.steps,
        jacobians,
        rows: { jacobian: jacobians * system.y.length, outputs: system.counted.outputs },
      };
    }
    const { step, sample } = next.value;
    const { theta, f: train, at, mismatch } = sample;
    jacobians++;
    const visit = { step, theta, train };
    if (optimizer.rule || at.loss < least) visits.push(visit);
    least = Math.min(least, at.loss);
    yield { ...visit, jacobians, loss: at.loss, mismatch };
  }
}

function forecastable({ optimizer: name, jacobians, records, steps, batch, momentum }: PathOptions): Optimizer {
  const known = optimizers.filter(({ name: other, rule }) => rule || other === 'lbfgs');
  const optimizer = known.find((entry) => entry.name === name);
  if (!optimizer)
    throw new InputError({
      where: 'training.optimizer',
      found: shown(name),
      expected: `one of ${known.map((entry) => entry.name).join(', ')}, whose path can be forecast`,
    });
  // L-BFGS is followed from sample to sample, and knows with one no more than where it begins.
  const [least, of] = optimizer.rule ? [1, ''] : [2, ' for this optimiser'];
  if (jacobians !== undefined && !(Number.isInteger(jacobians) && jacobians >= least))
    throw new InputError({
      where: 'jacobians',
      found: String(jacobians),
      expected: `a whole number from ${least}${of}`,
    });
  if (records !== undefined && !(Number.isInteger(records) && records >= 1))
    throw new InputError({ where: 'records', found: String(records), expected: 'a whole number from 1' });
  checkPlan(optimizer, { steps, batch: batch?.size, momentum });
  return optimizer;
}

/** The same system, counting the rows whose outputs alone were computed. */
function counting(system: PathSystem): PathSystem & { readonly counted: { outputs: number } } {
  const counted = { outputs: 0 };
  const count = (part: (theta: Float64Array) => Float64Array) => (theta: Float64Array) => {
    const f = part(theta);
    counted.outputs += f.length;
    return f;
  };
  return { ...system, train: count(system.train), test: count(system.test), counted };
}

type Visited = Omit<PathRecord, 'test'>;

/** Records of some visits, evenly chosen, and of the end, which may be one of them; outputs that are not known are computed. */
function withEnd(
  system: PathSystem,
  visits: readonly Visited[],
  { end: { step, theta, earlier, ...rest }, most }: { readonly end: End; readonly most: number },
) {
  const at = (place: Float64Array): Visited =>
    visits.find((visit) => visit.theta === place) ?? { step, theta: place, train: system.train(place) };
  const last = at(theta);
  const all = visits.includes(last) ? visits : [...visits, last];
  const records = evenly(all, most).map((visit): PathRecord => ({ ...visit, test: system.test(visit.theta) }));
  const before = at(earlier);
  const test = records.find((record) => record.theta === earlier)?.test ?? system.test(earlier);
  return { records, earlier: { train: before.train, test }, ...rest };
}

/** At most so many of a list, evenly chosen, the last among them, and the first of two and more. */
function evenly<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  const last = list.length - 1;
  return Array.from(
    { length: most },
    (_, k) => list[last - Math.round(((most - 1 - k) * last) / Math.max(1, most - 1))],
  );
}
