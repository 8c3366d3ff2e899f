import { type Selection, selectionSplits } from '../data/folds.ts';
import { relativeChange } from '../forecast/interval.ts';
import { forecastPath } from '../forecast/path.ts';
import { effectiveDimension, kernelAlignment } from '../kernel/alignment.ts';
import { type Jacobian, jacobian } from '../kernel/jacobian.ts';
import { spectrumOfJacobian } from '../kernel/spectrum.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { type Distribution, initialTheta } from '../model/initial.ts';
import { bindRows, type Model } from '../model/model.ts';
import { mseOn, scoresOn } from '../model/scores.ts';
import { flowLaw } from '../predict/law.ts';
import { linearFromJacobian, outputsAt } from '../predict/linear.ts';
import { type Progress, type Work, withEvents } from '../progress.ts';
import type { TrainingSpec } from '../spec/spec.ts';
import { firstRate } from '../train/first-rate.ts';
import { optimizerNamed } from '../train/optimizers.ts';
import { training } from '../train/train.ts';

/** A way to say how a candidate will do on rows that it is not trained on, from cheap to true. */
export type Method =
  /** Eq. 4 of Scala et al. 2025 at the budget of steps, from one Jacobian. */
  | { readonly kind: 'frozen' }
  /** The optimiser's path on a model of the network. */
  | { readonly kind: 'forecast'; readonly jacobians: number }
  /** The optimiser itself, stopped early or not; of one whose steps follow from gradients the part of the rows that each sees. */
  | { readonly kind: 'training'; readonly steps: number; readonly whole: boolean; readonly share?: number };

/** A method, and whom it judges by what. */
export type Rung = Method & {
  /** Initialisations that it judges by; those of the race where left out. */
  readonly seeds?: number;
  /** Initialisations that it speaks for, where it judges by fewer of them. */
  readonly of?: number;
  /** It judges the best so many alone. */
  readonly finalists?: number;
};

/** How a candidate is started, trained and judged. */
export interface RungOptions {
  readonly rung: Method;
  readonly training: TrainingSpec;
  /** Seed of the initialisations. */
  readonly seed: number;
  readonly initial?: Distribution;
  /** How training rows are kept out; `test` judges by the test rows, which nothing may be chosen by. */
  readonly selection: Selection | 'test';
  /** Of the split of the training rows. */
  readonly splitSeed: number;
}

/** What a rung says of one initialisation. */
export interface RungResult {
  /** R² of the outputs on all rows that were kept out, each by the network that did not see it; null where undefined. */
  readonly r2: number | null;
  readonly accuracy: number | null;
  /** In the labels' own units. */
  readonly mse: number;
  /** RMS change of these outputs by the last quarter of the work, over the deviation of their labels; null for one Jacobian. */
  readonly change: number | null;
  /** Mean over the splits. */
  readonly trainMse: number;
  /** Jacobians, and gradients of a training, on all training rows: those on a part of the rows count as that part. */
  readonly jacobians: number;
  readonly gradients: number;
  /** Of the tangent kernel at the start on all training rows; only where a rung knows it. */
  readonly kernel?: KernelFigures;
}

/** What a tangent kernel says beside its forecast; null where undefined. */
export interface KernelFigures {
  readonly kappa: number | null;
  readonly alignment: number | null;
  readonly effectiveDimension: number | null;
}

/** What is said of one split. */
interface SplitOutputs {
  /** On the rows that are kept out, points × outputs, and a quarter of the work earlier. */
  readonly test: Float64Array;
  readonly earlier: Float64Array | null;
  readonly train: Float64Array;
  readonly jacobians: number;
  readonly gradients: number;
}

/**
 * A function that judges an initialisation of a model by its number, from 0, on the training rows of a data set.
 *
 * @throws InputError where data and model do not fit together.
 */
