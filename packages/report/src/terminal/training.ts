import type { Dataset, KernelRecord, LossKind, Score, Training, TrainingScores } from '@qntk/core';
import { counted, formatNumber, formatShare } from '../format.ts';
import { labelUnitsText } from '../words/labels.ts';
import { columns, longTable } from './table.ts';

const stopped = {
  steps: 'all steps were made',
  gradient: 'the gradient is zero',
  'round-off': 'no further decrease can be seen above rounding',
} as const;

/** A training run with its scores. */
export interface TrainingRun {
  readonly optimizer: string;
  readonly seed: number;
  readonly loss: LossKind;
  readonly dataset: Dataset;
  /** Names of the parameters. */
  readonly names: readonly string[];
  readonly training: Training;
  readonly scores: TrainingScores;
  /** The kernel at records of the run, null where nobody asked for it. */
  readonly kernel: readonly KernelRecord[] | null;
}

/** A training run for people. */
export function trainingText(run: TrainingRun): string {
  const parts = [head(run), scoreTable(run), curveTable(run)];
  if (run.kernel) parts.push(kernelTable(run));
  return parts.join('\n\n');
}

function head({ optimizer, training, dataset, names }: TrainingRun): string {
  const { iterations, evaluations, rate, parameterChange } = training;
  const rated = rate === undefined ? '' : ` at the rate ${formatNumber(rate)}`;
  const units = dataset.preparation?.labels;
  const change = parameterChange === null ? 'undefined, as all are 0 at the start' : formatNumber(parameterChange);
  return [
    `${optimizer}${rated}: ${counted(dataset.train.length, 'training point')}, ${counted(names.length, 'parameter')}`,
    `${counted(iterations, 'iteration')}, ${counted(evaluations, 'evaluation')}; ${stopped[training.stopped]}`,
    `relative change of the parameters: ${change}`,
    ...(units ? [`labels ${labelUnitsText(units)}, in which the loss is; MSE is in their own units`] : []),
  ].join('\n');
}

function scoreTable({ training, scores: { train, test }, dataset }: TrainingRun): string {
  const rows = [
    ['', 'training', 'test'],
    ['points', ...[dataset.train, dataset.test].map(({ length }) => String(length))],
    ['loss', formatNumber(training.trajectory.trainLoss[training.trajectory.trainLoss.length - 1]), ''],
    ['MSE', shown(train.mse), shown(test.mse)],
    ['R²', shown(train.r2), shown(test.r2)],
    ['accuracy', shown(train.accuracy, formatShare), shown(test.accuracy, formatShare)],
  ];
  const reasons = [
    ...new Set(
      [train.r2, test.r2].flatMap((score) => (score.value === null ? [`R² is undefined: ${score.reason}`] : [])),
    ),
  ];
  return [columns(rows), ...reasons].join('\n');
}

function shown(score: Score, format: (value: number) => string = formatNumber): string {
  return score.value === null ? '–' : format(score.value);
}

function curveTable({ training, scores: { testMse } }: TrainingRun): string {
  const { clock, times, trainLoss } = training.trajectory;
  return longTable({
    head: [clock === 't' ? 't = rate × steps' : 'iteration', 'training loss', 'test MSE'],
    count: times.length,
    row: (k) => [formatNumber(times[k]), formatNumber(trainLoss[k]), testMse ? formatNumber(testMse[k]) : '–'],
  });
}

function kernelTable({ training, kernel }: TrainingRun): string {
  const records = kernel ?? [];
  const clock = training.trajectory.clock === 't' ? 't' : 'iteration';
  return longTable({
    head: [`kernel at ${clock}`, 'λmax', 'κ', 'rank', 'change'],
    count: records.length,
    row: (index) => {
      const { time, spectrum, rank, kappa, change } = records[index];
      return [
        formatNumber(time),
        formatNumber(spectrum[0] ?? 0),
        formatNumber(kappa),
        String(rank),
        formatNumber(change),
      ];
    },
  });
}
