import {
  type AsymptoticSetting,
  asymptoticSeed,
  type FiniteSetting,
  finiteSeed,
  type SeedRecord,
} from '@qntk/core/dynamics';
import { atOnce, type Kind } from '../ensemble.ts';

/** The limit p → ∞ of a periodic network, from a random start. */
export const asymptoticKind = {
  name: 'dynamics-asymptotic',
  seedRun: (setting) => atOnce(asymptoticSeed(setting)),
} as const satisfies Kind<AsymptoticSetting, undefined, SeedRecord>;

/** A periodic network of p parameters. */
export const finiteKind = {
  name: 'dynamics-finite',
  seedRun: (setting) => atOnce(finiteSeed(setting)),
} as const satisfies Kind<FiniteSetting, undefined, SeedRecord>;
