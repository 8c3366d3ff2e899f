import { InputError } from '../errors.ts';
import { checkJacobian } from '../kernel/jacobian.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { initialTheta } from '../model/initial.ts';
import type { Model } from '../model/model.ts';
import { flowSystem } from '../predict/flow-system.ts';
import { halfStabilityLimit } from '../train/minimizing.ts';
import { preparePoints } from '../train/points.ts';
import { counted } from '../wording.ts';
import type { Diagnosis, SeedDiagnosis } from './diagnosis.ts';
import { rowsListed } from './listing.ts';
import type { DiagnoseOptions } from './options.ts';
import { labels } from './problem.ts';
import { diagnoseSeed } from './seed.ts';
import { summarise } from './summary.ts';
import { verdictsOf } from './verdicts.ts';

/**
 * Says from the Jacobians at initialisation how a model will train on a data set: what it can fit, what it never will,
 * how many steps it takes, how it does on unseen points, and how far that can be trusted (Scala et al. 2025, §2).
 *
 * @throws InputError where data and model do not fit together.
 */
export function diagnose(model: Model, dataset: Dataset, options: DiagnoseOptions): Diagnosis {
  if (dataset.outputs !== model.outputs)
    throw new InputError({
      where: 'model.observable',
      found: counted(model.outputs, 'observable'),
      expected: `${dataset.outputs}, one for each output that the labels make`,
    });
  checkJacobian(model, dataset.train.length + dataset.test.length);
  const rate = options.rate ?? defaultRate(model, dataset, options);
  const problem = { model, dataset, options, rate, ...labels(dataset) };
  const seeds: SeedDiagnosis[] = [];
  for (let index = 0; index < options.seeds; index++) {
    const theta0 = initialTheta(model, options.seed, index);
    const first = flowSystem(model, dataset, options.loss, theta0).jacobian(theta0);
    seeds.push(diagnoseSeed(problem, index, theta0, first));
    options.onProgress?.(index + 1, options.seeds);
  }
  const diagnosis = { ...header(model, dataset, options, rate), seeds, summary: summarise(seeds) };
  return { ...diagnosis, verdicts: verdictsOf(diagnosis, model, dataset) };
}

/** Half the stability limit of the first initialisation, as gradient descent has it; 1 where there is no gradient. */
function defaultRate(model: Model, dataset: Dataset, { loss, steps, seed }: DiagnoseOptions): number {
  const points = preparePoints(model, dataset, dataset.train);
  return halfStabilityLimit({ model, points, options: { loss, steps, theta0: initialTheta(model, seed, 0) } });
}

function header(
  model: Model,
  dataset: Dataset,
  options: DiagnoseOptions,
  rate: number,
): Omit<Diagnosis, 'seeds' | 'summary' | 'verdicts'> {
  const listed = rowsListed(dataset);
  const rows = (values: Float64Array, width: number, which: Int32Array) => [...takeRows(values, width, which)];
  return {
    schema: 'qntk/diagnosis/1',
    model: {
      qubits: model.circuit.qubits,
      parameters: model.parameters,
      inputs: model.inputs,
      outputs: model.outputs,
      scale: model.scale,
      observables: model.observables.map(({ text }) => text),
      description: options.description,
      ranges: model.ranges,
    },
    data: {
      source: options.source,
      features: dataset.features,
      classes: dataset.classes ?? null,
      train: dataset.train.length,
      test: dataset.test.length,
      trainRows: [...listed.train],
      testRows: [...listed.test],
      trainX: rows(dataset.X, dataset.features.length, listed.train),
      trainY: rows(dataset.y, dataset.outputs, listed.train),
      testX: rows(dataset.X, dataset.features.length, listed.test),
      testY: rows(dataset.y, dataset.outputs, listed.test),
    },
    training: {
      loss: options.loss,
      optimizer: options.optimizer,
      steps: options.steps,
      rate,
      rateSource: options.rate === undefined ? 'half the stability limit of the first initialisation' : 'given',
    },
  };
}
