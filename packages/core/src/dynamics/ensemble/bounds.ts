import type { Work } from '../../progress.ts';
import { exponentialUpperBound, perturbationNorm } from '../theorems/exponential-upper-bound.ts';
import { oneSampleRate } from '../theorems/one-sample-rate.ts';
import { decayRates } from '../theorems/rates.ts';
import { sublinearLowerBound, sublinearSlopeOfLimit, sublinearSlopes } from '../theorems/sublinear-lower-bound.ts';
import { type AsymptoticSetting, asymptoticRuns, asymptoticSetting, changes } from './asymptotic.ts';
import { type FiniteSetting, finiteRunning, finiteSetting } from './finite.ts';
import type { DynamicsProblem, ProblemOptions } from './problem.ts';
import { type SeedRun, seedRun } from './run.ts';

/** The setting of a network of p parameters under its flow or, without p, of its limit. @throws InputError */
export function boundsSetting(
  options: ProblemOptions & { readonly p?: number; readonly time?: number },
): AsymptoticSetting | FiniteSetting {
  const { p } = options;
  return p === undefined ? asymptoticSetting(options) : finiteSetting({ ...options, p });
}

/** A bound L(t) ≥ 1/(c₀ + c₁t)² with one c₁. */
export interface Slope {
  readonly c1: number;
  /** c₁ over the least that would do for the run; null where the loss does not fall, so that none is needed. */
  readonly tightness: number | null;
  readonly holds: boolean;
}

/** What You et al.'s theorems say of the run of a seed; null where they do not apply. */
export interface SeedBounds extends SeedRun {
  readonly theorem32: {
    readonly c0: number;
    /** The least c₁ that would do. */
    readonly needed: number;
    /** As the theorem states it, 12·ηΣ‖H‖², and as its proof gives it, 8√2·ηΣ‖H‖²: of finite networks only. */
    readonly stated?: Slope;
    readonly proof?: Slope;
    /** 4√2·m of the limit p → ∞. */
    readonly limit: Slope;
  } | null;
  readonly theorem42: {
    /** C₀, the least λmin(K_asym) of the run; the theorem's rate is C₀/2. */
    readonly constant: number;
    /** The least −d ln L/dt of the run, by Lemma 3.1. */
    readonly leastRate: number | null;
    /** The largest ‖K_pert‖ of the run; the proof takes it to be at most C₀/10. */
    readonly perturbation: number;
    readonly premise: boolean;
    readonly holds: boolean;
  };
  readonly corollary43: {
    /** Slope of −d ln L/dt over 2(γ² − ŷ²): 2 in the limit. */
    readonly slope: number | null;
    /** C₁ as stated, γ² − 1, and what a start inside the labels has, 4(γ² − 1). */
    readonly stated: number;
    readonly inside: boolean;
    readonly holds: boolean;
  } | null;
}

/** A run, of a network or of the limit, as the theorems see it. */
interface Seen {
  readonly times: Float64Array;
  readonly outputs: Float64Array;
  readonly loss: Float64Array;
  readonly lambdaMin: Float64Array;
  readonly kernelChange: readonly number[];
  /** K at every time. */
  readonly kernels: readonly Float64Array[];
  readonly perturbation: number;
  /** c₁ of Theorem 3.2 as stated and as proven, where it applies. */
  readonly slopes?: { readonly stated: number; readonly proof: number };
}

/** Why Theorem 3.2 says nothing, or nothing where it does. */
export function outside32({ spectrum, labels }: DynamicsProblem): string | undefined {
  if (!spectrum.every(({ value }) => Math.abs(value) <= 1)) return 'it is about eigenvalues within ±1, γ included';
  if (!labels.every((label) => Math.abs(label) === 1)) return 'it is about labels ±1';
  return undefined;
}

/** The same of Corollary 4.3. */
export function outside43({ spectrum, labels }: DynamicsProblem): string | undefined {
  const [top, bottom] = [spectrum[0]!.value, spectrum.at(-1)!.value];
  if (labels.length !== 1 || Math.abs(labels[0]!) !== 1) return 'it is about one sample of label ±1';
  if (spectrum.length !== 2 || top !== -bottom) return 'it is about a readout ±γ';
  return top > 1 ? undefined : 'it is about γ > 1';
}

