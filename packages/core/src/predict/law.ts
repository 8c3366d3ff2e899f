import { InputError } from '../errors.ts';
import { shown } from '../wording.ts';

/**
 * How far training has come, for every mode at once. Mode of eigenvalue λ has learned the share `gain(λ)` of its
 * residual; `gainOverLambda(λ)` is gain(λ)/λ, which stays finite as λ → 0 and carries it to test points.
 */
export interface Law {
  gain(lambda: number): number;
  gainOverLambda(lambda: number): number;
}

/**
 * Gradient flow until time t = η × steps (Scala et al. 2025, Eq. 4): gain = 1 − e^{−wλt}. `weight` w is 1/m for the
 * mean loss.
 */
export function flowLaw(t: number, weight: number): Law {
  const gain = (lambda: number) => -Math.expm1(-weight * lambda * t);
  return { gain, gainOverLambda: (lambda) => (weight * lambda * t < 1e-300 ? weight * t : gain(lambda) / lambda) };
}

/**
 * Gradient descent of a rate η after so many steps: gain = 1 − (1 − wηλ)^steps.
 *
 * @throws InputError where η is beyond the limit 2/(wλmax), above which the linear model diverges.
 */
export function descentLaw(steps: number, rate: number, weight: number, lambdaMax: number): Law {
  const limit = rateLimit(lambdaMax, weight);
  if (rate > limit)
    throw new InputError({
      where: 'training.rate',
      found: shown(rate),
      expected: `at most ${limit.toPrecision(6)}, the limit 2/(wλmax) of gradient descent`,
      advice: 'beyond it the forecast diverges',
    });
  const gain = (lambda: number) => {
    const x = weight * rate * lambda;
    // log1p keeps the digits of small x; beyond 1 every step overshoots and the sign alternates.
    return x < 1 ? -Math.expm1(steps * Math.log1p(-x)) : 1 - (1 - x) ** steps;
  };
  return {
    gain,
    gainOverLambda: (lambda) => (weight * rate * lambda < 1e-300 ? weight * rate * steps : gain(lambda) / lambda),
  };
}

/** @throws InputError where there are no times, or they are not finite numbers from 0 that ascend. */
export function checkTimes(times: Float64Array): void {
  if (times.length === 0) throw new InputError({ where: 'times', found: 'none', expected: 'at least one' });
  times.forEach((t, k) => {
    const least = times[k - 1] ?? 0;
    if (!(t >= least && t < Number.POSITIVE_INFINITY))
      throw new InputError({ where: `times[${k}]`, found: shown(t), expected: `a finite time from ${least}` });
  });
}

/** t = ∞, kernel regression (Scala et al. 2025, Eq. 5): every mode above the cut-off is learned in full. */
export const limitLaw: Law = { gain: () => 1, gainOverLambda: (lambda) => 1 / lambda };

/** Largest stable rate of gradient descent, 2/(wλmax); Infinity where the kernel is 0. */
export function rateLimit(lambdaMax: number, weight: number): number {
  return 2 / (weight * lambdaMax);
}
