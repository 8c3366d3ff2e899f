import { type AsymptoticSetting, asymptoticSeed } from './asymptotic-seed.ts';
import { type FiniteSetting, finiteSeed } from './finite-seed.ts';
import type { SeedRecord } from './seed-run.ts';

/** Seeds of one setting; plain data, so that it can be sent to a thread. */
export type SeedTask = { readonly seeds: readonly number[] } & (
  | { readonly kind: 'asymptotic'; readonly setting: AsymptoticSetting }
  | { readonly kind: 'finite'; readonly setting: FiniteSetting }
);

/** What is done for each seed. */
export function workOf(task: SeedTask): (seed: number) => SeedRecord {
  return task.kind === 'asymptotic' ? asymptoticSeed(task.setting) : finiteSeed(task.setting);
}
