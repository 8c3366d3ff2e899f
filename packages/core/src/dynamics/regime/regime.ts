/**
 * How a loss ends, by where the labels lie in what the readout can give (You et al. 2023, §4; Zhang et al. 2024 call
 * the three frozen kernel, critical and frozen error): inside, it falls exponentially; with a label on the edge as
 * 1/t²; with one outside it stays above 0.
 */
export type Regime = 'exponential' | 'sublinear' | 'stagnant';

/** `least` ≤ s·`most`: what labels ask of a readout that is scaled by s. */
export interface Demand {
  readonly least: number;
  readonly most: number;
}

/** A regime and what a factor s on the readout scale would make of it. */
export interface RegimeOfLabels {
  readonly regime: Regime;
  /**
   * Factors s with which training converges exponentially: `above` < s < `below`, the latter null where any larger one
   * will do; all of it null where no factor will.
   */
  readonly enough: { readonly above: number; readonly below: number | null } | null;
}

/** Labels this close to the edge, relative to its distance from 0, lie on it. */
const onEdge = 1e-12;

/**
 * The regime of labels, points × outputs, whose outputs may take any values in the ranges of the readouts, γ included.
 * It is the best any circuit can do: one that cannot fit the labels for other reasons stagnates in any case.
 */
export function regimeOfRanges(
  labels: ArrayLike<number>,
  ranges: readonly { readonly low: number; readonly high: number }[],
): RegimeOfLabels {
  return regimeOfDemands(
    Array.from(labels).flatMap((label, row) => {
      const { low, high } = ranges[row % ranges.length];
      return [
        { least: label, most: high },
        { least: -label, most: -low },
      ];
    }),
  );
}

/** The regime of several demands together. */
export function regimeOfDemands(demands: readonly Demand[]): RegimeOfLabels {
  const slack = demands.reduce((least, demand) => Math.min(least, slackOf(demand)), Number.POSITIVE_INFINITY);
  const regime = slack > onEdge ? 'exponential' : slack >= -onEdge ? 'sublinear' : 'stagnant';
  return { regime, enough: enoughFor(demands) };
}

function slackOf({ least, most }: Demand): number {
  const size = Math.max(Math.abs(least), Math.abs(most));
  return size > 0 ? (most - least) / size : 0;
}

function enoughFor(demands: readonly Demand[]): RegimeOfLabels['enough'] {
  let above = 0;
  let below = Number.POSITIVE_INFINITY;
  for (const { least, most } of demands) {
    if (most > 0) above = Math.max(above, least / most);
    else if (most < 0) below = Math.min(below, least / most);
    else if (least >= 0) return null;
  }
  if (!(above < below * (1 - onEdge))) return null;
  return { above, below: Number.isFinite(below) ? below : null };
}

/**
 * C = K − 2λε with λ = μ/K, for one training sample: K = gᵀg, μ = gᵀ(∇²ŷ)g, g = ∇ŷ, ε = ŷ − y (Zhang et al.
 * 2024). As training ends λ becomes constant, and C with it: above 0 the kernel stays, at 0 both K and ε go as 1/t, below 0 the error stays.
 */
export function conservedCharge(kernel: number, curvature: number, error: number): number {
  return kernel > 0 ? kernel - (2 * curvature * error) / kernel : 0;
}
