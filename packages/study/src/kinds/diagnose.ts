import { buildModel, type Dataset, engines, type ModelSpec, type QasmCircuit } from '@qntk/core';
import { diagnosingSeed, diagnosisProblem, type SeedDiagnosis, type SeedOptions } from '@qntk/core/diagnose';
import type { Kind } from '../ensemble.ts';

/** With what settings initialisations are diagnosed. */
export interface DiagnoseSpec {
  readonly model: ModelSpec;
  readonly options: SeedOptions;
  /** Learning rate of the clock, as `diagnosisProblem` finds it. */
  readonly rate: number;
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
  seedRun({ model: spec, options, rate }, { dataset, circuit }) {
    const { features, states, outputs } = dataset;
    const model = buildModel(spec, features.length, engines.wasm, { states, circuit, outputs });
    const problem = diagnosisProblem(model, dataset, options, rate);
    return (seed) => diagnosingSeed(problem, seed);
  },
} as const satisfies Kind<DiagnoseSpec, DiagnoseData, SeedDiagnosis>;
