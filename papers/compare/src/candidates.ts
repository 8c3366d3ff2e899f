import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildModel, type Dataset, engines, type Model, modelSchema } from '@qntk/core';

/** Methods are made on the design half; the held-out half is opened once, at the end. */
export const sets = [
  { name: 'diabetes', half: 'design' },
  { name: 'wine', half: 'design' },
  { name: 'circles', half: 'design' },
  { name: 'cancer', half: 'held-out' },
  { name: 'friedman', half: 'held-out' },
  { name: 'digits', half: 'held-out' },
] as const;

export type Half = (typeof sets)[number]['half'];

const reuploaded = { gate: 'RY', frequency: 'low', reupload: true };

/** What `qntk suggest` tries of each part of a model, and a fourth γ. */
const encodings = [
  { gate: 'RY', frequency: 'low' },
  reuploaded,
  { ...reuploaded, frequency: 'linear' },
  { ...reuploaded, scaling: 'trainable' },
  { kind: 'iqp-feature-map', repeats: 1 },
];
const ansatze = ['hea', 'hva', 'strongly-entangling', 'efficient-su2'];
const layers = [2, 4, 8, 16];
/** Readout scales γ, by which candidates that stand beside one another differ. */
export const scales = [1.1, 1.5, 2.5, 4];

/** 320 models of four qubits. */
export const candidates = encodings.flatMap((encoding) =>
  ansatze.flatMap((kind) =>
    layers.flatMap((count) => scales.map((scale) => ({ encoding, ansatz: { kind, layers: count }, scale }))),
  ),
);

export function modelOf(candidate: number, { features }: Dataset): Model {
  const spec = modelSchema.parse({ qubits: 4, observable: 'Z0', ...candidates[candidate] });
  return buildModel(spec, features.length, engines.wasm);
}

const trained = 40;

/** The first points are for training; features are scaled to [−π/2, π/2] by those. */
export function datasetOf(folder: string, set: string): Dataset {
  const [head, ...lines] = readFileSync(join(folder, 'data', `${set}.csv`), 'utf8')
    .trim()
    .split('\n');
  const features = head!.split(',').slice(0, -1);
  const rows = lines.map((line) => line.split(',').map(Number));
  const ranges = features.map((_, k) => {
    const column = rows.slice(0, trained).map((row) => row[k]!);
    return { low: Math.min(...column), high: Math.max(...column) };
  });
  const scaled = (value: number, k: number) =>
    (Math.PI * (value - ranges[k]!.low)) / (ranges[k]!.high - ranges[k]!.low) - Math.PI / 2;
  const all = Int32Array.from(rows, (_, i) => i);
  return {
    features,
    X: Float64Array.from(rows.flatMap((row) => row.slice(0, -1).map(scaled))),
    y: Float64Array.from(rows, (row) => row[row.length - 1]!),
    outputs: 1,
    train: all.slice(0, trained),
    test: all.slice(trained),
  };
}