export function rungOf(
  model: Model,
  dataset: Dataset,
  options: RungOptions,
): (index: number) => Work<RungResult, Progress> {
  const { rung, selection, splitSeed } = options;
  const splits = selection === 'test' ? [dataset] : selectionSplits(dataset, selection, splitSeed);
  const rate = onceAsked(() => rateOf(model, dataset, options));
  return function* (index) {
    const theta0 = initialTheta(model, options.seed, index, options.initial);
    const given: Given = { model, dataset, splits, options, rate, theta0, index };
    const { outputs, kernel } = yield* judgedBy(rung, given);
    return { ...joined(dataset, splits, outputs), ...(kernel && { kernel }) };
  };
}

interface Given {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly splits: readonly Dataset[];
  readonly options: RungOptions;
  /** Of the clock t = rate × steps, and of optimisers that share it; it takes a Jacobian where the SPEC has none. */
  readonly rate: () => number;
  readonly theta0: Float64Array;
  readonly index: number;
}

/** The value of a function that is called where it is asked for, and once. */
function onceAsked<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The rate that a SPEC gives, or half the stability limit of the first initialisation on all training rows. */
function rateOf(model: Model, dataset: Dataset, { training: plan, seed, initial }: RungOptions): number {
  return plan.rate ?? firstRate(model, dataset, { ...plan, seed, ...(initial && { initial }) });
}

/** What a method says of every split. */
interface Judged {
  readonly outputs: readonly SplitOutputs[];
  readonly kernel?: KernelFigures;
}

function* judgedBy(rung: Method, given: Given): Work<Judged, Progress> {
  switch (rung.kind) {
    case 'frozen':
      return frozen(given);
    case 'forecast':
      return { outputs: yield* each(given.splits, (split) => forecast(split, given, rung.jacobians)) };
    case 'training':
      return { outputs: yield* each(given.splits, (split) => trained(split, given, rung.steps)) };
  }
}

/** One Jacobian of all training rows serves every split. */
function frozen({ model, dataset, splits, options: { training: plan }, rate, theta0 }: Given): Judged {
  const { loss, steps, momentum = 0 } = plan;
  const first = jacobian(model, theta0, bindRows(model, dataset, dataset.train));
  const placeOf = new Map(Array.from(dataset.train, (row, k) => [row, k]));
  const partOf = (part: Int32Array) => {
    const places = part.map((row) => placeOf.get(row)!);
    return takenRows(first, places, model.outputs);
  };
  const outputs = splits.map((split) => {
    const y = takeRows(split.y, split.outputs, split.train);
    const labels = { y, loss, points: split.train.length };
    const linear = linearFromJacobian(partOf(split.train), partOf(split.test), labels);
    const found = outputsAt(linear, flowLaw((rate() * steps) / (1 - momentum), linear.weight));
    return { ...found, earlier: null, jacobians: 1 / splits.length, gradients: 0 };
  });
  return { outputs, kernel: kernelFigures(first, takeRows(dataset.y, dataset.outputs, dataset.train)) };
}

function kernelFigures({ J, rows, columns }: Jacobian, y: Float64Array): KernelFigures {
  const spectrum = spectrumOfJacobian(J, rows, columns);
  return {
    kappa: spectrum.kappa,
    alignment: kernelAlignment(spectrum, y),
    effectiveDimension: effectiveDimension(spectrum),
  };
}

function* forecast(split: Dataset, given: Given, jacobians: number): Work<SplitOutputs, Progress> {
  const { model, theta0 } = given;
  const plan = { ...planOf(split, given), theta0, jacobians, records: 1 };
  const path = yield* withEvents(forecastPath(model, split, plan), (event) => ({
    label: 'path',
    done: Math.min(1, event.jacobians / jacobians),
    total: 1,
  }));
  const { train, test } = path.records[path.records.length - 1];
  const taken = shareOf(split, given) * path.jacobians;
  return { train, test, earlier: path.earlier.test, jacobians: taken, gradients: 0 };
}

