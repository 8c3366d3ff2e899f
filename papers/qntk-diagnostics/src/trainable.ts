import {
  buildModel,
  type Dataset,
  datasetFromTable,
  engines,
  generateTable,
  initialTheta,
  modelSchema,
  parseSpec,
  scoreTraining,
  type Table,
  train,
} from '@qntk/core';
import { digits, type Study, table } from '../../table.ts';
import diabetes from '../data/diabetes.json' with { type: 'json' };
import { spread } from './problems.ts';

const seed = 7;

/** Every other point for training, features in [−π/2, π/2] by those. */
function split(source: Table, points: number): Dataset {
  const cells = Array.from({ length: points }, (_, row) => (row % 2 ? 'test' : 'train'));
  const options = { range: [-Math.PI / 2, Math.PI / 2], seed: 1 };
  return datasetFromTable({ ...source, split: { name: 'part', cells } }, options, 1);
}

/** What is trained beside the angles, as keys of a SPEC. */
export const choices = {
  fixed: {},
  scaling: { scaling: 'trainable' },
  readout: { readout: 'trainable' },
  both: { scaling: 'trainable', readout: 'trainable' },
} as const;

/** Data sets and the γ that reaches their labels: ±1, and standardised ones up to 2.5. */
export const sets = {
  moons: { scale: 1.5, dataset: moons },
  diabetes: { scale: 3, dataset: standardizedDiabetes },
} as const;

function moons(): Dataset {
  const points = 100;
  const { data } = parseSpec({ data: { source: 'moons', points, seed: 1 }, model: modelOf('Z0', 1, {}) });
  if ('file' in data) throw new Error('the data are generated');
  return split(generateTable(data, engines.wasm), points);
}

/** Labels of mean 0 and deviation 1 over the training points. */
function standardizedDiabetes(): Dataset {
  const features = diabetes.features.map(({ name, values }) => ({ name, values: Float64Array.from(values) }));
  const points = diabetes.target.length;
  const dataset = split({ features, targetName: 'progression', target: Float64Array.from(diabetes.target) }, points);
  const labels = Array.from(dataset.train, (row) => dataset.y[row]);
  const { mean, std } = spread(labels);
  return { ...dataset, y: dataset.y.map((label) => (label - mean) / std) };
}

function modelOf(observable: string, scale: number, { scaling, readout }: { scaling?: string; readout?: string }) {
  return {
    qubits: 4,
    encoding: { gate: 'RY', reupload: true, ...(scaling && { scaling }) },
    ansatz: { kind: 'hea', layers: 4 },
    observable,
    scale,
    ...(readout && { readout }),
  };
}

/** R² on training and test points of one initialisation after L-BFGS, and the number of parameters. */
export function trainedR2(
  set: keyof typeof sets,
  observable: string,
  choice: keyof typeof choices,
  { steps, index }: { readonly steps: number; readonly index: number },
) {
  const { scale, dataset: make } = sets[set];
  const dataset = make();
  const spec = modelSchema.parse(modelOf(observable, scale, choices[choice]));
  const model = buildModel(spec, dataset.features.length, engines.wasm);
  const theta0 = initialTheta(model, seed, index);
  const run = train(model, dataset, { optimizer: 'lbfgs', loss: 'mean', steps, theta0 });
  const scores = scoreTraining(dataset, run);
  return { train: scores.train.r2.value as number, test: scores.test.r2.value as number, parameters: model.parameters };
}

const initialisations = 10;
const budget = 300;

/** Mean and deviation of R² over ten initialisations, after at most 300 iterations. */
export function r2Spreads(...setting: [keyof typeof sets, string, keyof typeof choices]) {
  const runs = Array.from({ length: initialisations }, (_, index) => trainedR2(...setting, { steps: budget, index }));
  return {
    train: spread(runs.map((run) => run.train)),
    test: spread(runs.map((run) => run.test)),
    parameters: runs[0].parameters,
  };
}

const cell = ({ mean, std }: ReturnType<typeof spread>) => `${digits(mean, 3)} ± ${digits(std)}`;

export const trainableStudy: Study = {
  name: 'trainable',
  title: 'Trained input scaling and readout',
  print() {
    const names = Object.keys(choices) as (keyof typeof choices)[];
    const rows = (Object.keys(sets) as (keyof typeof sets)[]).flatMap((set) =>
      ['Z0', 'mean-Z'].flatMap((observable) =>
        names.map((choice) => {
          const { train, test, parameters } = r2Spreads(set, observable, choice);
          return [set, observable, choice, parameters, cell(train), cell(test)];
        }),
      ),
    );
    return { text: table(['data', 'observable', 'trained', 'parameters', 'R², training', 'R², test'], rows) };
  },
};
