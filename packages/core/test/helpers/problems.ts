import { datasetFromTable } from '../../src/data/from-table.ts';
import { generateTable } from '../../src/data/generate.ts';
import { type DataSpec, dataSchema, type FileDataSpec } from '../../src/data/schema.ts';
import type { ModelVariants } from '../../src/diagnose/changed-model.ts';
import type { Jacobian } from '../../src/kernel/jacobian.ts';
import { buildModel } from '../../src/model/build.ts';
import type { Dataset } from '../../src/model/dataset.ts';
import type { Model } from '../../src/model/model.ts';
import { type ModelSpec, modelSchema } from '../../src/model/schema.ts';
import type { FlowSystem } from '../../src/predict/flow-system.ts';
import { random } from '../../src/random/random.ts';
import type { Engine } from '../../src/simulate/engine.ts';
import { engines } from '../../src/simulate/engines.ts';

export interface ModelWish {
  readonly qubits: number;
  readonly layers: number;
  readonly ansatz?: 'hea' | 'hva';
  readonly frequency?: 'low' | 'linear' | 'high';
  readonly scale?: number;
  readonly observable?: string | readonly string[];
  readonly features?: number;
  readonly engine?: Engine;
}

/** HEA with RY(x) and Z₀ where nothing else is asked for, on the fast engine. */
export const modelOf = (wish: ModelWish): Model =>
  buildModel(specOf(wish), wish.features ?? 1, wish.engine ?? engines.wasm);

function specOf(wish: ModelWish): ModelSpec {
  const { qubits, layers, ansatz = 'hea', frequency = 'low', scale = 1, observable = 'Z0' } = wish;
  return modelSchema.parse({ qubits, encoding: { frequency }, ansatz: { kind: ansatz, layers }, observable, scale });
}

/** The SPEC of that model, and how others are made of theirs. */
export const variantsOf = (wish: ModelWish): ModelVariants => ({
  spec: specOf(wish),
  build: (spec) => buildModel(spec, wish.features ?? 1, engines.wasm),
});

/** Data that a SPEC's `data` generates. */
export function generatedData(spec: object, outputs = 1): Dataset {
  const checked = dataSchema.parse(spec) as Exclude<DataSpec, FileDataSpec>;
  return datasetFromTable(generateTable(checked, engines.wasm), checked, outputs);
}

/** TFIM data of papers/qntk-diagnostics: 20 points, half of them for training, fields scaled to [−π/2, π/2]. */
export function tfimData(seed = 1): Dataset {
  return generatedData({ source: 'tfim', range: [-Math.PI / 2, Math.PI / 2], seed });
}

/** Points on a line with `train` for training (all where left out), the others for the test. */
export function dataOf(x: readonly number[], y: readonly number[], train?: readonly number[], outputs = 1): Dataset {
  const rows = Array.from(x.keys());
  const training = train ?? rows;
  return {
    features: ['x'],
    X: Float64Array.from(x),
    y: Float64Array.from(y),
    outputs,
    train: Int32Array.from(training),
    test: Int32Array.from(rows.filter((row) => !training.includes(row))),
  };
}

/** Six points y = a·sin 2x, all for training. */
export function sineData(a: number): Dataset {
  const x = Array.from({ length: 6 }, (_, i) => -Math.PI / 2 + ((i + 0.5) * Math.PI) / 6);
  return dataOf(
    x,
    x.map((value) => a * Math.sin(2 * value)),
  );
}

export function randomNumbers(count: number, ...words: number[]): Float64Array {
  const draw = random(...words);
  return Float64Array.from({ length: count }, () => draw.normal());
}

/** A Jacobian of normal numbers with outputs of normal numbers. */
export function randomJacobian(rows: number, columns: number, ...words: number[]): Jacobian {
  return {
    rows,
    columns,
    J: randomNumbers(rows * columns, ...words, 1),
    f: randomNumbers(rows, ...words, 2),
  };
}

/** A system that counts its calls. */
export function counted(system: FlowSystem): FlowSystem & { readonly calls: { jacobian: number; outputs: number } } {
  const calls = { jacobian: 0, outputs: 0 };
  return {
    ...system,
    calls,
    jacobian: (theta) => {
      calls.jacobian++;
      return system.jacobian(theta);
    },
    outputs: (theta) => {
      calls.outputs++;
      return system.outputs(theta);
    },
  };
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

/** Largest |a − b|. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers beside ${b.length}`);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

/** Root of the mean squared difference. */
export function rms(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers beside ${b.length}`);
  return Math.sqrt(Array.from(a).reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);
}

/** Slope of the straight line through points (ln x, ln y). */
export function logSlope(x: readonly number[], y: readonly number[]): number {
  const u = x.map(Math.log);
  const v = y.map(Math.log);
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [mu, mv] = [mean(u), mean(v)];
  const up = u.reduce((sum, value, k) => sum + (value - mu) * (v[k] - mv), 0);
  return up / u.reduce((sum, value) => sum + (value - mu) ** 2, 0);
}
