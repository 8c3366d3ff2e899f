import {
  type AsymptoticSetting,
  asymptoticSeed,
  boundsOf,
  type FiniteSetting,
  finiteSeed,
  type SeedBounds,
  type SeedRecord,
} from '@qntk/core/dynamics';
import type { Kind } from '../ensemble.ts';

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
