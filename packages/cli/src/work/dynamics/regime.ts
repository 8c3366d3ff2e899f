import {
  InputError,
  initialTheta,
  kernelAlong,
  type RegimeOfLabels,
  regimeOfRanges,
  takeRows,
  train,
} from '@qntk/core';
import { type SeedRun, seedRun, summaryOf } from '@qntk/core/dynamics';
import { type RegimeDocument, regimeText } from '@qntk/report';
import type { Listener, Outcome } from '../../command.ts';
import { type Problem, readProblem } from '../../spec/problem.ts';

interface Given {
  readonly spec: string;
  readonly seeds?: number;
  readonly tolerance?: number;
}

/** Close enough for rates and exponents of a few digits, at a tenth of the Jacobians of the true flow's default. */
const defaultTolerance = 0.01;

export function run(given: Given, listener: Listener): Outcome {
  const problem = readProblem(given.spec, listener);
  const { model, dataset, spec } = problem;
  const { ranges } = model;
  if (ranges === null)
    throw new InputError({
      where: 'model.readout',
      found: '"trainable"',
      expected: 'fixed, as readouts whose weights are trained reach any label, so that no range sets the regime',
    });
  const count = given.seeds ?? spec.initial.seeds;
  const tolerance = given.tolerance ?? defaultTolerance;
  const seeds: SeedRun[] = [];
  let rate = spec.training.rate;
  for (let seed = 0; seed < count; seed++) {
    const followed = follow(problem, seed, tolerance, rate);
    // Where the SPEC names none, the first initialisation's default is the clock of all.
    rate = followed.rate;
    seeds.push(followed.run);
    listener.progress('initialisations', seed + 1, count);
  }
  const labels = takeRows(dataset.y, dataset.outputs, dataset.train);
  const { regime, enough } = regimeOfRanges(labels, ranges);
  const document: RegimeDocument = {
    schema: 'qntk/dynamics-regime/1',
    setting: {
      parameters: model.parameters,
      train: dataset.train.length,
      outputs: model.observables.map(({ text }, output) => ({
        observable: text,
        range: ranges[output]!,
        labels: extremes(labels.filter((_, row) => row % model.outputs === output)),
      })),
      loss: spec.training.loss,
      time: rate! * spec.training.steps,
      tolerance,
    },
    regime,
    scale: { now: model.scale, enough: enough && scaled(enough, model.scale) },
    seeds,
    summary: summaryOf(seeds),
  };
  return { text: regimeText(document), document };
}

/** The flow is at rest where a residual is 10⁻¹⁰ of the first; before that it is exact enough. */
const leastLoss = 1e-18;

/** The gradient flow of one initialisation. */
function follow({ model, dataset, spec, placing }: Problem, seed: number, tolerance: number, rate?: number) {
  const { loss, steps } = spec.training;
  const theta0 = initialTheta(model, spec.initial.seed, seed, spec.initial);
  const options = { optimizer: 'flow', loss, steps, tolerance, theta0, ...(rate !== undefined && { rate }) };
  const training = placing(() => train(model, dataset, options));
  const kernel = kernelAlong(model, dataset, training);
  const rows = dataset.train.length * dataset.outputs;
  const curves = {
    loss: [...training.trajectory.trainLoss],
    lambdaMin: kernel.map(({ spectrum, rank }) => (rank < rows ? 0 : spectrum.at(-1)!)),
    kernelChange: kernel.map(({ change }) => change ?? 0),
  };
  return { run: seedRun(seed, [...training.trajectory.times], curves, leastLoss), rate: training.rate };
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
