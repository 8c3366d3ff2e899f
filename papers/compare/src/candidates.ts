import { buildModel, type Dataset, engines, type Model, modelSchema } from '@qntk/core';
import { datasetOf as datasetOfHalves } from '../../forecast/src/problems.ts';

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

/** The first forty points are for training. */
export const datasetOf = (folder: string, set: string): Dataset => datasetOfHalves(folder, set, trained);
