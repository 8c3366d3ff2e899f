import { InputError } from '../errors.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { inLabelUnits, labelUnitsOf, rangesInLabelUnits } from '../model/label-units.ts';
import type { Model } from '../model/model.ts';
import { type Progress, runSync, type Work, withEvents } from '../progress.ts';
import { usualRate } from '../train/adam.ts';
import { optimizerNamed } from '../train/optimizers.ts';
import { shown } from '../wording.ts';
import type { Bare } from './bare.ts';
import { bottomLineOf, certifiedError } from './bottom-line.ts';
import type { ModelVariants } from './changed-model.ts';
import { tryingChanges } from './changes.ts';
import type { Curve, Diagnosis, SeedDiagnosis, Tried } from './diagnosis.ts';
import { judgementsOf } from './judgements.ts';
import { type LimitAndReferences, limitAndReferences } from './limit-and-references.ts';
import { rowsListed } from './listing.ts';
import type { DiagnoseOptions } from './options.ts';
import { type DiagnosisProblem, diagnosisProblem } from './problem.ts';
import { lossOfMse } from './scoring.ts';
import { diagnosingSeed } from './seed.ts';
import { summarise } from './summary.ts';
import { labelVariance, labelVariances, verdictsOf } from './verdicts.ts';

/**
 * Says from the Jacobians at initialisation how a model will train on a data set: what it can fit, what the frozen kernel
 * never will, how many steps it takes, and how it does on test points (Scala et al. 2025, §2).
 *
 * @param variants - the SPEC of the model, and how others are made: they are foretold only where that decides what limits.
 * @throws InputError where data and model do not fit together.
 */
export function diagnose(
  model: Model,
  dataset: Dataset,
  options: DiagnoseOptions,
  variants?: ModelVariants,
): Diagnosis {
  return runSync(diagnosing(model, dataset, options, variants));
}

/** The same as work with events along every initialisation. */
export function* diagnosing(
  model: Model,
  dataset: Dataset,
  options: DiagnoseOptions,
  variants?: ModelVariants,
): Work<Diagnosis, Progress> {
  if (!(Number.isInteger(options.seeds) && options.seeds >= 1))
    throw new InputError({ where: 'initial.seeds', found: shown(options.seeds), expected: 'a whole number from 1' });
  const problem = diagnosisProblem(model, dataset, options);
  const seeds: SeedDiagnosis[] = [];
  const event = (done: number): Progress => ({ label: 'initialisations', done, total: options.seeds });
  for (let index = 0; index < options.seeds; index++) {
    const seed = withEvents(diagnosingSeed(problem, index), ({ done, total }) => event(index + done / total));
    seeds.push(yield* seed);
    yield event(index + 1);
  }
  const beside = limitAndReferences(model, dataset);
  const joined = joinDiagnosis(problem, seeds, beside);
  const tried = yield* withEvents(tryingChanges(joined, problem, variants), () => event(options.seeds));
  return joinDiagnosis(problem, seeds, beside, tried);
}

/**
 * The diagnosis of initialisations that were diagnosed anywhere, in their order, at least one.
 *
 * @param found - what is said without them, where it is known already: `limitAndReferences` of the same model and data.
 * @param tried - what `comparingChanges` came to.
 * @throws InputError where there are none.
 */
export function joinDiagnosis(
  problem: DiagnosisProblem<DiagnoseOptions>,
  seeds: readonly SeedDiagnosis[],
  found: LimitAndReferences = limitAndReferences(problem.model, problem.dataset),
  tried?: Tried,
): Diagnosis {
  if (seeds.length === 0) throw new InputError({ where: 'seeds', found: 'none', expected: 'at least one' });
  const possible = withinLimit(problem, seeds, found.limit);
  const diagnosis = { ...header(problem), ...found, seeds: possible, summary: summarise(possible) };
  const judged = { ...diagnosis, verdicts: verdictsOf(diagnosis, problem) };
  const told = { ...judged, bottomLine: bottomLineOf(judged, labelVariance(problem), tried) };
  return { ...told, judgements: judgementsOf(told, problem) };
}

