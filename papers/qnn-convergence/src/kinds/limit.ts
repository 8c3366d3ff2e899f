import {
  decayRates,
  fitDecay,
  haarState,
  limitFollowing,
  limitProblem,
  orthonormalInputs,
  type Random,
  random,
  timesTo,
} from '@qntk/core';
import type { Work } from '@qntk/core/progress';
import type { Kind } from '@qntk/study';
import { readoutOfShape } from '../readout-of-shape.ts';

/** The limit p → ∞ from a Haar-random start. */
export interface LimitSpec {
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
  /** Eigenvalues of M₀ before γ, which share d equally; ±1 where left out. */
  readonly eigenvalues?: readonly number[];
  /** Drawn from ±1 as You et al. 2023 do it, or one number for every input. */
  readonly labels: 'random' | number;
  /** End of the run; 0 and 120 times up to it are recorded, even in their logarithm. */
  readonly time: number;
  /** Curves are kept for pictures of runs; sweeps need none. */
  readonly curves: boolean;
  /** Error of a step; `followLimit`'s own where left out. */
  readonly tolerance?: number;
}

/** One run of the limit. */
export interface LimitResult {
  /** Least eigenvalue of K_asym at the start, the least of the run, and at the end. */
  readonly lambda: { readonly start: number; readonly least: number; readonly end: number };
  /** ‖K_asym(t) − K_asym(0)‖/‖K_asym(0)‖ at the end. */
  readonly change: number;
  readonly loss: { readonly start: number; readonly end: number };
  /** Least −d ln L/dt over 2·C₀, by Lemma 3.1; null where all residuals are 0. */
  readonly rateShare: number | null;
  /** How the loss ends, fitted. */
  readonly rate: number | null;
  readonly exponent: number | null;
  readonly curves?: {
    readonly times: readonly number[];
    readonly loss: readonly number[];
    readonly lambdaMin: readonly number[];
  };
}

export const limitKind = {
  name: 'qnn-convergence-limit',
  seedRun: (spec) => (seed) => following(spec, random(seed)),
} as const satisfies Kind<LimitSpec, undefined, LimitResult>;

function* following(spec: LimitSpec, draw: Random): Work<LimitResult> {
  const { d, m, gamma, eigenvalues = [1, -1], time } = spec;
  const labels = Float64Array.from({ length: m }, () =>
    spec.labels === 'random' ? 1 - 2 * draw.integer(2) : spec.labels,
  );
  const problem = limitProblem(readoutOfShape(d, eigenvalues, gamma), orthonormalInputs(m), labels);
  const times = Float64Array.from(timesTo(time));
  const { outputs, loss, kernels, lambdaMin, kernelChange } = yield* limitFollowing(problem)(
    haarState(problem, draw),
    times,
    spec.tolerance,
  );
  const last = times.length - 1;
  const least = lambdaMin.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const along = Array.from(times, (_, k) => kernels.subarray(k * m * m, (k + 1) * m * m));
  // Where a residual is rounding, so is the rate made of it.
  const meant = (k: number) => loss[k]! > 1e-20 * loss[0]!;
  const rates = decayRates(labels, outputs, along).filter((rate, k) => rate !== null && meant(k)) as number[];
  const decay = fitDecay(times, loss);
  return {
    lambda: { start: lambdaMin[0]!, least, end: lambdaMin[last]! },
    change: kernelChange,
    loss: { start: loss[0]!, end: loss[last]! },
    rateShare: rates.length > 0 && least > 0 ? Math.min(...rates) / (2 * least) : null,
    rate: decay?.rate.value ?? null,
    exponent: decay?.exponent?.value ?? null,
    ...(spec.curves && { curves: { times: [...times], loss: [...loss], lambdaMin: [...lambdaMin] } }),
  };
}
