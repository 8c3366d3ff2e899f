import { type Dataset, takeRows } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import type { DiagnoseOptions } from './options.ts';

/** Everything the steps of a diagnosis share. */
export interface Problem {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly options: DiagnoseOptions;
  /** Labels of the training and of the unseen rows. */
  readonly y: Float64Array;
  readonly yTest: Float64Array;
  /** Learning rate of the clock: t = rate × steps. */
  readonly rate: number;
}

/** Labels of training and unseen rows. */
export function labels(dataset: Dataset): { y: Float64Array; yTest: Float64Array } {
  return {
    y: takeRows(dataset.y, dataset.outputs, dataset.train),
    yTest: takeRows(dataset.y, dataset.outputs, dataset.test),
  };
}
