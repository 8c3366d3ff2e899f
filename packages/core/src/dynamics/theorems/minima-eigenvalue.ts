import { InputError } from '../../errors.ts';
import type { Complex } from '../../linalg/complex.ts';
import { runSync, type Work } from '../../progress.ts';
import type { Random } from '../../random/random.ts';
import { extremes } from '../finite/kernel-parts.ts';
import { drawMinima, type MinimaSetting } from './global-minima.ts';

/** λ_g of random global minima, ascending, and what they say of the theorem's constant. */
export interface MinimaRates {
  /** λ_g, the least eigenvalue of K_asym; γ² is not divided out. */
  readonly lambda: Float64Array;
  /** λ_g falls short of this with probability δ: the δ-quantile. */
  readonly quantile: number;
  /** 2γ²(1 − 1/γ²) = 2(γ² − 1), the bound without its last term, which no minimum exceeds. */
  readonly ceiling: number;
  /** C₂ that turns the bound at δ into an equality; 0 for one sample. */
  readonly constant: number;
  /** (1 − 1/γ² − quantile/(2γ²))·d/m: C₂ if the bound's m²/d were m/d. */
  readonly perRatio: number;
}

/**
 * You et al. 2023, Theorem 4.4: at all global minima but a share δ of them
 * λ_g ≥ 2γ²(1 − 1/γ² − C₂·max{m²/d, (m/d)·log(2/δ)}), for orthogonal pure inputs and labels ±1.
 *
 * The proof's Eq. 113 must have R∘R where it has R (∘ entry by entry): K_asym = 2(γ² − 1) − 8γ²·R∘R∘A with
 * A = (G − 1)∘(G − 1)ᵀ. As R∘R is positive semidefinite with a diagonal of at most ((1 + 1/γ)/2)², Schur's inequality
 * gives ‖R∘R∘A‖ ≤ ((1 + 1/γ)/2)²·‖A‖ where the proof has (m/2)·‖A‖ for R: the bound holds with m/d in place of m²/d.
 *
 * @param samples - at least 1/δ.
 * @throws InputError where labels are not ±1, as many of each, γ ≤ 1, or there are too few samples to see δ.
 */
export function leastEigenvalueAtMinima(
  setting: MinimaSetting,
  samples: number,
  delta: number,
  draw: Random,
): MinimaRates {
  return runSync(lookingAtMinima(setting, samples, delta, draw));
}

/** The same as work, with an event after every minimum. */
export function* lookingAtMinima(
  setting: MinimaSetting,
  samples: number,
  delta: number,
  draw: Random,
): Work<MinimaRates> {
  const { dimension: d, labels, gamma } = setting;
  const m = labels.length;
  if (
    !labels.every((label) => Math.abs(label) === 1) ||
    labels.reduce((sum, label) => sum + label, 0) !== (m === 1 ? labels[0] : 0)
  )
    throw new InputError({
      where: 'labels',
      found: labels.join(', '),
      expected: 'as many 1 as -1',
      advice: 'the theorem is about no others',
    });
  if (!(delta > 0 && delta < 1 && samples >= 1 / delta))
    throw new InputError({
      where: 'samples',
      found: `${samples}`,
      expected: `at least 1/delta = ${Math.ceil(1 / delta)}`,
    });
  const lambda = new Float64Array(samples);
  let done = 0;
  for (const P of drawMinima(setting, samples, draw)) {
    lambda[done++] = extremes(minimumKernel(P, gamma)).least;
    yield { label: 'global minima', done, total: samples };
  }
  lambda.sort();
  const quantile = lambda[Math.floor(delta * samples)];
  const ceiling = 2 * (gamma ** 2 - 1);
  const shortfall = Math.max(0, ceiling - quantile) / (2 * gamma ** 2);
  return {
    lambda,
    quantile,
    ceiling,
    constant: m === 1 ? 0 : shortfall / Math.max((m * m) / d, (m / d) * Math.log(2 / delta)),
    perRatio: (shortfall * d) / m,
  };
}

/** K_asym = 2γ²(1 − |2P − 1|²) entry by entry, for orthonormal inputs and P = V†Π₊V. */
export function minimumKernel(P: Complex, gamma: number): Float64Array {
  const m = Math.sqrt(P.length / 2);
  return Float64Array.from({ length: m * m }, (_, at) => {
    const same = at % (m + 1) === 0 ? 1 : 0;
    return 2 * gamma ** 2 * (same - (2 * P[2 * at] - same) ** 2 - (2 * P[2 * at + 1]) ** 2);
  });
}
