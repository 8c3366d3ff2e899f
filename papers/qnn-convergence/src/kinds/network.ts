import {
  decayRates,
  exponentialUpperBound,
  type FiniteProblem,
  type FiniteRun,
  finiteDescending,
  finiteFlowing,
  followLimit,
  largestGap,
  limitOf,
  logSpaced,
  perturbationNorm,
  sublinearLowerBound,
  sublinearSlopeOfLimit,
  sublinearSlopes,
} from '@qntk/core';
import { stageOf, type Work } from '@qntk/core/progress';
import type { Kind } from '@qntk/study';
import { problemOf, type Setting } from '../problem.ts';

/** A network, trained by gradient descent as You et al. 2023 do it and, beside it, by gradient flow. */
export interface NetworkSpec extends Setting {
  /** Steps of gradient descent at the rate 10⁻³/p; records are even in them. */
  readonly steps: number;
  /** Gradient descent is left out where the flow alone is wanted. */
  readonly descent: boolean;
  /** The flow goes on to so many times the time of the steps, with records even in its logarithm. */
  readonly beyond?: number;
}

/** One way of training, seen at `times`. */
export interface RunSeen {
  /** The limit's clock: steps · rate · pZ/m. */
  readonly times: readonly number[];
  readonly loss: readonly number[];
  /** ŷ, times × m. */
  readonly outputs: readonly number[];
  /** −d ln L/dt, by Lemma 3.1 from K and r; null where r = 0. */
  readonly rates: readonly (number | null)[];
  /** Least eigenvalue of K_asym. */
  readonly lambdaMin: readonly number[];
  /** Relative change of K_asym. */
  readonly asymptoticChange: readonly number[];
  /** The same of K. */
  readonly kernelChange: readonly number[];
  /** Largest ‖K_pert‖ of the run, operator norm. */
  readonly perturbation: number;
  /** Theorem 4.2: C₀ and whether the bound holds. */
  readonly constant: number;
  readonly bounded: boolean;
  /** Theorem 3.2, at γ = 1: the least c₁ that would do for the run. */
  readonly needed: number | null;
}

export interface NetworkResult {
  readonly descent: RunSeen | null;
  readonly flow: RunSeen;
  /** c₁ of Theorem 3.2 as stated, as its proof gives it, and of the limit; null unless γ = 1. */
  readonly slopes: { readonly stated: number; readonly proof: number; readonly limit: number } | null;
  /** Largest root mean square difference between the flow's outputs and those of the limit from the same M(0). */
  readonly gap: number;
}

/** Records of a run beside its start. */
const records = 100;
/** Records of what the flow does beyond. */
const further = 80;
const paperRate = 1e-3;

/** A seed's network is that of `qntk dynamics finite` with the same numbers. */
export const networkKind = {
  name: 'qnn-convergence-network',
  seedRun(spec) {
    return (seed) => training(spec, problemOf(spec, [seed]));
  },
} as const satisfies Kind<NetworkSpec, undefined, NetworkResult>;

function* training(spec: NetworkSpec, problem: FiniteProblem): Work<NetworkResult> {
  const { m, p, gamma, steps, descent, beyond = 1 } = spec;
  const marks = Int32Array.from({ length: records + 1 }, (_, k) => Math.round((k * steps) / records));
  const times = Array.from(marks, (step) => (step * (paperRate / p) * problem.network.strength) / m);
  const end = times[records]!;
  const all = beyond > 1 ? [...times, ...[...logSpaced(end, beyond * end, further + 1)].slice(1)] : times;
  // Ten thousand steps take far longer than a flow.
  const share = descent ? 0.9 : 0;
  const steeped = descent ? yield* stageOf(finiteDescending(problem, paperRate / p, marks), 0, share) : null;
  const flow = yield* stageOf(finiteFlowing(problem, Float64Array.from(all)), share, 1);
  const { problem: limit, start } = limitOf(problem);
  const slopes = gamma === 1 ? sublinearSlopes(problem.network, problem.labels) : null;
  return {
    descent: steeped && seen(steeped, gamma),
    flow: seen(flow, gamma),
    slopes: slopes && { ...slopes, limit: sublinearSlopeOfLimit(m) },
    gap: largestGap(flow.outputs, followLimit(limit, start, flow.times).outputs, m),
  };
}

function seen(run: FiniteRun, gamma: number): RunSeen {
  const kernels = run.kernels.map(({ kernel }) => kernel);
  const { constant, holds } = exponentialUpperBound(run);
  return {
    times: [...run.times],
    loss: [...run.loss],
    outputs: [...run.outputs],
    rates: decayRates(run.labels, run.outputs, kernels),
    // K_asym is positive semidefinite: what is below 0 is rounding.
    lambdaMin: Array.from(run.lambdaMin, (value) => Math.max(0, value)),
    asymptoticChange: [...run.asymptoticChange],
    kernelChange: [...run.kernelChange],
    perturbation: perturbationNorm(run),
    constant,
    bounded: holds,
    needed: gamma === 1 ? sublinearLowerBound(run, 0).needed : null,
  };
}
