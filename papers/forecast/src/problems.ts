import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildModel, type Dataset, engines, type Model, modelSchema, takeRows } from '@qntk/core';

/** Schemes are made on the design half; the held-out half is opened once, at the end. */
export const sets = [
  { name: 'diabetes', half: 'design' },
  { name: 'wine', half: 'design' },
  { name: 'circles', half: 'design' },
  { name: 'cancer', half: 'held-out' },
  { name: 'friedman', half: 'held-out' },
  { name: 'digits', half: 'held-out' },
] as const;

type SetName = (typeof sets)[number]['name'];
export type Half = (typeof sets)[number]['half'];

const circuit = (kind: string, layers: number, frequency: string, scale: number, reupload = false) => ({
  ansatz: { kind, layers },
  encoding: { frequency, reupload },
  scale,
});

/** Circuits of four qubits, 54 of them. */
export const circuits = [
  ...['hea', 'hva'].flatMap((kind) =>
    [2, 5, 9].flatMap((layers) =>
      ['low', 'linear', 'high'].flatMap((frequency) =>
        [1, 1.5].map((scale) => circuit(kind, layers, frequency, scale)),
      ),
    ),
  ),
  ...[2, 4].flatMap((layers) =>
    ['low', 'linear'].flatMap((frequency) => [1, 1.5].map((scale) => circuit('hea', layers, frequency, scale, true))),
  ),
  ...[2, 4, 8].flatMap((layers) =>
    ['low', 'linear'].map((frequency) => circuit('real-amplitudes', layers, frequency, 1.5)),
  ),
  ...[2, 5].flatMap((layers) =>
    ['low', 'linear'].map((frequency) => circuit('strongly-entangling', layers, frequency, 1.5)),
  ),
];

export interface Problem {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly yTest: Float64Array;
}

/** A circuit on a data set: the first half of the points for training, features scaled to [−π/2, π/2] by those. */
export function problemOf(folder: string, set: SetName, index: number): Problem {
  const dataset = datasetOf(folder, set);
  const spec = modelSchema.parse({ qubits: 4, observable: 'Z0', ...circuits[index] });
  const model = buildModel(spec, dataset.features.length, engines.wasm);
  return { model, dataset, yTest: takeRows(dataset.y, 1, dataset.test) };
}

/**
 * A data set of `folder`: the first points are for training, half of all or as many as `trained` says, and features are scaled to
 * [−π/2, π/2] by those.
 */
export function datasetOf(folder: string, set: string, trained?: number): Dataset {
  const [head, ...lines] = readFileSync(join(folder, 'data', `${set}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const features = head.split(',').slice(0, -1);
  const rows = lines.map((line) => line.split(',').map(Number));
  const count = trained ?? Math.floor(rows.length / 2);
  const ranges = features.map((_, k) => {
    const column = rows.slice(0, count).map((row) => row[k]);
    return { low: Math.min(...column), high: Math.max(...column) };
  });
  const scaled = (value: number, k: number) =>
    (Math.PI * (value - ranges[k].low)) / (ranges[k].high - ranges[k].low) - Math.PI / 2;
  const all = Int32Array.from(rows, (_, i) => i);
  return {
    features,
    X: Float64Array.from(rows.flatMap((row) => row.slice(0, -1).map(scaled))),
    y: Float64Array.from(rows, (row) => row[row.length - 1]),
    outputs: 1,
    train: all.slice(0, count),
    test: all.slice(count),
  };
}
