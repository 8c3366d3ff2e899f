import { readFileSync } from 'node:fs';
import { parseObservable } from '../packages/core/src/circuit/observable.ts';
import type { Dataset } from '../packages/core/src/model/dataset.ts';
import { createModel, type Model } from '../packages/core/src/model/model.ts';
import { wasm } from '../packages/core/src/simulate/wasm/engine.ts';
import { lossObjective } from '../packages/core/src/train/loss-objective.ts';
import { preparePoints } from '../packages/core/src/train/points.ts';
import { train } from '../packages/core/src/train/train.ts';
import type { Case } from './case.ts';
import { layeredCircuit } from './circuits.ts';

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

/** Scala et al.'s trainings: mean of all Z, mean loss, L-BFGS to the peers' gradient tolerance or 500 iterations. */
export const trainCases: readonly Case[] = starts.map(({ layers, theta0 }) => ({
  name: `train-d-${layers}`,
  prepare() {
    const model = modelOf(layers);
    const start = Float64Array.from(theta0);
    return () => train(model, dataset, { optimizer: 'lbfgs', loss: 'mean', steps: 500, theta0: start });
  },
  peers: {
    scripts: ['jax_train.py'],
    problem: () => ({ qubits, layers, theta: theta0, x: [...dataset.X], y: [...dataset.y] }),
    answer() {
      const model = modelOf(layers);
      const objective = lossObjective(model, preparePoints(model, dataset, dataset.train), 1 / dataset.train.length);
      const { loss, gradient } = objective(Float64Array.from(theta0));
      return [loss, ...gradient];
    },
  },
}));

function modelOf(layers: number): Model {
  return createModel(layeredCircuit(qubits, layers), [parseObservable('mean-Z', qubits)], 1, wasm);
}
