import type { Work } from '../../progress.ts';
import { random } from '../../random/random.ts';
import { counted } from '../../wording.ts';
import { lookingAtMinima } from '../theorems/minima-eigenvalue.ts';
import type { AsymptoticSetting } from './asymptotic.ts';
import { outside32, outside43, outside44, type SeedBounds } from './bounds.ts';
import type { FiniteSetting } from './finite.ts';
import type { DynamicsProblem } from './problem.ts';
import { summaryOf } from './run.ts';

/** The theorems of You et al. 2023 beside what runs of a setting show. */
export interface BoundsDocument {
  readonly schema: 'qntk/dynamics-bounds/1';
  readonly setting: AsymptoticSetting | FiniteSetting;
  readonly seeds: readonly SeedBounds[];
  readonly summary: ReturnType<typeof summaryOf>;
  /** λ_g at random global minima. */
  readonly theorem44: {
    readonly samples: number;
    readonly delta: number;
    /** λ_g falls short of this with probability δ. */
    readonly quantile: number;
    /** 2(γ² − 1), which no minimum exceeds. */
    readonly ceiling: number;
    /** C₂ that makes the bound an equality; null, with a reason, where λ_g is the ceiling to rounding. */
    readonly constant: number | null;
    /** The same if the bound's m²/d were m/d. */
    readonly perRatio: number | null;
  } | null;
  /** Why a theorem is null. */
  readonly reasons: Record<string, string>;
}

const minima = { samples: 1000, delta: 0.05 };
/** Inputs for which minima can be drawn in an hour or two: each takes m⁴ operations, 2 000 times. */
const mostInputs = 128;
/** A shortfall of λ_g below this share of its ceiling is rounding. */
const rounding = 1e-12;

/**
 * Joins what the runs of a setting show, one or more, and draws random global minima with the first seed: work with an event
 * after each of these.
 *
 * A theorem that does not apply is null, with its reason.
 */
export function* joiningBounds(
  setting: AsymptoticSetting | FiniteSetting,
  seeds: readonly SeedBounds[],
): Work<BoundsDocument> {
  const reasons: Record<string, string> = {};
  const [why32, why43] = [outside32(setting), outside43(setting)];
  if (why32) reasons.theorem32 = why32;
  if (why43) reasons.corollary43 = why43;
  const theorem44 = yield* minimaOf(setting, seeds[0].seed, reasons);
  return { schema: 'qntk/dynamics-bounds/1', setting, seeds, summary: summaryOf(seeds), theorem44, reasons };
}

function* minimaOf(
  problem: DynamicsProblem,
  seed: number,
  reasons: Record<string, string>,
): Work<BoundsDocument['theorem44']> {
  const { d, m, spectrum, labels } = problem;
  const tooLong = `${minima.samples} random minima of ${counted(m, 'input')} take too long: at most ${counted(mostInputs, 'input')}`;
  const why = m > mostInputs ? tooLong : outside44(problem);
  if (why !== undefined) {
    reasons.theorem44 = why;
    return null;
  }
  const setting = {
    dimension: d,
    labels: Float64Array.from(labels),
    gamma: spectrum[0].value,
    measure: 'directions',
  } as const;
  const found = yield* lookingAtMinima(setting, minima.samples, minima.delta, random(seed));
  const { quantile, ceiling } = found;
  const seen = ceiling - quantile > rounding * ceiling;
  if (!seen) reasons['theorem44.constant'] = 'the least eigenvalue falls short of its ceiling by rounding only';
  const [constant, perRatio] = seen ? [found.constant, found.perRatio] : [null, null];
  return { ...minima, quantile, ceiling, constant, perRatio };
}
