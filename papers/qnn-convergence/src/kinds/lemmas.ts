import { finiteFlow, followLimit, largestGap, limitOf, perturbationNorm } from '@qntk/core';
import { atOnce, type Kind } from '@qntk/study';
import { angleDrift } from '../lemmas/angle-drift.ts';
import { angleSpeeds } from '../lemmas/angle-speed.ts';
import { generatorSpread } from '../lemmas/generator-spread.ts';
import { perturbationFromSpread } from '../lemmas/perturbation.ts';
import { startDeviation } from '../lemmas/start-deviation.ts';
import { problemOf, type Setting } from '../problem.ts';

/** What App. B is about, for one network followed to the time 2/γ. Changes are shares of the first residual (RMS). */
export interface LemmaResult {
  /** ‖Δ(0)‖ and its bounds at δ = 0.05. */
  readonly start: ReturnType<typeof startDeviation>;
  /** ‖Δ(t)‖ and ‖Y(t) − Y(0)‖ at the end. */
  readonly spread: number;
  readonly spreadChange: number;
  /** C₃ of Lemma B.4. */
  readonly spreadConstant: number;
  /** Largest change of an angle, and ‖θ(t) − θ(0)‖, at the end. */
  readonly largestAngle: number;
  readonly allAngles: number;
  /** Lemma B.3's bound over the largest change: Eq. 72 as stated, and the corrected one with operator norms. */
  readonly angleRoom: { readonly stated: number; readonly sharper: number };
  /** |dθ/dt| of the flow over Eq. 75's right-hand side. */
  readonly angleSpeed: number;
  /** Largest ‖K_pert‖ of the run. */
  readonly perturbation: number;
  /** Largest distance to the outputs of the limit. */
  readonly gap: number;
  /** Largest relative error of an entry: Lemma 3.1's commutators against JJᵀ, and Eq. 8 against K − K_asym. */
  readonly identities: { readonly kernel: number; readonly perturbation: number };
}

export const lemmaKind = {
  name: 'qnn-convergence-lemmas',
  seedRun: (setting) => atOnce((seed) => measured(setting, [seed])),
} as const satisfies Kind<Setting, undefined, LemmaResult>;

/** Networks of a seed differ with p and d in all they are made of. */
function measured(setting: Setting, words: readonly number[]): LemmaResult {
  const problem = problemOf(setting, [...words, setting.d, setting.m, setting.p]);
  const times = Float64Array.of(0, 1 / setting.gamma, 2 / setting.gamma);
  const run = finiteFlow(problem, times);
  const { problem: limit, start } = limitOf(problem);
  const residual = Math.sqrt(2 * run.loss[0]!);
  const angles = angleDrift(problem.network, run);
  const spread = generatorSpread(problem.network, run);
  const { stated, actual } = angleSpeeds(problem);
  return {
    start: startDeviation(problem.network, problem.theta0),
    spread: spread.deviation[2]!,
    spreadChange: spread.change[2]!,
    spreadConstant: spread.constant,
    largestAngle: angles.largest[2]! / residual,
    allAngles: angles.norm[2]! / residual,
    angleRoom: {
      stated: angles.stated[2]! / angles.largest[2]!,
      sharper: angles.sharper[2]! / angles.largest[2]!,
    },
    angleSpeed: actual / stated,
    perturbation: perturbationNorm(run),
    gap: largestGap(run.outputs, followLimit(limit, start, times).outputs, setting.m) / residual,
    identities: perturbationFromSpread(problem),
  };
}
