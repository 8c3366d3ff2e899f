import { spanningPoints } from '../certificate/spanning-points.ts';
import { jacobian } from '../kernel/jacobian.ts';
import { checkFits, checkParameters } from '../model/checks.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { type LossKind, lossWeight } from '../model/loss.ts';
import { bindRows, type Model, outputs } from '../model/model.ts';
import { takePoints } from '../model/take-points.ts';
import { type Coordinates, coordinatesOf } from './coordinates.ts';
import type { Sample } from './process.ts';
import { SpannedRows } from './spanned-rows.ts';

/** A network with its training problem, as a forecast sees it. */
export interface PathSystem {
  readonly theta0: Float64Array;
  readonly coordinates: Coordinates;
  /** Labels of the training rows, points × outputs. */
  readonly y: Float64Array;
  /** Number of training points. */
  readonly points: number;
  /** w of L = w/2·Σr². */
  readonly weight: number;
  /** f and J of the training rows, or of the rows of those few points which these are combinations of. */
  sample(theta: Float64Array): Sample;
  /** How all training rows are combinations of those of a sample; undefined where it has all of them. */
  readonly spanned: SpannedRows | undefined;
  /** f of the training rows alone, and of the test rows. */
  train(theta: Float64Array): Float64Array;
  test(theta: Float64Array): Float64Array;
}

/**
 * A model on the training rows of a data set, its test rows beside them.
 *
 * @throws InputError where data, model and start do not fit together.
 */
export function pathSystem(model: Model, dataset: Dataset, loss: LossKind, theta0: Float64Array): PathSystem {
  checkFits(model, dataset);
  checkParameters('theta0', theta0, model);
  const [train, test] = [dataset.train, dataset.test].map((rows) => bindRows(model, dataset, rows));
  const spanning = spanningPoints(model, train);
  const some = spanning ? takePoints(train, spanning.points) : train;
  const spanned = spanning && new SpannedRows(spanning, model.outputs);
  const none = new Float64Array(0);
  return {
    theta0,
    coordinates: coordinatesOf(model, dataset),
    y: takeRows(dataset.y, dataset.outputs, dataset.train),
    points: dataset.train.length,
    weight: lossWeight(loss, dataset.train.length),
    sample: (theta) => ({ theta: theta.slice(), ...jacobian(model, theta, some) }),
    spanned,
    train: (theta) => (spanned ? spanned.all(outputs(model, theta, some)) : outputs(model, theta, some)),
    test: (theta) => (dataset.test.length > 0 ? outputs(model, theta, test) : none),
  };
}
