import { type AsymptoticSetting, asymptoticSeed } from './asymptotic.ts';
import { type FiniteSetting, finiteSeed } from './finite.ts';
import type { SeedRecord } from './run.ts';

/** What is done for every seed of an ensemble; plain data, so that it can be sent to a thread. */
export type SeedTask =
  | { readonly kind: 'asymptotic'; readonly setting: AsymptoticSetting }
  | { readonly kind: 'finite'; readonly setting: FiniteSetting };

/** What is done for each seed. */
export function workOf(task: SeedTask): (seed: number) => SeedRecord {
  return task.kind === 'asymptotic' ? asymptoticSeed(task.setting) : finiteSeed(task.setting);
}
