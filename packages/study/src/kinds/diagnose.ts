import { buildModel, type Dataset, engines, type Model, type ModelSpec, type QasmCircuit } from '@qntk/core';
import {
  diagnosingSeed,
  diagnosisProblem,
  type KeptOut,
  keepingOut,
  type LimitAndReferences,
  limitAndReferences,
  type SeedDiagnosis,
  type SeedOptions,
} from '@qntk/core/diagnose';
import { atOnce, type Kind } from '../ensemble.ts';

/** With what settings initialisations are diagnosed. */
export interface DiagnoseSpec {
  readonly model: ModelSpec;
  readonly options: SeedOptions;
  /** Learning rate of the clock, as `diagnosisProblem` finds it; it does so again where left out. */
  readonly rate?: number;
}

/** What they are diagnosed on. */
export interface DiagnoseData {
  readonly dataset: Dataset;
  /** Where `model` of the SPEC names a file. */
  readonly circuit?: QasmCircuit;
}

/** The diagnosis of initialisations, by their numbers from 0. */
export const diagnoseKind = {
  name: 'diagnose',
  revision: 14,
  seedRun({ model: spec, options, rate }, data) {
    const problem = diagnosisProblem(modelOf(spec, data), data.dataset, options, rate);
    return (seed) => diagnosingSeed(problem, seed);
  },
} as const satisfies Kind<DiagnoseSpec, DiagnoseData, SeedDiagnosis>;

/** What a diagnosis says without any initialisation: one task, of the seed 0. */
export const limitKind = {
  name: 'limit',
  revision: 2,
  isWhole: true,
  seedRun({ model: spec }, data) {
    const model = modelOf(spec, data);
    return atOnce(() => limitAndReferences(model, data.dataset));
  },
} as const satisfies Kind<Pick<DiagnoseSpec, 'model'>, DiagnoseData, LimitAndReferences>;

/** What a training comes to on points that are kept out of it, of initialisations by their numbers from 0. */
export const keptOutKind = {
  name: 'kept-out',
  revision: 3,
  seedRun({ model: spec, options, rate }, data) {
    const problem = diagnosisProblem(modelOf(spec, data), data.dataset, options, rate);
    return (seed) => keepingOut(problem, seed);
  },
} as const satisfies Kind<DiagnoseSpec, DiagnoseData, KeptOut | null>;

function modelOf(spec: ModelSpec, { dataset, circuit }: DiagnoseData): Model {
  const { features, states, outputs } = dataset;
  return buildModel(spec, features.length, engines.wasm, { states, circuit, outputs });
}
