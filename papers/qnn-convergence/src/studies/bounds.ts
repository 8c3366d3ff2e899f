import {
  decayRates,
  exponentialUpperBound,
  finiteFlow,
  perturbationNorm,
  sublinearLowerBound,
  sublinearSlopes,
} from '@qntk/core';
import { digits, mean, type Study, table } from '../../../table.ts';
import { problemOf, type Setting } from '../problem.ts';

/** The theorems on the run of one network to time t. */
export interface BoundsOfRun {
  readonly loss: number;
  /** C₀ of Theorem 4.2, and whether its bound holds. */
  readonly constant: number;
  readonly holds: boolean;
  /** Least rate −d ln L/dt over 2C₀. */
  readonly rate: number;
  /** ‖K_pert‖/C₀. */
  readonly perturbation: number;
  /** c₁ of Theorem 3.2's proof over the least that would do; null for γ ≠ 1, which it is not about. */
  readonly slope: number | null;
  /** Relative changes of K and of K_asym. */
  readonly change: number;
  readonly asymptoticChange: number;
}

const records = 26;

export function boundsOfRun(setting: Setting, end: number, word: number): BoundsOfRun {
  const problem = problemOf(setting, [31, setting.d, setting.m, setting.p, word]);
  const times = Float64Array.from({ length: records }, (_, k) => (end * k) / (records - 1));
  const run = finiteFlow(problem, times);
  const { constant, holds } = exponentialUpperBound(run);
  const kernels = run.kernels.map(({ kernel }) => kernel);
  const rates = decayRates(problem.labels, run.outputs, kernels).filter((rate) => rate !== null);
  const c1 = setting.gamma === 1 ? sublinearSlopes(problem.network, problem.labels).proof : null;
  return {
    loss: run.loss[records - 1],
    constant,
    holds,
    rate: Math.min(...rates) / (2 * constant),
    perturbation: perturbationNorm(run) / constant,
    slope: c1 === null ? null : c1 / sublinearLowerBound(run, c1).needed,
    change: run.kernelChange[records - 1],
    asymptoticChange: run.asymptoticChange[records - 1],
  };
}

const settings = [
  ...[10, 20, 40, 80].map((p) => ({ d: 32, m: 4, gamma: 1, p, end: 2.5 })),
  ...[10, 20, 40, 80].map((p) => ({ d: 32, m: 4, gamma: 4, p, end: 0.25 })),
  ...[80, 320, 1280].map((p) => ({ d: 32, m: 4, gamma: 2, p, end: 2.5 })),
];

const networks = 10;

const span = (values: readonly number[]) => `${digits(Math.min(...values))} … ${digits(Math.max(...values))}`;

export const boundsStudy: Study = {
  name: 'bounds',
  title: 'Bounds on runs of finite networks',
  print() {
    const rows = settings.map(({ end, ...setting }) => {
      const runs = Array.from({ length: networks }, (_, word) => boundsOfRun(setting, end, word));
      const of = (name: 'loss' | 'constant' | 'rate' | 'perturbation' | 'change' | 'asymptoticChange') =>
        runs.map((run) => run[name]);
      const slopes = runs.flatMap(({ slope }) => slope ?? []);
      return [
        `${setting.d}, ${setting.m}, ${setting.gamma}, ${setting.p}`,
        end,
        `${digits(mean(of('loss')))} (${span(of('loss'))})`,
        digits(mean(of('constant')), 3),
        span(of('rate')),
        `${runs.filter(({ holds }) => holds).length} of ${networks}`,
        digits(mean(of('perturbation'))),
        slopes.length > 0 ? span(slopes) : '–',
        `${digits(mean(of('change')))} / ${digits(mean(of('asymptoticChange')))}`,
      ];
    });
    const head = ['d, m, γ, p', 't', 'L(t) (least … largest)', 'C₀', 'least rate/(2C₀)', '4.2 holds', '‖K_pert‖/C₀'];
    return { text: table([...head, '3.2: c₁/needed', 'change of K / K_asym'], rows) };
  },
};
