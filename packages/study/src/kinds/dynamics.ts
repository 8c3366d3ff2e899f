import { buildModel, engines, type ModelSpec } from '@qntk/core';
import {
  type AsymptoticSetting,
  asymptoticSeed,
  boundsOf,
  type FiniteSetting,
  finiteSeed,
  type RegimeOptions,
  regimeProblem,
  regimeSeed,
  type SeedBounds,
  type SeedRecord,
  type SeedRun,
} from '@qntk/core/dynamics';
import { atOnce, type Kind } from '../ensemble.ts';
import type { DiagnoseData } from './diagnose.ts';

/** The limit p → ∞ of a periodic network, from a random start. */
export const asymptoticKind = {
  name: 'dynamics-asymptotic',
  seedRun: (setting) => asymptoticSeed(setting),
} as const satisfies Kind<AsymptoticSetting, undefined, SeedRecord>;

/** A periodic network of p parameters. */
export const finiteKind = {
  name: 'dynamics-finite',
  seedRun: (setting) => finiteSeed(setting),
} as const satisfies Kind<FiniteSetting, undefined, SeedRecord>;

/** You et al.'s theorems beside a run of either. */
export const boundsKind = {
  name: 'dynamics-bounds',
  seedRun: (setting) => boundsOf(setting),
} as const satisfies Kind<AsymptoticSetting | FiniteSetting, undefined, SeedBounds>;

/** With what settings the flow of a model is followed. */
export interface RegimeSpec {
  readonly model: ModelSpec;
  /** With the rate that `regimeProblem` finds. */
  readonly options: RegimeOptions;
}

/** How the loss of a model ends, for initialisations by their numbers from 0. */
export const regimeKind = {
  name: 'dynamics-regime',
  seedRun({ model: spec, options }, { dataset, circuit }) {
    const { features, states } = dataset;
    const model = buildModel(spec, features.length, engines.wasm, { states, circuit });
    const problem = regimeProblem(model, dataset, options);
    return atOnce((seed) => regimeSeed(problem, seed));
  },
} as const satisfies Kind<RegimeSpec, DiagnoseData, SeedRun>;
