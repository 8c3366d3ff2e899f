import { cheaperBasis, type ForecastBasis } from '../cost/commands.ts';
import { sizesOf } from '../cost/pieces.ts';
import { checkJacobian } from '../kernel/jacobian.ts';
import { checkFits } from '../model/checks.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { batches } from '../train/batches.ts';
import { firstRate } from '../train/first-rate.ts';
import { flow } from '../train/flow.ts';
import { checkedOptimizer, checkPlan } from '../train/plan.ts';
import type { SeedOptions } from './options.ts';

/** Everything the initialisations of a diagnosis share. */
export interface DiagnosisProblem<Options extends SeedOptions = SeedOptions> {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly options: Options;
  /** Labels of the training and of the test rows. */
  readonly y: Float64Array;
  readonly yTest: Float64Array;
  /** Learning rate of the clock: t = rate × steps. Momentum β makes it 1/(1 − β) times the optimiser's. */
  readonly rate: number;
  /** What the forecasts of all initialisations rest on. */
  readonly basis: ForecastBasis;
}

/**
 * Prepares a diagnosis: checks that data and model fit together, and finds the learning rate where none is given, half
 * the stability limit of the first initialisation. The same arguments give the same problem in any thread.
 *
 * @param rate - learning rate of the clock, where it is known already: that of an earlier problem of the same arguments.
 * @throws InputError where data and model do not fit together, an option is not one of the optimiser's, or a Jacobian takes too
 * much memory.
 */
export function diagnosisProblem<Options extends SeedOptions>(
  model: Model,
  dataset: Dataset,
  options: Options,
  rate: number | undefined = options.rate && clockRate(options.rate, options),
): DiagnosisProblem<Options> {
  checkFits(model, dataset);
  checkPlan(checkedOptimizer(options.optimizer), { ...options, tolerance: undefined });
  if (options.batch !== undefined) batches(dataset.train.length, { size: options.batch, seed: options.seed, index: 0 });
  checkJacobian(model, dataset.train.length + dataset.test.length);
  return {
    model,
    dataset,
    options,
    rate: rate ?? defaultRate(model, dataset, options),
    basis: plannedBasis(model, dataset, options),
    y: takeRows(dataset.y, dataset.outputs, dataset.train),
    yTest: takeRows(dataset.y, dataset.outputs, dataset.test),
  };
}

/** The flow is followed, not trained by: its forecast is the training itself, but for a tolerance. */
function plannedBasis(model: Model, { train, test }: Dataset, options: SeedOptions): ForecastBasis {
  if (options.optimizer === flow.name) return 'forecast';
  return options.basis ?? cheaperBasis(sizesOf(model), { ...options, train: train.length, test: test.length });
}

function clockRate(rate: number, { momentum = 0 }: SeedOptions): number {
  return rate / (1 - momentum);
}

function defaultRate(model: Model, dataset: Dataset, options: SeedOptions): number {
  return clockRate(firstRate(model, dataset, options), options);
}