function* trained(split: Dataset, given: Given, steps: number): Work<SplitOutputs, Progress> {
  const { model, theta0 } = given;
  const record = [Math.round(0.75 * steps), steps];
  const { trajectory, evaluations } = yield* training(model, split, { ...planOf(split, given), steps, theta0, record });
  const records = trajectory.times.length;
  const at = (values: Float64Array, k: number) =>
    values.slice((k * values.length) / records, ((k + 1) * values.length) / records);
  const before = Math.max(0, records - 2);
  return {
    train: at(trajectory.train, records - 1),
    test: at(trajectory.test, records - 1),
    // One that came to its end before has nothing left to change.
    earlier: at(trajectory.test, trajectory.times[records - 1] < record[0] ? records - 1 : before),
    jacobians: 0,
    gradients: shareOf(split, given) * batchShare(given.options.training, split.train.length) * evaluations,
  };
}

/** Which part of so many rows a gradient of a training sees. */
export const batchShare = ({ batch }: Pick<TrainingSpec, 'batch'>, rows: number): number =>
  batch === undefined ? 1 : Math.min(1, batch / rows);

/** Which part of the training rows a split is trained on. */
const shareOf = (split: Dataset, { dataset }: Given): number => split.train.length / dataset.train.length;

function* each(
  splits: readonly Dataset[],
  work: (split: Dataset) => Work<SplitOutputs, Progress>,
): Work<SplitOutputs[], Progress> {
  const found: SplitOutputs[] = [];
  for (const split of splits) {
    const done = found.length;
    found.push(
      yield* withEvents(work(split), (event) => ({
        label: 'splits',
        done: done + event.done / event.total,
        total: splits.length,
      })),
    );
  }
  return found;
}

function planOf(split: Dataset, { options: { training: plan, seed }, rate, index }: Given) {
  const { optimizer, loss, steps, batch, momentum } = plan;
  // One that finds its own step lengths takes none: the rate of a SPEC is its clock's alone.
  const meaning = optimizerNamed(optimizer)?.rate ?? 'none';
  const takesRate = meaning === 'flow-time' || (meaning === 'step-length' && plan.rate !== undefined);
  return {
    optimizer,
    loss,
    steps,
    ...(momentum !== undefined && { momentum }),
    ...(takesRate && { rate: rate() }),
    ...(batch !== undefined && { batch: { size: Math.min(batch, split.train.length), seed, index } }),
  };
}

/** Scores of the outputs on the rows that were kept out, of all splits together; errors in the labels' own units. */
function joined(
  dataset: Dataset,
  splits: readonly Dataset[],
  found: readonly SplitOutputs[],
): Omit<RungResult, 'kernel'> {
  const rows = Int32Array.from(splits.flatMap(({ test }) => [...test]));
  const f = together(found.map(({ test }) => test));
  const earlier = found.flatMap((one) => one.earlier ?? []);
  const scores = scoresOn(dataset, rows, f);
  const sum = (of: (one: SplitOutputs, k: number) => number) => found.reduce((total, one, k) => total + of(one, k), 0);
  return {
    r2: scores.r2.value,
    accuracy: scores.accuracy.value,
    mse: scores.mse.value ?? 0,
    change:
      earlier.length === found.length
        ? relativeChange(f, together(earlier), takeRows(dataset.y, dataset.outputs, rows), dataset.outputs)
        : null,
    trainMse: sum(({ train }, k) => mseOn(dataset, splits[k].train, train).value!) / splits.length,
    jacobians: sum(({ jacobians }) => jacobians),
    gradients: sum(({ gradients }) => gradients),
  };
}

const together = (parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => [...part]));

function takenRows({ columns, f, J }: Jacobian, points: Int32Array, outputs: number): Jacobian {
  return {
    rows: points.length * outputs,
    columns,
    f: takeRows(f, outputs, points),
    J: takeRows(J, outputs * columns, points),
  };
}
