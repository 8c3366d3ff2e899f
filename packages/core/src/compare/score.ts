import { statistics } from '../dynamics/ensemble/statistics.ts';
import { r2Change } from '../forecast/interval.ts';
import type { Rung, RungResult } from './rung.ts';

/** What a rung says of a candidate: R² on rows kept out, over its initialisations. */
export interface ValidationScore {
  readonly mean: number;
  /** Over the initialisations; 0 for one. */
  readonly std: number;
  /** Holds what the whole training would score on the same rows, nine times in ten. */
  readonly interval: readonly [low: number, high: number];
}

/**
 * R² of an initialisation is missed by so much at least, and by this multiple of what the last quarter of the work says (one
 * Jacobian has none: of 1 − R²). What holds 90 % on the design half of papers/compare.
 */
function widthOf(rung: Rung): { readonly floor: number; readonly share: number } {
  switch (rung.kind) {
    case 'frozen':
      return { floor: 0.1, share: 0.75 };
    case 'forecast':
      return { floor: 0.03 + 1 / rung.jacobians, share: 0.25 };
    case 'training':
      if (rung.whole) return { floor: 0, share: 0 };
      // Steps that follow from gradients, or iterations of L-BFGS.
      return rung.share === undefined
        ? { floor: 3 / rung.steps, share: 0.3 }
        : { floor: 0.05 + 2 / (rung.share * rung.steps), share: 0.15 };
  }
}

/** Of a normal distribution, nine in ten lie within so many deviations. */
const nineInTen = 1.645;

/** What another initialisation makes of R², as a multiple of 1 − R², nine times in ten: on the same design half. */
const perInitialisation = 0.25;

/** R² below which nothing is told apart: such a candidate is worse than a constant. */
const least = -1;

/** The score of a candidate by the results of its initialisations, at least one; R² is counted from −1 up. */
export function scoreOf(results: readonly RungResult[], rung: Rung): ValidationScore {
  const values = results.map(({ r2 }) => Math.max(least, r2 ?? least));
  const { mean, std } = statistics(values);
  const half = results.reduce((sum, result, k) => sum + missOf(result, values[k], rung), 0) / results.length;
  // Of initialisations that are not looked at yet nothing is known but what they do on the whole.
  const unseen = perInitialisation * (1 - mean) * Math.sqrt(1 / values.length - 1 / (rung.of ?? values.length));
  const around = Math.hypot(half, unseen, (nineInTen * std) / Math.sqrt(values.length));
  return { mean, std, interval: [mean - around, Math.min(1, mean + around)] };
}

/** How far off R² of an initialisation may be. */
function missOf({ change }: RungResult, value: number, rung: Rung): number {
  const { floor, share } = widthOf(rung);
  const error = change === null ? 1 - value : r2Change(value, change);
  return floor + share * error;
}
