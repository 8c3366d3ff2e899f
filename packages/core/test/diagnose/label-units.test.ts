import { describe, expect, test } from 'vitest';
import { datasetFromTable, type TableOptions } from '../../src/data/from-table.ts';
import type { Table } from '../../src/data/table.ts';
import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import { InputError } from '../../src/errors.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import { scoreTraining } from '../../src/train/scores.ts';
import { train } from '../../src/train/train.ts';
import { diagnosisOf } from '../helpers/diagnoses.ts';
import { modelOf, randomNumbers } from '../helpers/problems.ts';

const model = modelOf({ qubits: 3, layers: 3, scale: 2.5 });
const rows = 16;

/** Labels a·(sin 2x + noise) + b of points on a line; with two columns the second is another function and shift. */
function tableOf(a: number, b: number, width: 1 | 2 = 1): Table {
  const x = Float64Array.from({ length: rows }, (_, i) => -1.5 + (3 * i) / (rows - 1));
  const noise = randomNumbers(2 * rows, 131);
  const first = x.map((value, i) => a * (Math.sin(2 * value) + 0.1 * noise[i]) + b);
  const second = x.map((value, i) => a * (0.5 * Math.cos(value) + 0.1 * noise[rows + i]) - 3 * b);
  const values = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? second : first)[i >> 1]);
  return { features: [{ name: 'x', values: x }], targetName: 'y', target: width === 1 ? first : { values, width } };
}

const options: TableOptions = { seed: 4, train: 0.6, task: 'regression', labels: 'standardize' };
const standardised = (table: Table, outputs = 1): Dataset => datasetFromTable(table, options, outputs);

/** Two numbers are the same but for rounding, which the training multiplies. */
function expectClose(found: number | null, wanted: number | null, name: string): void {
  if (found === null || wanted === null) expect(found, name).toBe(wanted);
  else expect(Math.abs(found - wanted), name).toBeLessThan(1e-6 * Math.max(1e-3, Math.abs(wanted)));
}

describe('labels to mean 0 and deviation 1', () => {
  test('by the training rows alone', () => {
    const { y, train: fitted, preparation } = standardised(tableOf(40, 152));
    const some = Array.from(fitted, (row) => y[row]);
    expect(some.reduce((sum, z) => sum + z, 0)).toBeCloseTo(0, 10);
    expect(some.reduce((sum, z) => sum + z * z, 0) / some.length).toBeCloseTo(1, 10);
    const { means, deviation } = preparation!.labels!;
    const { target } = tableOf(40, 152);
    (target as Float64Array).forEach((label, row) => {
      expect(means[0] + deviation * y[row]).toBeCloseTo(label, 9);
    });
  });

  test('several outputs have a mean each and one deviation, so that errors stay comparable', () => {
    const { y, train: fitted, preparation } = standardised(tableOf(40, 152, 2), 2);
    expect(preparation!.labels!.means).toHaveLength(2);
    const of = (o: number) => Array.from(fitted, (row) => y[2 * row + o]);
    for (const o of [0, 1]) expect(of(o).reduce((sum, z) => sum + z, 0)).toBeCloseTo(0, 10);
    const squares = [...of(0), ...of(1)].map((z) => z * z);
    expect(squares.reduce((sum, z) => sum + z, 0) / squares.length).toBeCloseTo(1, 10);
  });
});

/** What has the unit of the labels squared, by its path. */
const squared = (name: string) => /mse$/i.test(name);

