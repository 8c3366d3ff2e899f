import { buildModel, engines, type ModelSpec } from '@qntk/core';
import { type RungOptions, type RungResult, rungOf } from '@qntk/core/compare';
import type { Kind } from '../ensemble.ts';
import type { DiagnoseData } from './diagnose.ts';

/** A candidate and the rung that judges it. */
export interface CompareSpec {
  readonly model: ModelSpec;
  readonly options: RungOptions;
}

/** What a rung says of a candidate, for initialisations by their numbers from 0. */
export const compareKind = {
  name: 'compare',
  revision: 4,
  seedRun({ model: spec, options }, { dataset, circuit }) {
    const { features, states, outputs } = dataset;
    return rungOf(buildModel(spec, features.length, engines.wasm, { states, circuit, outputs }), dataset, options);
  },
} as const satisfies Kind<CompareSpec, DiagnoseData, RungResult>;
