import type { Range } from '../../circuit/range.ts';
import { InputError } from '../../errors.ts';
import { type Dataset, takeRows } from '../../model/dataset.ts';
import { type Distribution, initialTheta } from '../../model/initial.ts';
import type { LossKind } from '../../model/loss.ts';
import type { Model } from '../../model/model.ts';
import { firstRate } from '../../train/first-rate.ts';
import { kernelAlong } from '../../train/kernel-along.ts';
import { train } from '../../train/train.ts';
import { type SeedRun, seedRun, summaryOf } from '../ensemble/run.ts';
import { type RegimeOfLabels, regimeOfRanges } from './regime.ts';

/** What the flow of an initialisation depends on, beside model and data; plain data. */
export interface RegimeOptions {
  /** Seed of the ensemble: it and the number of an initialisation give its parameters. */
  readonly seed: number;
  readonly initial?: Distribution;
  readonly loss: LossKind;
  /** The flow is followed to t = rate × steps. */
  readonly steps: number;
  /** Half the stability limit of the first initialisation where left out. */
  readonly rate?: number | undefined;
  /** How closely the flow is followed; 0.01 where left out. */
  readonly tolerance?: number;
}

/** What all initialisations share. */
export interface RegimeProblem {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly options: RegimeOptions & { readonly rate: number; readonly tolerance: number };
  /** What each readout can give, scale included. */
  readonly ranges: readonly Range[];
}

/** Where the labels of a model lie, and its runs. */
export interface RegimeDocument {
  readonly schema: 'qntk/dynamics-regime/1';
  readonly setting: {
    readonly parameters: number;
    /** Number of training points. */
    readonly train: number;
    readonly outputs: readonly {
      readonly observable: string;
      /** What the readout can give, scale included. */
      readonly range: Range;
      /** Least and largest training label. */
      readonly labels: { readonly low: number; readonly high: number };
    }[];
    readonly loss: LossKind;
    /** t = rate × steps. */
    readonly time: number;
    readonly tolerance: number;
  };
  /** By where the labels lie. */
  readonly regime: RegimeOfLabels['regime'];
  /** The readout scale, and the open interval of those that converge exponentially; null where none does. */
  readonly scale: { readonly now: number; readonly enough: RegimeOfLabels['enough'] };
  readonly seeds: readonly SeedRun[];
  readonly summary: ReturnType<typeof summaryOf>;
}

/** Close enough for rates and exponents of a few digits, at a tenth of the Jacobians of the true flow's default. */
const defaultTolerance = 0.01;

/** The flow is at rest where a residual is 10⁻¹⁰ of the first; before that it is exact enough. */
const leastLoss = 1e-18;

/**
 * Checks and completes what was asked for. The same arguments give the same problem in any thread.
 *
 * @throws InputError where the readout is trained, so that no range sets the regime.
 */
export function regimeProblem(model: Model, dataset: Dataset, options: RegimeOptions): RegimeProblem {
  const { ranges } = model;
  if (ranges === null)
    throw new InputError({
      where: 'model.readout',
      found: '"trainable"',
      expected: 'fixed, as readouts whose weights are trained reach any label, so that no range sets the regime',
    });
  const rate = options.rate ?? firstRate(model, dataset, options);
  return {
    model,
    dataset,
    options: { ...options, rate, tolerance: options.tolerance ?? defaultTolerance },
    ranges,
  };
}

/** The gradient flow of one initialisation: how its loss ends, and its kernel along the way. */
export function regimeSeed({ model, dataset, options }: RegimeProblem, seed: number): SeedRun {
  const { loss, steps, rate, tolerance } = options;
  const theta0 = initialTheta(model, options.seed, seed, options.initial);
  const training = train(model, dataset, { optimizer: 'flow', loss, steps, tolerance, rate, theta0 });
  const kernel = kernelAlong(model, dataset, training);
  const rows = dataset.train.length * dataset.outputs;
  const curves = {
    loss: [...training.trajectory.trainLoss],
    lambdaMin: kernel.map(({ spectrum, rank }) => (rank < rows ? 0 : spectrum.at(-1)!)),
    kernelChange: kernel.map(({ change }) => change ?? 0),
  };
  return seedRun(seed, [...training.trajectory.times], curves, leastLoss);
}

/** Joins the runs of initialisations, at least one, and says where the labels lie. */
export function regimeDocument(
  { model, dataset, options, ranges }: RegimeProblem,
  seeds: readonly SeedRun[],
): RegimeDocument {
  const labels = takeRows(dataset.y, dataset.outputs, dataset.train);
  const { regime, enough } = regimeOfRanges(labels, ranges);
  return {
    schema: 'qntk/dynamics-regime/1',
    setting: {
      parameters: model.parameters,
      train: dataset.train.length,
      outputs: model.observables.map(({ text }, output) => ({
        observable: text,
        range: ranges[output],
        labels: extremes(labels.filter((_, row) => row % model.outputs === output)),
      })),
      loss: options.loss,
      time: options.rate * options.steps,
      tolerance: options.tolerance,
    },
    regime,
    scale: { now: model.scale, enough: enough && scaled(enough, model.scale) },
    seeds,
    summary: summaryOf(seeds),
  };
}

function scaled({ above, below }: NonNullable<RegimeOfLabels['enough']>, scale: number): RegimeOfLabels['enough'] {
  return { above: above * scale, below: below === null ? null : below * scale };
}

function extremes(values: Float64Array): { low: number; high: number } {
  return {
    low: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    high: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  };
}
