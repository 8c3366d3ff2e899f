import {
  buildModel,
  type Dataset,
  datasetFromTable,
  engines,
  type FlowSystem,
  flowSystem,
  generateTable,
  initialTheta,
  type LinearModel,
  linearFromJacobian,
  type Model,
  parseSpec,
  r2,
  takeRows,
} from '@qntk/core';

/** A model with its data; the loss is the mean everywhere. */
export interface Problem {
  readonly model: Model;
  readonly dataset: Dataset;
}

export interface ModelChoice {
  readonly kind: 'hea' | 'hva';
  /** RY(x), RY((q+1)x) or RY(3^q x) on qubit q. */
  readonly frequency: 'low' | 'linear' | 'high';
  readonly layers: number;
  /** γ. */
  readonly scale: number;
}

const specOf = ({ kind, frequency, layers, scale }: ModelChoice) =>
  parseSpec({
    data: { source: 'tfim', train: 0.5, range: [-Math.PI / 2, Math.PI / 2], seed: 1 },
    model: { qubits: 6, encoding: { gate: 'RY', frequency }, ansatz: { kind, layers }, observable: 'Z0', scale },
  });

/** 20 points of the transverse-field Ising model, half of them for training, inputs in [−π/2, π/2]; 6 qubits, Z0. */
export function tfim(choice: ModelChoice): Problem {
  const { data, model } = specOf(choice);
  if ('file' in data) throw new Error('the data are generated');
  const dataset = datasetFromTable(generateTable(data, engines.wasm), data, 1);
  return { model: buildModel(model, dataset.features.length, engines.wasm), dataset };
}

/** Six points y = a·sin 2x between −π/2 and π/2, all for training, on the same circuits. */
export function sine({ amplitude, ...choice }: Omit<ModelChoice, 'kind'> & { readonly amplitude: number }): Problem {
  const X = Float64Array.from({ length: 6 }, (_, i) => -Math.PI / 2 + (Math.PI * (i + 0.5)) / 6);
  const dataset: Dataset = {
    features: ['x'],
    X,
    y: X.map((x) => amplitude * Math.sin(2 * x)),
    outputs: 1,
    train: Int32Array.from(X, (_, i) => i),
    test: new Int32Array(0),
  };
  return { model: buildModel(specOf({ kind: 'hea', ...choice }).model, 1, engines.wasm), dataset };
}

/** An initialisation: its gradient flow, and the network with the kernel frozen there. */
export interface Start {
  readonly theta0: Float64Array;
  readonly system: FlowSystem;
  readonly linear: LinearModel;
}

export function startOf({ model, dataset }: Problem, seed: number, index = 0): Start {
  const theta0 = initialTheta(model, seed, index);
  const system = flowSystem(model, dataset, 'mean', theta0);
  const { rows, columns, f, J } = system.jacobian(theta0);
  const split = system.trainRows;
  const linear = linearFromJacobian(
    { rows: split, columns, f: f.slice(0, split), J: J.slice(0, split * columns) },
    { rows: rows - split, columns, f: f.slice(split), J: J.slice(split * columns) },
    { y: system.y, loss: 'mean', points: system.points },
  );
  return { theta0, system, linear };
}

/** Half the stability limit of gradient descent at an initialisation: the default learning rate. */
export const defaultRate = ({ linear }: Start): number => 1 / (linear.weight * linear.spectrum.values[0]);

/** R² on the test points. */
export function testR2({ dataset }: Problem, f: Float64Array): number {
  const score = r2(takeRows(dataset.y, 1, dataset.test), f, 1);
  if (score.value === null) throw new Error(score.reason);
  return score.value;
}

/** Outputs on the test points at the last record of a run. */
export function lastTest({ times, test }: { readonly times: Float64Array; readonly test: Float64Array }): Float64Array {
  return test.slice(test.length - test.length / times.length);
}

/** Mean and sample standard deviation. */
export function spread(values: readonly number[]): { readonly mean: number; readonly std: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}
