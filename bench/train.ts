import { readFileSync } from 'node:fs';
import { parseObservable } from '../packages/core/src/circuit/observable.ts';
import type { Dataset } from '../packages/core/src/model/dataset.ts';
import { createModel } from '../packages/core/src/model/model.ts';
import { wasm } from '../packages/core/src/simulate/wasm.ts';
import { train } from '../packages/core/src/train/train.ts';
import { layeredCircuit } from './circuits.ts';
import type { Case } from './main.ts';

const qubits = 6;
const points = 10;

const starts = JSON.parse(readFileSync('bench/training.json', 'utf8')) as { layers: number; theta0: number[] }[];

const x = Float64Array.from({ length: points }, (_, i) => -1.5 + (3 * i) / (points - 1));
const dataset: Dataset = {
  features: ['x'],
  X: x,
  y: x.map((value) => 0.8 * Math.tanh(2 * value)),
  outputs: 1,
  train: Int32Array.from(x.keys()),
  test: new Int32Array(0),
};

/** Paper D's trainings: mean of all Z, mean loss, L-BFGS to the peers' gradient tolerance or 500 iterations. */
export const trainCases: readonly Case[] = starts.map(({ layers, theta0 }) => ({
  name: `train-d-${layers}`,
  prepare() {
    const model = createModel(layeredCircuit(qubits, layers), [parseObservable('mean-Z', qubits)], 1, wasm);
    const start = Float64Array.from(theta0);
    return () => train(model, dataset, { optimizer: 'lbfgs', loss: 'mean', steps: 500, theta0: start });
  },
}));