/**
 * Forecasts of the training error without what no training reaches: what a forecast rests on between its samples is no circuit
 * and may go below.
 */
function withinLimit(
  problem: DiagnosisProblem,
  seeds: readonly SeedDiagnosis[],
  limit: Diagnosis['limit'],
): readonly SeedDiagnosis[] {
  const least = certifiedError(limit);
  const mostR2 = 1 - least / Math.max(...labelVariances(problem));
  const leastLoss = lossOfMse(problem, least);
  const raised = (curve: Curve): Curve => ({
    ...curve,
    trainLoss: curve.trainLoss.map((loss) => Math.max(loss, leastLoss)),
  });
  return seeds.map((seed) => {
    const { forecast, curves } = seed;
    if (forecast.basis === 'measured') return seed;
    const { interval } = forecast;
    const atLeast = (ends: readonly [number, number]) => ends.map((end) => Math.max(end, least)) as [number, number];
    const atMost = (ends: readonly [number, number]) => ends.map((end) => Math.min(end, mostR2)) as [number, number];
    return {
      ...seed,
      forecast: {
        ...forecast,
        trainMse: Math.max(forecast.trainMse, least),
        trainR2: forecast.trainR2 === null ? null : Math.min(forecast.trainR2, mostR2),
        ...(interval && {
          interval: {
            ...interval,
            ...(interval.trainMse && { trainMse: atLeast(interval.trainMse) }),
            ...(interval.trainR2 && { trainR2: atMost(interval.trainR2) }),
          },
        }),
      },
      curves: {
        ...curves,
        ...(curves.adaptive && { adaptive: raised(curves.adaptive) }),
        ...(curves.everyStep && { everyStep: raised(curves.everyStep) }),
      },
    };
  });
}

/** What a step is multiplied by: of optimisers on the clock of the flow its tick without momentum, of others the rate given or usual. */
function optimizerRate({ options, rate }: DiagnosisProblem): number | null {
  const meaning = optimizerNamed(options.optimizer)?.rate ?? 'none';
  if (meaning === 'none') return null;
  return meaning === 'flow-time' ? rate * (1 - (options.momentum ?? 0)) : (options.rate ?? usualRate);
}

function header(problem: DiagnosisProblem<DiagnoseOptions>): Omit<Bare, 'limit' | 'references' | 'seeds' | 'summary'> {
  const { model, dataset, options, rate } = problem;
  const listed = rowsListed(dataset);
  const units = labelUnitsOf(dataset);
  const rows = (values: Float64Array, width: number, which: Int32Array) => [...takeRows(values, width, which)];
  const labels = (which: Int32Array) => [...inLabelUnits(takeRows(dataset.y, dataset.outputs, which), units)];
  return {
    schema: 2,
    version: options.version ?? null,
    spec: options.spec ?? null,
    model: {
      qubits: model.circuit.qubits,
      parameters: model.parameters,
      inputs: model.inputs,
      outputs: model.outputs,
      scale: model.scale,
      observables: model.observables.map(({ text }) => text),
      description: options.description,
      ranges: model.ranges && rangesInLabelUnits(model.ranges, units),
    },
    data: {
      source: options.source,
      features: dataset.features,
      classes: dataset.classes ?? null,
      preparation: dataset.preparation ?? null,
      train: dataset.train.length,
      test: dataset.test.length,
      trainRows: [...listed.train],
      testRows: [...listed.test],
      trainX: rows(dataset.X, dataset.features.length, listed.train),
      trainY: labels(listed.train),
      testX: rows(dataset.X, dataset.features.length, listed.test),
      testY: labels(listed.test),
    },
    training: {
      loss: options.loss,
      optimizer: options.optimizer,
      steps: options.steps,
      rate,
      rateSource: options.rate === undefined ? 'half-stability-limit' : 'given',
      optimizerRate: optimizerRate(problem),
      momentum: options.momentum ?? 0,
      rateMeaning: optimizerNamed(options.optimizer)?.rate ?? 'none',
    },
    initial: { distribution: 'uniform', ...options.initial, seed: options.seed },
  };
}
