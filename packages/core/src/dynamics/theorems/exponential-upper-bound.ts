import { extremes } from '../finite/kernel-parts.ts';
import type { FiniteRun } from '../finite/run.ts';
import { type LossCurve, staysBelow } from './curve.ts';

/** A run of a finite network or of the limit. */
export interface KernelCurve extends LossCurve {
  /** Least eigenvalue of K_asym at every time. */
  readonly lambdaMin: Float64Array;
}

/** L(t) ≤ L(0)·exp(−C₀t/2), compared with a run. */
export interface ExponentialBound {
  /** C₀, the least eigenvalue of K_asym over the run. */
  readonly constant: number;
  /** The bound at every time. */
  readonly bound: Float64Array;
  readonly holds: boolean;
  /** 2·C₀, four times the theorem's rate: −d ln L/dt is no less in the limit. */
  readonly limitRate: number;
}

/**
 * You et al. 2023, Theorem 4.2: where λmin(K_asym) stays above C₀ and p is large enough, the loss falls as exp(−C₀t/2)
 * at least.
 *
 * From dr/dt = −(K_asym + K_pert)r the rate is at least 2(C₀ − ‖K_pert‖): the premise of the proof, ‖K_pert‖ ≤ C₀/10,
 * gives 1.8·C₀, and the limit 2·C₀.
 */
export function exponentialUpperBound({ times, loss, lambdaMin }: KernelCurve): ExponentialBound {
  const constant = lambdaMin.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const bound = times.map((t) => loss[0] * Math.exp((-constant * t) / 2));
  return { constant, bound, holds: staysBelow(loss, bound), limitRate: 2 * constant };
}

/** The largest ‖K_pert‖_op over a run; the proof of Theorem 4.2 takes it to be at most C₀/10. */
export function perturbationNorm({ kernels }: FiniteRun): number {
  return kernels.reduce((most, { perturbation }) => {
    const { least, largest } = extremes(perturbation);
    return Math.max(most, -least, largest);
  }, 0);
}
