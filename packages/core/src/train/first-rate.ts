import type { Dataset } from '../model/dataset.ts';
import { type Distribution, initialTheta } from '../model/initial.ts';
import type { LossKind } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import { halfStabilityLimit } from './minimizing.ts';
import { preparePoints } from './points.ts';

/** What the rate depends on, beside model and data. */
interface FirstOptions {
  readonly seed: number;
  readonly initial?: Distribution;
  readonly loss: LossKind;
  readonly steps: number;
}

/** The learning rate of the clock that all initialisations share: half the stability limit of the first one. */
export function firstRate(model: Model, dataset: Dataset, { loss, steps, seed, initial }: FirstOptions): number {
  const points = preparePoints(model, dataset, dataset.train);
  return halfStabilityLimit({ model, points, options: { loss, steps, theta0: initialTheta(model, seed, 0, initial) } });
}