describe.each([1, 2] as const)('the same data in other units, %i outputs', (width) => {
  const network = width === 1 ? model : modelOf({ qubits: 3, layers: 3, scale: 2.5, observable: ['Z0', 'Z1'] });
  const diagnosed = (a: number, b: number, more: object): Diagnosis =>
    diagnosisOf(network, standardised(tableOf(a, b, width), width), { seeds: 2, steps: 60, ...more });

  const laws = [
    // What is a power of two larger is the same numbers in standard units, to the last bit.
    { scale: 1024, shift: 0, options: { verify: true, basis: 'forecast' } },
    { scale: 1024, shift: 0, options: {} },
    { scale: 1000, shift: 5e4, options: { verify: true, optimizer: 'gd', basis: 'forecast' } },
    { scale: 1000, shift: 5e4, options: { tolerance: 0.1 } },
  ];
  test.each(laws)('R² and verdicts stay, MSE is scale² times as large: %o', ({ scale, shift, options: more }) => {
    const [one, other] = [diagnosed(1, 0, more), diagnosed(scale, shift, more)];
    for (const [name, { mean }] of Object.entries(one.summary)) {
      // Where nothing is left to learn, rounding decides how long that takes.
      if (/iterations|followedSteps|cutoff/.test(name)) continue;
      const found = other.summary[name].mean;
      expectClose(found && (squared(name) ? found / scale ** 2 : found), mean, name);
    }
    expect(other.verdicts.map(({ code, severity }) => [code, severity])).toEqual(
      one.verdicts.map(({ code, severity }) => [code, severity]),
    );
    expect(other.bottomLine.code).toBe(one.bottomLine.code);
    expectClose(other.limit.mse && other.limit.mse / scale ** 2, one.limit.mse, 'limit');
    expectClose(other.limit.noise / scale ** 2, one.limit.noise, 'noise');
    expectClose(other.limit.outOfRange / scale ** 2, one.limit.outOfRange, 'out of range');
    for (const name of ['constant', 'ridge', 'rbf', 'readout'] as const) {
      expectClose(other.references![name]!.testMse! / scale ** 2, one.references![name]!.testMse, name);
      expectClose(other.references![name]!.testR2, one.references![name]!.testR2, name);
    }
    for (const name of ['trainMse', 'testMse'] as const)
      one.seeds[0].forecast.interval?.[name]?.forEach((end, k) => {
        expectClose(other.seeds[0].forecast.interval![name]![k] / scale ** 2, end, `interval of ${name}`);
      });
    const curve = ({ seeds }: Diagnosis) =>
      (seeds[0].curves.path ?? seeds[0].curves.adaptive ?? seeds[0].curves.trained)!;
    curve(one).testMse.forEach((mse, k) => {
      expectClose(curve(other).testMse[k] / scale ** 2, mse, `test MSE ${k}`);
    });
  });

  test('labels and outputs are listed in units of the labels, as their range is', () => {
    const { data, seeds, model: shown, verdicts } = diagnosed(1000, 5e4, { verify: true });
    const { target } = tableOf(1000, 5e4, width);
    const labels = 'width' in target ? target.values : (target as Float64Array);
    data.testRows.forEach((row, i) => {
      for (let o = 0; o < width; o++) expect(data.testY[width * i + o]).toBeCloseTo(labels[width * row + o], 6);
    });
    const { forecast, verified } = seeds[0];
    for (const f of [forecast.test, verified!.test]) {
      const errors = f.map((value, i) => (value - data.testY[i]) ** 2);
      const mse = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      expectClose(mse, (f === forecast.test ? forecast : verified!).testMse, 'listed');
    }
    const { means, deviation } = data.preparation!.labels!;
    expect(shown.ranges!.map(({ high }) => high)).toEqual(means.map((mean) => mean + 2.5 * deviation));
    const range = verdicts.find(({ code }) => code === 'range')!.evidence as { low: number; rangeLow: number };
    expect(range).toMatchObject({ standardised: true });
    expect(range.low).toBeGreaterThan(range.rangeLow);
    expect(Math.min(...labels)).toBeLessThanOrEqual(range.low + 1e-6);
  });
});

test('a training is scored in units of the labels', () => {
  const scores = [standardised(tableOf(1, 0.4)), standardised(tableOf(1000, 5e4))].map((dataset) =>
    scoreTraining(
      dataset,
      train(model, dataset, {
        optimizer: 'gd',
        loss: 'mean',
        steps: 30,
        theta0: new Float64Array(model.parameters).fill(0.3),
      }),
    ),
  );
  for (const part of ['train', 'test'] as const) {
    expectClose(scores[1][part].mse.value! / 1e6, scores[0][part].mse.value, part);
    expectClose(scores[1][part].r2.value, scores[0][part].r2.value, part);
  }
  scores[0].testMse!.forEach((mse, k) => {
    expectClose(scores[1].testMse![k] / 1e6, mse, `record ${k}`);
  });
});

describe('labels that cannot be standardised', () => {
  const classes: Table = { ...tableOf(1, 0), target: Array.from({ length: rows }, (_, i) => (i % 2 ? 'a' : 'b')) };
  const numbered: Table = { ...tableOf(1, 0), target: Float64Array.from({ length: rows }, (_, i) => i % 2) };
  const nearly: Table = {
    ...tableOf(1, 0),
    target: Float64Array.from({ length: rows }, (_, i) => 1e9 + 1e-7 * (i % 3)),
  };
  const { task: _, ...unsaid } = options;
  test.each<[string, Table, TableOptions, RegExp]>([
    ['classes', classes, unsaid, /data\.labels: found standardize, expected none, as the labels are classes/],
    ['two integers', numbered, unsaid, /data\.task: regression takes/],
    ['rounding alone', nearly, options, /data\.labels: found standardize, where all training labels are the same/],
    ['a single row', tableOf(1, 0), { ...options, train: 0.05 }, /where a single row is for training/],
  ])('%s', (__, table, wanted, message) => {
    expect(() => datasetFromTable(table, wanted, 1)).toThrow(message);
    expect(() => datasetFromTable(table, wanted, 1)).toThrow(InputError);
  });
});
