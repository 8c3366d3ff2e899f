import { timeToOutput } from '@qntk/core/dynamics';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf } from '../../../tasks.ts';
import type { NetworkResult } from '../kinds/network.ts';
import { crossing, digits, type Mean, meanOf, meanText } from '../numbers.ts';
import { ensemblesOf, gammaName, gammasOf } from './fig2.ts';

/** L = 10⁻⁴: a residual of 0.014. */
const target = 1e-4;
const residual = Math.sqrt(2 * target);

interface Point {
  readonly gamma: number;
  /** Time until L = 10⁻⁴, over the initialisations that come there, and of how many. */
  readonly time: Mean;
  readonly runs: number;
  /** The exact limit's from the same starts ŷ(0). */
  readonly limit: Mean;
}

interface Analysis {
  readonly points: readonly Point[];
}

/** Of the limit, from ŷ(0): the closed form of one sample. */
const exactTime = (gamma: number, start: number) =>
  timeToOutput(start < 1 ? 1 - residual : 1 + residual, 1, gamma, start);

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-time-limit',
    where: 'Corollary 4.3, §4; ours',
    claim: 'One-sample networks with p = 320 take the time to L = 10⁻⁴ that the exact limit takes.',
    criterion: 'At every γ the mean over initialisations is within 10 % of the limit’s mean from the same starts.',
    judge({ points }) {
      const off = points.map(({ time, limit }) => Math.abs(time.mean / limit.mean - 1));
      return {
        found: points
          .map(({ gamma, time, limit }) => `γ = ${gamma}: ${meanText(time)} against ${meanText(limit)}`)
          .join('; '),
        verdict: off.every((value) => value <= 0.1) ? 'holds' : 'does not hold as stated',
        why: 'K_pert is a factor of each run about 1, by 1/√p.',
      };
    },
  },
  {
    id: 'c-time-gamma',
    where: '§4: “a faster convergence can be achieved” by scaling; ours',
    claim: 'From γ = 2 on the time falls as 1/γ².',
    criterion: 'γ²·t at γ = 8 is within 20 % of that at γ = 4, and γ²·t falls from each γ to the next.',
    judge({ points }) {
      const scaled = points.map(({ gamma, time }) => gamma ** 2 * time.mean);
      const falls = scaled.slice(1).every((value, k) => value < scaled[k]!);
      const last = scaled.at(-1)! / scaled.at(-2)!;
      return {
        found: `γ²·t: ${points.map(({ gamma }, k) => `γ = ${gamma}: ${digits(scaled[k]!)}`).join('; ')}`,
        verdict: falls && Math.abs(last - 1) <= 0.2 ? 'holds' : 'does not hold as stated',
        why: 'Far from the edge the kernel is 2γ². In steps at a fixed share of the stability limit, itself ∝ 1/γ², nothing is won beyond that: γ pays near the edge.',
      };
    },
  },
];

export const time: Figure<NetworkResult, Analysis> = {
  id: 'c-time',
  paper: 'qnn-convergence',
  title: 'Time to convergence against γ, with the exact limit',
  ensembles: ensemblesOf,
  analyse: (results, size: Size) => ({
    points: gammasOf(size).map((gamma) => {
      const runs = resultsOf<NetworkResult>(results, gammaName(gamma));
      return {
        gamma,
        time: meanOf(runs.flatMap(({ flow }) => crossing(flow.times, flow.loss, target) ?? [])),
        runs: runs.length,
        limit: meanOf(runs.map(({ flow }) => exactTime(gamma, flow.outputs[0]!))),
      };
    }),
  }),
  panels({ points }) {
    const gammas = Array.from({ length: 80 }, (_, k) => 1.02 * (10 / 1.02) ** (k / 79));
    return [
      panel({
        name: 'time',
        title: 'Time until L = 10⁻⁴, one sample',
        caption: `Marks: networks with d = 32, p = 320, ${points[0]!.runs} initialisations with two standard errors; line: the limit in closed form from ŷ = 0. At γ = 1 it needs t = ${digits(exactTime(1, 0), 2)}.`,
        x: { title: 'γ', scale: 'logarithmic', from: 0.97, to: 10.3 },
        y: { title: 'time t', scale: 'logarithmic' },
        series: [
          { label: 'limit p → ∞, exact', look: 5, line: gammas.map((x) => ({ x, y: exactTime(x, 0) })) },
          {
            label: 'networks',
            look: 1,
            marks: points.map(({ gamma, time: { mean } }) => ({ x: gamma, y: mean })),
            bars: points.map(({ gamma, time: { mean, error } }) => ({
              x: gamma,
              low: mean - 2 * error,
              high: mean + 2 * error,
            })),
          },
          {
            label: '∝ 1/γ²',
            look: 6,
            theory: true,
            line: gammas.map((x) => ({ x, y: (exactTime(10, 0) * 100) / x ** 2 })),
          },
        ],
      }),
    ];
  },
  claims,
};
