import type { LimitProblem } from './problem.ts';
import type { LimitState } from './state.ts';

/** What a run records at each time. */
export interface LimitRun {
  /** Ascending, from 0 on. */
  readonly times: Float64Array;
  /** ŷ: times × m. */
  readonly outputs: Float64Array;
  /** 1/(2m)·Σ(y − ŷ)², one for each time. */
  readonly loss: Float64Array;
  /** K_asym: times × m × m. */
  readonly kernels: Float64Array;
  /** The least eigenvalue of each K_asym. */
  readonly lambdaMin: Float64Array;
  /** ‖K_asym(end) − K_asym(0)‖/‖K_asym(0)‖, Frobenius. */
  readonly kernelChange: number;
  /** X at the last time. */
  readonly end: LimitState;
  /** Largest departure of any step from X†X = 1, before it was put back. */
  readonly departure: number;
  readonly steps: number;
  /** Evaluations of dX/dt. */
  readonly evaluations: number;
}

export interface LimitOptions {
  /** Ascending, from 0 on. */
  readonly times: Float64Array;
  /** Error of one step allowed, in X whose columns have length 1; 1e-12 where left out. */
  readonly tolerance?: number;
}

/** Follows the over-parameterised limit from a start. */
export type FollowLimit = (problem: LimitProblem, start: LimitState, options: LimitOptions) => LimitRun;
