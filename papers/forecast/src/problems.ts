import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildModel,
  type Dataset,
  type Decision,
  decisionOf,
  engines,
  type Model,
  modelSchema,
  takeRows,
} from '@qntk/core';

/** The first six. Schemes were made on the design half; the held-out half has been computed with each version since. */
export const sets = [
  { name: 'diabetes', half: 'design' },
  { name: 'wine', half: 'design' },
  { name: 'circles', half: 'design' },
  { name: 'cancer', half: 'held-out' },
  { name: 'friedman', half: 'held-out' },
  { name: 'digits', half: 'held-out' },
] as const;

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

/** What is trained of the circuits of a part. */
interface Models {
  readonly qubits: number;
  readonly observable: string | readonly string[];
  readonly circuits: readonly object[];
  /** Initialisations of each. */
  readonly seeds: number;
}

/** Circuits of six and eight qubits, 20 of them. */
const largerCircuits = [
  ...['hea', 'hva'].flatMap((kind) =>
    [4, 10].flatMap((layers) => ['low', 'linear'].map((frequency) => circuit(kind, layers, frequency, 1.5))),
  ),
  ...[4, 10].map((layers) => circuit('hea', layers, 'high', 1.5)),
  ...['low', 'linear'].map((frequency) => circuit('hea', 3, frequency, 1.5, true)),
  ...[4, 10].flatMap((layers) =>
    ['low', 'linear'].map((frequency) => circuit('real-amplitudes', layers, frequency, 1.5)),
  ),
  ...[2, 6].flatMap((layers) =>
    ['low', 'linear'].map((frequency) => circuit('strongly-entangling', layers, frequency, 1.5)),
  ),
];

const usual: Models = { qubits: 4, observable: 'Z0', circuits, seeds: 2 };
const ofClasses: Models = { ...usual, observable: ['Z0', 'Z1', 'Z2'] };
const six: Models = { qubits: 6, observable: 'Z0', circuits: largerCircuits, seeds: 2 };
const eight: Models = { ...six, qubits: 8 };

/** A data set of the study, and what is trained on it. */
export interface Studied extends Models {
  readonly name: string;
  /**
   * `fresh`, `classes` and `larger` were opened once, constants being fixed (criterion.md), the two `-design` being for that; L-BFGS was changed
   * after that, and `unseen` and `unseen-classes` were opened once after the change; `new-classes` after it began with its training.
   */
  readonly part:
    | Half
    | 'fresh'
    | 'classes-design'
    | 'classes'
    | 'larger-design'
    | 'larger'
    | 'unseen'
    | 'unseen-classes'
    | 'new-classes';
}

/** All data sets of the study. */
export const studied: readonly Studied[] = [
  ...sets.map(({ name, half }) => ({ name, part: half, ...usual })),
  ...['cars', 'vote', 'friedman3'].map((name) => ({ name, part: 'fresh' as const, ...usual, seeds: 4 })),
  { name: 'wine3', part: 'classes-design', ...ofClasses },
  ...['penguins', 'shells'].map((name) => ({ name, part: 'classes' as const, ...ofClasses })),
  { name: 'diabetes6', part: 'larger-design', ...six },
  { name: 'hastie8', part: 'larger-design', ...eight },
  { name: 'roll6', part: 'larger', ...six },
  { name: 'clusters8', part: 'larger', ...eight },
  ...['friedman2', 'schools', 'affairs'].map((name) => ({ name, part: 'unseen' as const, ...usual, seeds: 4 })),
  { name: 'weather', part: 'unseen-classes', ...ofClasses, seeds: 4 },
  ...['iris', 'origins'].map((name) => ({ name, part: 'new-classes' as const, ...ofClasses, seeds: 4 })),
];

export interface Problem {
  readonly model: Model;
  readonly dataset: Dataset;
  readonly yTest: Float64Array;
  /** How labels are read as classes; left out where they are none. */
  readonly decision?: Decision | undefined;
}

/** A circuit on a data set. */
export function problemOf(folder: string, set: string, index: number): Problem {
  const { qubits, observable, circuits: own } = studied.find(({ name }) => name === set) as Studied;
  const dataset = datasetOf(folder, set);
  const spec = modelSchema.parse({ qubits, observable, ...own[index] });
  const model = buildModel(spec, dataset.features.length, engines.wasm);
  const yTest = takeRows(dataset.y, dataset.outputs, dataset.test);
  return { model, dataset, yTest, decision: decisionOf(dataset) };
}

/**
 * A data set of `folder`, its labels in the columns whose names begin with y: the first points are for training, half of all or as
 * many as `trained` says, and features are scaled to [−π/2, π/2] by those.
 */
export function datasetOf(folder: string, set: string, trained?: number): Dataset {
  const [head, ...lines] = readFileSync(join(folder, 'data', `${set}.csv`), 'utf8')
    .trim()
    .split(/\r?\n/);
  const features = head.split(',').filter((name) => !name.startsWith('y'));
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
    X: Float64Array.from(rows.flatMap((row) => row.slice(0, features.length).map(scaled))),
    y: Float64Array.from(rows.flatMap((row) => row.slice(features.length))),
    outputs: rows[0].length - features.length,
    train: all.slice(0, count),
    test: all.slice(count),
  };
}
