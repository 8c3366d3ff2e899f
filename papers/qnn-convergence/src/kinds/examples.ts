import { buildModel, type Dataset, datasetFromTable, engines, generateTable, parseSpec, takeRows } from '@qntk/core';
import { regimeProblem, regimeSeed, type SeedRun } from '@qntk/core/dynamics';
import { atOnce, type Kind } from '@qntk/study';

/** A network of the examples, with a readout scale of its own. */
export interface ExampleSpec {
  readonly example: keyof typeof examples;
  readonly gamma: number;
}

export interface ExampleResult extends SeedRun {
  /** Training labels. */
  readonly labels: readonly number[];
}

const range: [number, number] = [-Math.PI / 2, Math.PI / 2];

/** As in examples/tfim.yaml, sinusoid.yaml and moons.yaml, which make their data. */
const examples = {
  tfim: {
    data: { source: 'tfim', points: 20, sites: 6, train: 0.5, range, seed: 1 },
    model: { qubits: 6, encoding: { gate: 'RY', frequency: 'low' }, ansatz: { kind: 'hea', layers: 10 } },
  },
  sinusoid: {
    data: { source: 'sinusoid', points: 20, noise: 0.1, frequency: 2, train: 0.5, seed: 1 },
    model: { qubits: 4, encoding: { gate: 'RY', frequency: 'linear' }, ansatz: { kind: 'hea', layers: 6 } },
  },
  moons: {
    data: { source: 'moons', points: 100, noise: 0.1, train: 0.5, range, seed: 1 },
    model: {
      qubits: 4,
      encoding: { gate: 'RY', frequency: 'low', reupload: true },
      ansatz: { kind: 'hea', layers: 8 },
    },
  },
} as const;

/** Steps of the flow at half of the stability limit. */
const steps = 500;

/** The gradient flow of an example's initialisations, by their numbers from 0; the ensemble's seed is that of the examples. */
export const exampleKind = {
  name: 'qnn-convergence-examples',
  seedRun({ example, gamma }) {
    const { data: asked, model: circuit } = examples[example];
    const { data, model: spec } = parseSpec({ data: asked, model: { ...circuit, observable: 'Z0', scale: gamma } });
    if ('file' in data) throw new Error('the data are generated');
    const dataset: Dataset = datasetFromTable(generateTable(data, engines.wasm), data, 1);
    const model = buildModel(spec, dataset.features.length, engines.wasm);
    const problem = regimeProblem(model, dataset, { seed: 7, loss: 'mean', steps });
    const labels = [...takeRows(dataset.y, dataset.outputs, dataset.train)];
    return atOnce((seed) => ({ ...regimeSeed(problem, seed), labels }));
  },
} as const satisfies Kind<ExampleSpec, undefined, ExampleResult>;
