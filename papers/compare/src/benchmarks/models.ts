import { buildModel, type Dataset, engines, type Model, modelSchema, readOpenqasm } from '@qntk/core';
import type { ObservableType, Points, PublishedCandidate, PublishedModel } from './published.ts';

/** A candidate as near as a SPEC can say it, on its data. */
export interface BenchmarkProblem {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly initial:
    | { readonly distribution: 'uniform' }
    | { readonly distribution: 'normal'; readonly deviation: number };
}

/** The SPEC of a candidate, prepared. */
export function problemOf(name: PublishedModel, candidate: PublishedCandidate, points: Points): BenchmarkProblem {
  return name === 'CircuitCentricClassifier' ? circuitCentric(candidate, points) : dataReuploading(candidate, points);
}

/** Qubits of a candidate. */
export function qubitsOf(
  name: PublishedModel,
  { n_input_copies: copies = 1 }: Pick<PublishedCandidate, 'n_input_copies'>,
  features: number,
): number {
  return name === 'CircuitCentricClassifier' ? copies * Math.ceil(Math.log2(features)) : Math.ceil(features / 3);
}

/** Qubits of DataReuploadingClassifier whose Z is read: the half of two or three is one. */
export const readQubits = (type: ObservableType, qubits: number): number =>
  ({ single: 1, half: Math.max(1, Math.floor(qubits / 2)), full: qubits })[type];

/**
 * Copies of the features as amplitudes, StronglyEntanglingLayers, Z on the first qubit and a bias; angles uniform in [0, 2π). The table that
 * the SPEC reads has the products of the copies as columns.
 */
function circuitCentric({ n_layers: layers, n_input_copies: copies = 1 }: PublishedCandidate, { X, y }: Points) {
  const qubits = qubitsOf('CircuitCentricClassifier', { n_input_copies: copies }, X[0]!.length);
  const spec = modelSchema.parse({
    qubits,
    encoding: { kind: 'amplitude' },
    ansatz: { kind: 'strongly-entangling', layers },
    observable: 'Z0',
    readout: 'trainable',
  });
  const dataset = datasetOf(
    X.map((row) => reversed(copied(padded(row, 2 ** (qubits / copies)), copies), qubits)),
    y,
  );
  return {
    model: buildModel(spec, 2 ** qubits, engines.wasm),
    dataset,
    initial: { distribution: 'uniform' },
  } as const;
}

/** Features and as many times 1/size as are missing of `size`. */
const padded = (row: readonly number[], size: number): number[] => [
  ...row,
  ...Array.from({ length: size - row.length }, () => 1 / size),
];

/** Amplitudes of so many copies of a state beside each other. */
function copied(state: readonly number[], copies: number): number[] {
  let all: number[] = [1];
  for (let k = 0; k < copies; k++) all = all.flatMap((a) => state.map((b) => a * b));
  return all;
}

/** PennyLane's first wire is the highest bit of the index, our first qubit the lowest. */
function reversed(state: readonly number[], qubits: number): number[] {
  return state.map((_, index) => {
    let other = 0;
    for (let bit = 0; bit < qubits; bit++) other |= ((index >> bit) & 1) << (qubits - 1 - bit);
    return state[other]!;
  });
}

/** Mean and deviation of a number that is uniform in [0, 1), from which angles and scalings start. */
const start = { mean: 0.5, deviation: 1 / Math.sqrt(12) };

/** Three features a qubit as the angles of a Rot, times trainable scalings, before every layer of trainable Rot and CZ and at the end. */
function dataReuploading({ n_layers: layers, observable_type: type = 'single' }: PublishedCandidate, { X, y }: Points) {
  const features = X[0]!.length;
  const qubits = qubitsOf('DataReuploadingClassifier', {}, features);
  const inputs = Array.from({ length: features }, (_, k) => `x_${k}`);
  const circuit = readOpenqasm(reuploadingProgram(features, qubits, layers), { name: 'reuploading.qasm', inputs });
  const spec = modelSchema.parse({ openqasm: 'reuploading.qasm', observable: observableOf(type, qubits) });
  return {
    model: buildModel(spec, features, engines.wasm, { circuit }),
    dataset: datasetOf(ranged(X), y),
    initial: { distribution: 'normal', deviation: start.deviation },
  } as const;
}

function observableOf(type: ObservableType, qubits: number): string {
  const count = readQubits(type, qubits);
  return Array.from({ length: count }, (_, q) => `${1 / count}*Z${q}`).join(' + ');
}

function reuploadingProgram(features: number, qubits: number, layers: number): string {
  const parameters: string[] = [];
  const parameter = (name: string) => {
    parameters.push(`input float[64] ${name};`);
    return `(${name} + ${start.mean})`;
  };
  const scaled = (layer: number, feature: number) => `x_${feature}*${parameter(`w_${layer}_${feature}`)}`;
  const angle = (layer: number, q: number, k: number) => parameter(`t_${layer}_${q}_${k}`);
  const gates = ['rz', 'ry', 'rz'];
  const rot = (q: number, of: (k: number) => string | undefined) =>
    gates.flatMap((gate, k) => {
      const text = of(k);
      return text === undefined ? [] : [`${gate}(${text}) q[${q}];`];
    });
  const all = Array.from({ length: qubits }, (_, q) => q);
  const has = (q: number, k: number) => 3 * q + k < features;
  const lines = Array.from({ length: layers }, (_, layer) => [
    ...all.flatMap((q) => [
      ...rot(q, (k) => (has(q, k) ? scaled(layer, 3 * q + k) : undefined)),
      ...rot(q, (k) => angle(layer, q, k)),
    ]),
    ...all.filter((q) => q % 2 === layer % 2 && q + 1 < qubits).map((q) => `cz q[${q}], q[${q + 1}];`),
  ]).flat();
  const last = all.flatMap((q) =>
    rot(q, (k) => (has(q, k) ? `${scaled(layers, 3 * q + k)} + ${angle(layers, q, k)}` : angle(layers, q, k))),
  );
  const inputs = Array.from({ length: features }, (_, k) => `input float[64] x_${k};`);
  return [
    'OPENQASM 3.0;',
    'include "stdgates.inc";',
    ...inputs,
    ...parameters,
    `qubit[${qubits}] q;`,
    ...lines,
    ...last,
  ].join('\n');
}

/** Every feature in [−π/2, π/2]. */
function ranged(X: Points['X']): number[][] {
  const ends = X[0]!.map((_, k) => {
    const column = X.map((row) => row[k]!);
    return { low: Math.min(...column), high: Math.max(...column) };
  });
  return X.map((row) =>
    row.map((value, k) => (Math.PI * (value - ends[k]!.low)) / (ends[k]!.high - ends[k]!.low) - Math.PI / 2),
  );
}

/** All rows are for training: what is kept out of them judges. */
function datasetOf(X: readonly (readonly number[])[], y: readonly number[]): Dataset {
  return {
    features: X[0]!.map((_, k) => `x${k}`),
    X: Float64Array.from(X.flat()),
    y: Float64Array.from(y),
    outputs: 1,
    train: Int32Array.from(y, (_, row) => row),
    test: new Int32Array(0),
  };
}
