import { type Dataset, takeRows } from '../model/dataset.ts';
import { accuracy, decisionOf, mse, r2, type Score } from '../model/scores.ts';
import type { Training } from './training.ts';

/** How well outputs fit labels. */
export interface PartScores {
  readonly mse: Score;
  readonly r2: Score;
  readonly accuracy: Score;
}

/** PartScores of a training run at its end, and the test error along the way. */
export interface TrainingScores {
  readonly train: PartScores;
  readonly test: PartScores;
  /** Mean squared error on the test points at every record; null where there are none. */
  readonly testMse: readonly number[] | null;
}

/** PartScores a training run on the data set it was made with. */
export function scoreTraining(dataset: Dataset, training: Training): TrainingScores {
  const records = training.trajectory.times.length;
  const y = takeRows(dataset.y, dataset.outputs, dataset.test);
  const errorAt = (record: number) => mse(y, outputsAtRecord(training, 'test', record)).value as number;
  return {
    train: scoresOf(dataset, dataset.train, outputsAtRecord(training, 'train', records - 1)),
    test: scoresOf(dataset, dataset.test, outputsAtRecord(training, 'test', records - 1)),
    testMse: y.length === 0 ? null : Array.from({ length: records }, (_, record) => errorAt(record)),
  };
}

/** Outputs on the training or the test points at a record of a run, points × outputs. */
export function outputsAtRecord({ trajectory }: Training, part: 'train' | 'test', record: number): Float64Array {
  const width = trajectory[part].length / trajectory.times.length;
  return trajectory[part].subarray(record * width, (record + 1) * width);
}

function scoresOf(dataset: Dataset, rows: Int32Array, f: Float64Array): PartScores {
  const y = takeRows(dataset.y, dataset.outputs, rows);
  const decision = decisionOf(dataset);
  return {
    mse: mse(y, f),
    r2: r2(y, f, dataset.outputs),
    accuracy: decision ? accuracy(y, f, decision) : { value: null, reason: 'the labels are no classes' },
  };
}
