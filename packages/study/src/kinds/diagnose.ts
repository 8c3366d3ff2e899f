import { buildModel, type Dataset, engines, type ModelSpec, type QasmCircuit } from '@qntk/core';
import {
  type DiagnosisProblem,
  diagnoseSeed,
  diagnosisProblem,
  type SeedDiagnosis,
  type SeedOptions,
} from '@qntk/core/diagnose';
import { atOnce, type Kind } from '../ensemble.ts';

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
    const { features, states } = dataset;
    const model = buildModel(spec, features.length, engines.wasm, { states, circuit });
    const problem = diagnosisProblem(model, dataset, options, rate);
    return atOnce((seed) => diagnoseSeed(problem, seed));
  },
} as const satisfies Kind<DiagnoseSpec, DiagnoseData, SeedDiagnosis>;

/**
 * Seconds that an amplitude of a gate takes in a Jacobian, and the cube of its size in the decompositions of a kernel (a core
 * of 2023): rather too few, as it is measured anyway how long initialisations take, and this says where not to wait for it.
 */
const secondsOf = { amplitude: 4e-10, cube: 2e-9 } as const;
/** Jacobians and decompositions of an initialisation, and how many more the flow and a training take at least. */
const times = { frozen: 10, flow: 20, verify: 60 } as const;
/** Arrays of the Jacobian's size that are held at a time. */
const jacobians = 6;

/** What an initialisation costs at least, in seconds on one processor, and about how much memory it takes. */
export function diagnoseCost({ model, dataset, options }: Pick<DiagnosisProblem, 'model' | 'dataset' | 'options'>): {
  readonly seconds: number;
  readonly bytes: number;
} {
  const { circuit, outputs, parameters } = model;
  const [points, training] = [dataset.train.length + dataset.test.length, dataset.train.length];
  const rows = training * outputs;
  const jacobian = points * 2 ** circuit.qubits * circuit.gate.length * outputs * secondsOf.amplitude;
  const kernel = rows * rows * Math.min(rows, parameters) * secondsOf.cube;
  const count = times.frozen + (options.tolerance === undefined ? 0 : times.flow) + (options.verify ? times.verify : 0);
  return {
    seconds: count * (jacobian + kernel),
    bytes: jacobians * Float64Array.BYTES_PER_ELEMENT * points * outputs * parameters,
  };
}
