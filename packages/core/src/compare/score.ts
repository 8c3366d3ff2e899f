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
      return { floor: 0.03 + 1 / rung.jacobians, share: 0.45 };
    case 'training':
      return rung.whole ? { floor: 0, share: 0 } : { floor: 3 / rung.steps, share: 0.3 };
  }
}

/** Of a normal distribution, nine in ten lie within so many deviations. */
const nineInTen = 1.645;

/** R² below which nothing is told apart: such a candidate is worse than a constant. */
const least = -1;

/** The score of a candidate by the results of its initialisations, at least one; R² is counted from −1 up. */
export function scoreOf(results: readonly RungResult[], rung: Rung): ValidationScore {
  const values = results.map(({ r2 }) => Math.max(least, r2 ?? least));
  const mean = average(values);
  const std =
    values.length > 1
      ? Math.sqrt(average(values.map((value) => (value - mean) ** 2)) * (values.length / (values.length - 1)))
      : 0;
  const half = average(results.map((result, k) => missOf(result, values[k], rung)));
  const around = Math.hypot(half, (nineInTen * std) / Math.sqrt(values.length));
  return { mean, std, interval: [mean - around, Math.min(1, mean + around)] };
}

/** How far off R² of an initialisation may be: outputs that are off by d change it by 2d·√(1 − R²) + d². */
function missOf({ change }: RungResult, value: number, rung: Rung): number {
  const { floor, share } = widthOf(rung);
  const error = change === null ? 1 - value : 2 * change * Math.sqrt(1 - value) + change * change;
  return floor + share * error;
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