/** Why Theorem 4.4 does not apply; undefined where it does. */
export function outside44({ d, m, spectrum, labels }: DynamicsProblem): string | undefined {
  const [top, bottom] = [spectrum[0]!.value, spectrum.at(-1)!.value];
  const sum = labels.reduce((total, label) => total + label, 0);
  if (spectrum.length !== 2 || top !== -bottom) return 'it is about a readout ±γ';
  if (labels.some((label) => Math.abs(label) !== 1) || (labels.length > 1 && sum !== 0))
    return 'it is about labels ±1, as many of each';
  if (!(top > 1)) return 'it is about γ > 1';
  return d % 2 === 0 && d >= 2 * m ? undefined : 'it is about an even d of at least 2m';
}

/** The theorems on the run of each seed. */
export function boundsOf(setting: AsymptoticSetting | FiniteSetting): (seed: number) => Work<SeedBounds> {
  const see = 'p' in setting ? (seed: number) => seeFinite(setting, seed) : seeLimit(setting);
  return function* (seed) {
    const seen = yield* see(seed);
    const curves = { loss: [...seen.loss], lambdaMin: [...seen.lambdaMin], kernelChange: seen.kernelChange };
    const rates = decayRates(Float64Array.from(setting.labels), seen.outputs, seen.kernels);
    return {
      ...seedRun(seed, [...seen.times], curves),
      theorem32: outside32(setting) === undefined ? slopesOf(seen, setting.m) : null,
      theorem42: rateOf(seen, rates),
      corollary43: outside43(setting) === undefined ? singleOf(seen, rates, setting) : null,
    };
  };
}

function seeLimit(setting: AsymptoticSetting): (seed: number) => Work<Seen> {
  const runs = asymptoticRuns(setting);
  const size = setting.m ** 2;
  return function* (seed) {
    const run = yield* runs(seed);
    const kernels = Array.from(run.times, (_, k) => run.kernels.subarray(k * size, (k + 1) * size));
    return { ...run, kernels, kernelChange: changes(run.kernels, size), perturbation: 0 };
  };
}

function* seeFinite(setting: FiniteSetting, seed: number): Work<Seen> {
  const { problem, run } = yield* finiteRunning(setting, seed);
  return {
    ...run,
    kernels: run.kernels.map(({ kernel }) => kernel),
    // K_asym is positive semidefinite: what is below 0 is rounding.
    lambdaMin: run.lambdaMin.map((value) => Math.max(0, value)),
    kernelChange: [...run.kernelChange],
    perturbation: perturbationNorm(run),
    ...(outside32(setting) === undefined && { slopes: sublinearSlopes(problem.network, problem.labels) }),
  };
}

function slopesOf(seen: Seen, m: number): SeedBounds['theorem32'] {
  const { c0, needed } = sublinearLowerBound(seen, sublinearSlopeOfLimit(m));
  const slope = (c1: number): Slope => ({
    c1,
    tightness: needed > 0 ? c1 / needed : null,
    holds: sublinearLowerBound(seen, c1).holds,
  });
  const { slopes } = seen;
  return {
    c0,
    needed,
    ...(slopes && { stated: slope(slopes.stated), proof: slope(slopes.proof) }),
    limit: slope(sublinearSlopeOfLimit(m)),
  };
}

function rateOf(seen: Seen, rates: readonly (number | null)[]): SeedBounds['theorem42'] {
  const { constant, holds } = exponentialUpperBound(seen);
  const known = rates.filter((rate) => rate !== null);
  return {
    constant,
    leastRate: known.length > 0 ? Math.min(...known) : null,
    perturbation: seen.perturbation,
    premise: seen.perturbation <= constant / 10,
    holds,
  };
}

function singleOf(seen: Seen, rates: readonly (number | null)[], { spectrum, labels }: DynamicsProblem) {
  const gamma = spectrum[0]!.value;
  const { slope, holds, inside } = oneSampleRate({ ...seen, rates }, gamma, labels[0]!);
  return { slope, stated: gamma ** 2 - 1, inside, holds };
}
