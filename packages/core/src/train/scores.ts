import type { Dataset } from '../model/dataset.ts';
import { type LabelScores, mseOn, scoresOn } from '../model/scores.ts';
import type { Training } from './training.ts';

/** Scores of a training run at its end, and the test error along the way. */
export interface TrainingScores {
  readonly train: LabelScores;
  readonly test: LabelScores;
  /** Mean squared error on the test points at every record; null where there are none. */
  readonly testMse: readonly number[] | null;
}

/** Scores a training run on the data set it was made with. */
export function scoreTraining(dataset: Dataset, training: Training): TrainingScores {
  const records = training.trajectory.times.length;
  const scores = (part: 'train' | 'test') =>
    scoresOn(dataset, dataset[part], outputsAtRecord(training, part, records - 1));
  const errorAt = (record: number) =>
    mseOn(dataset, dataset.test, outputsAtRecord(training, 'test', record)).value as number;
  return {
    train: scores('train'),
    test: scores('test'),
    testMse: dataset.test.length === 0 ? null : Array.from({ length: records }, (_, record) => errorAt(record)),
  };
}

/** Outputs on the training or the test points at a record of a run, points × outputs. */
export function outputsAtRecord({ trajectory }: Training, part: 'train' | 'test', record: number): Float64Array {
  const width = trajectory[part].length / trajectory.times.length;
  return trajectory[part].subarray(record * width, (record + 1) * width);
}
