import { inLabelUnits, type LabelScores, labelUnitsOf, outputsAtRecord, type Score } from '@qntk/core';
import type { TrainingRun } from '../terminal/training.ts';

/** The document of a training that programs read; `outputsAlong`: also the outputs on all points at every record. */
export function trainingDocument(run: TrainingRun, { outputsAlong }: { readonly outputsAlong: boolean }) {
  const { optimizer, seed, loss, training, scores, kernel } = run;
  const { trajectory, theta, thetas: _, ...rest } = training;
  const { train, test, testMse } = scores;
  return {
    schema: 'qntk/training/1' as const,
    optimizer,
    seed,
    loss,
    ...rest,
    trainLoss: trajectory.trainLoss.at(-1),
    train: plain(train),
    test: plain(test),
    theta,
    curve: { clock: trajectory.clock, times: trajectory.times, trainLoss: trajectory.trainLoss, testMse },
    ...(outputsAlong && { outputs: outputsOf(run) }),
    ...(kernel && { kernel }),
    reasons: {
      ...reasonsOf('train', train),
      ...reasonsOf('test', test),
      ...(rest.parameterChange === null && { parameterChange: 'all initial parameters are 0' }),
      ...(testMse === null && { 'curve.testMse': 'there are no test points' }),
      ...Object.assign({}, ...(kernel ?? []).map(({ reasons }) => reasons)),
    },
  };
}

const plain = ({ mse, r2, accuracy }: LabelScores) => ({ mse: mse.value, r2: r2.value, accuracy: accuracy.value });

function reasonsOf(part: string, scores: LabelScores): Record<string, string> {
  const named = Object.entries(scores) as [string, Score][];
  return Object.fromEntries(
    named.flatMap(([name, score]) => (score.value === null ? [[`${part}.${name}`, score.reason]] : [])),
  );
}

function outputsOf({ training, dataset }: TrainingRun): { train: Float64Array; test: Float64Array }[] {
  const units = labelUnitsOf(dataset);
  return Array.from(training.trajectory.times, (_, record) => ({
    train: inLabelUnits(outputsAtRecord(training, 'train', record), units),
    test: inLabelUnits(outputsAtRecord(training, 'test', record), units),
  }));
}
