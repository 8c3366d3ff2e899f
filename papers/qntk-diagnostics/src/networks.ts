import {
  bind,
  buildModel,
  type Dataset,
  datasetFromTable,
  engines,
  generateTable,
  initialTheta,
  type Jacobian,
  jacobian,
  type LinearModel,
  linearFromJacobian,
  type Model,
  parseSpec,
  takeRows,
} from '@qntk/core';

/** A network of Scala et al. 2025 and its data, as plain data; what the paper leaves open is said in sweep/setting.ts. */
export interface NetworkSpec {
  /** `data` of a SPEC without its split. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Seed of the random split into halves. */
  readonly split: number;
  /** What the features are scaled to by the training points. */
  readonly range: readonly [number, number];
  readonly ansatz: 'hea' | 'hva' | 'efficient-su2' | 'strongly-entangling';
  readonly frequency: 'low' | 'high';
  readonly layers: number;
  readonly observable: string;
  /** γ. */
  readonly scale: number;
  /** Most iterations of the optimiser. */
  readonly steps: number;
}

/** A model with its data. */
export interface Network {
  readonly model: Model;
  readonly dataset: Dataset;
}

const seed = 7;

/** The model and its data, split at random into halves. */
export function networkOf({
  data: source,
  split,
  range,
  ansatz,
  frequency,
  layers,
  observable,
  scale,
}: NetworkSpec): Network {
  const { data, model } = parseSpec({
    data: { ...source, seed: 1 },
    model: { qubits: 6, encoding: { gate: 'RY', frequency }, ansatz: { kind: ansatz, layers }, observable, scale },
  });
  const dataset = datasetFromTable(
    generateTable(data, engines.wasm),
    { train: 0.5, range: [...range], seed: split },
    1,
  );
  return { model: buildModel(model, dataset.features.length, engines.wasm), dataset };
}

/** Initialisations by their numbers from 0: those of `initial: {seed: 7}` in a SPEC. */
export const thetaOf = (model: Model, index: number): Float64Array => initialTheta(model, seed, index);

/** Jacobian at the given rows. */
export const jacobianAt = (
  { model, dataset: { X, features } }: Network,
  theta: Float64Array,
  rows: Int32Array,
): Jacobian => jacobian(model, theta, bind(model, takeRows(X, features.length, rows)));

/** The network with its kernel frozen at θ₀, for the loss ½Σr²; where f₀ is dropped its outputs count as 0 there. */
export function frozenAt(network: Network, theta0: Float64Array, start: 'kept' | 'dropped' = 'kept'): LinearModel {
  const { y, train, test } = network.dataset;
  const at = (rows: Int32Array): Jacobian => {
    const found = jacobianAt(network, theta0, rows);
    return start === 'kept' ? found : { ...found, f: new Float64Array(found.rows) };
  };
  return linearFromJacobian(at(train), at(test), { y: takeRows(y, 1, train), loss: 'sum', points: train.length });
}

/** Mean of |a − b|. */
export function distance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}
