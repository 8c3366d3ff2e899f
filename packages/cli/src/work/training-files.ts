import { decided, inLabelUnits, labelUnitsOf, outputsAtRecord, takeRows } from '@qntk/core';
import { type CsvColumn, writeCsv, writeNpy } from '@qntk/formats';
import type { TrainingRun } from '@qntk/report';
import { printable } from '../printable.ts';

/** What a training leaves in a folder: its parameters, both as `kernel --theta` reads them, its curve, its predictions. */
export function trainingFiles(run: TrainingRun): Record<string, Uint8Array | string> {
  const { theta } = run.training;
  const parameters = Object.fromEntries(run.names.map((name, i) => [name, theta[i]]));
  return {
    'theta.npy': writeNpy({ shape: [theta.length], data: theta }),
    'theta.json': `${printable(JSON.stringify(parameters, null, 2))}\n`,
    'curve.csv': writeCsv(curve(run)),
    'predictions.csv': writeCsv(predictions(run)),
  };
}

function curve({ training, scores }: TrainingRun): CsvColumn[] {
  const { clock, times, trainLoss } = training.trajectory;
  return [
    { name: clock === 't' ? 't' : 'iteration', values: times },
    { name: 'train_loss', values: trainLoss },
    ...(scores.testMse ? [{ name: 'test_mse', values: scores.testMse }] : []),
  ];
}

/**
 * A line a point, in the order of the data's rows: its part, labels and outputs at the end in the labels' own units, and of
 * classes their names.
 */
function predictions({ dataset, training }: TrainingRun): CsvColumn[] {
  const last = training.trajectory.times.length - 1;
  const parts = (['train', 'test'] as const).flatMap((part) =>
    Array.from(dataset[part], (row, i) => ({ part, row, i, f: outputsAtRecord(training, part, last) })),
  );
  const points = parts.sort((a, b) => a.row - b.row);
  const { outputs } = dataset;
  const units = labelUnitsOf(dataset);
  const labels = takeRows(
    dataset.y,
    outputs,
    Int32Array.from(points, ({ row }) => row),
  );
  const found = Float64Array.from(points.flatMap(({ f, i }) => [...f.subarray(i * outputs, (i + 1) * outputs)]));
  const numbered = (name: string, values: Float64Array): CsvColumn[] =>
    Array.from({ length: outputs }, (_, o) => ({
      name: outputs === 1 ? name : `${name}_${o}`,
      values: inLabelUnits(values, units).filter((_, k) => k % outputs === o),
    }));
  const classes = (name: string, values: Float64Array): CsvColumn[] => {
    const answers = decided(dataset, values);
    return answers ? [{ name, values: answers }] : [];
  };
  return [
    { name: 'row', values: points.map(({ row }) => row) },
    { name: 'part', values: points.map(({ part }) => part) },
    ...numbered('y', labels),
    ...numbered('f', found),
    ...classes('label', labels),
    ...classes('answer', found),
  ];
}
