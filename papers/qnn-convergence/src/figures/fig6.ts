import type { DrawnPlot } from '@qntk/report/plots';
import type { Ensemble } from '@qntk/study';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type LimitResult, limitKind } from '../kinds/limit.ts';
import { type NetworkResult, networkKind } from '../kinds/network.ts';
import { band, digits, meanOf, meanText, range, shareText } from '../numbers.ts';

/** The paper's m and γ; d and p, which it does not give, are those of Figs. 1 and 2 and one d smaller. */
const [m, gamma] = [4, 2];
/** Four thousand steps: t = 1, in which the limit's loss goes through e^−12. */
const steps = 4000;
const time = 1;

const dimensionsOf = (size: Size) => (size === 'full' ? [16, 32, 64] : [16]);
const networks = [
  { p: 80, descent: true },
  { p: 320, descent: false },
];
const networksOf = (size: Size) => networks.filter(({ p }) => size === 'full' || p < 320);
const networkName = (d: number, p: number) => `d = ${d}, p = ${p}`;
const limitName = (d: number) => `d = ${d}, p → ∞`;

interface Curve {
  readonly d: number;
  /** Null for the limit. */
  readonly p: number | null;
  readonly times: readonly number[];
  /** Mean of λmin(K_asym) over initialisations, and its standard deviation. */
  readonly lambdaMin: readonly number[];
  readonly deviation: readonly number[];
  /** λmin at the end over that at the start, each run. */
  readonly share: readonly number[];
  /** Runs whose λmin at the end is within 5 % of the least of the run. */
  readonly leastAtEnd: number;
  /** Change of K_asym and of K at the end, each run; of the limit both are the same. */
  readonly change: readonly number[];
  readonly kernelChange: readonly number[];
  /** Largest relative difference of λmin between descent and flow. */
  readonly apart: number | null;
}

interface Analysis {
  readonly curves: readonly Curve[];
}

/** λmin within this of the least of its run counts as the least. */
const near = 1.05;

function networkCurve(d: number, p: number, runs: readonly NetworkResult[]): Curve {
  const flows = runs.map(({ flow }) => flow);
  const { mean, deviation } = band(flows.map(({ lambdaMin }) => lambdaMin));
  const both = runs.flatMap(({ descent, flow }) =>
    descent ? [descent.lambdaMin.map((value, k) => Math.abs(value / flow.lambdaMin[k]! - 1))] : [],
  );
  return {
    d,
    p,
    times: flows[0]!.times,
    lambdaMin: mean,
    deviation,
    share: flows.map(({ lambdaMin }) => lambdaMin.at(-1)! / lambdaMin[0]!),
    leastAtEnd: flows.filter(({ lambdaMin }) => lambdaMin.at(-1)! <= near * Math.min(...lambdaMin)).length,
    change: flows.map(({ asymptoticChange }) => asymptoticChange.at(-1)!),
    kernelChange: flows.map(({ kernelChange }) => kernelChange.at(-1)!),
    apart: both.length > 0 ? Math.max(...both.flat()) : null,
  };
}

function limitCurve(d: number, runs: readonly LimitResult[]): Curve {
  const curves = runs.map((run) => run.curves!.lambdaMin);
  const { mean, deviation } = band(curves);
  return {
    d,
    p: null,
    times: runs[0]!.curves!.times,
    lambdaMin: mean,
    deviation,
    share: runs.map(({ lambda }) => lambda.end / lambda.start),
    leastAtEnd: runs.filter(({ lambda }) => lambda.end <= near * lambda.least).length,
    change: runs.map(({ change }) => change),
    kernelChange: runs.map(({ change }) => change),
    apart: null,
  };
}

const nameOf = ({ d, p }: Curve) => (p === null ? limitName(d) : networkName(d, p));

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-6-bottleneck',
    where: '§4, below Fig. 3, about Fig. 6',
    claim: 'The smallest rates are met near the global minima: the bottleneck is where L is small.',
    criterion:
      'In at least nine of ten runs of every curve λmin(K_asym) at the end is within 5 % of the least of the run; of most curves only: with a condition.',
    judge({ curves }) {
      const fine = curves.filter(({ leastAtEnd, share }) => leastAtEnd >= 0.9 * share.length);
      const total = curves.reduce((sum, { share }) => sum + share.length, 0);
      const all = curves.reduce((sum, { leastAtEnd }) => sum + leastAtEnd, 0);
      return {
        found: `${shareText(all, total)}; ${curves.map((curve) => `${nameOf(curve)}: ${curve.leastAtEnd} of ${curve.share.length}`).join('; ')}`,
        verdict:
          fine.length === curves.length
            ? 'holds'
            : fine.length > curves.length / 2
              ? 'holds with a condition'
              : 'does not hold as stated',
        why: 'λmin falls as outputs leave 0 for the labels, on the mean from 2γ²(1 − m/d) or less to 2(γ² − 1) or less.',
      };
    },
  },
  {
    id: 'c-6-change',
    where: 'Fig. 6, App. D.2',
    claim: 'In over-parameterised networks too K_asym changes significantly (≥ 5 %) during training.',
    criterion:
      'The mean relative change of K_asym at the end, less two standard errors, is at least 5 % for every d and p.',
    judge({ curves }) {
      const means = curves.map(({ change }) => meanOf(change));
      return {
        found: curves.map((curve, k) => `${nameOf(curve)}: ${meanText(means[k]!)}`).join('; '),
        verdict: means.every(({ mean, error }) => mean - 2 * error >= 0.05) ? 'holds' : 'does not hold as stated',
        why: 'About 1/γ² = 0.25, as in the limit: p makes no difference to K_asym’s change.',
      };
    },
  },
  {
    id: 'c-6-limit',
    where: 'Theorem 4.2, Fig. 6',
    claim: 'λmin(K_asym) along the training of networks follows the asymptotic dynamics.',
    criterion:
      'For the largest p the mean curve is within 15 % of the limit’s mean curve at every time, for every d (starts differ, ten initialisations).',
    judge({ curves }) {
      const off = curves
        .filter(({ p }) => p === Math.max(...curves.map((one) => one.p ?? 0)))
        .map((curve) => ({
          name: nameOf(curve),
          off: largestGap(curve, curves.find(({ d, p }) => d === curve.d && p === null)!),
        }));
      return {
        found: off.map(({ name, off: value }) => `${name}: ${digits(100 * value, 2)} %`).join('; '),
        verdict: off.every(({ off: value }) => value <= 0.15) ? 'holds' : 'does not hold as stated',
        why: 'Means of ten networks and of a hundred starts of the limit: part of the difference is their scatter.',
      };
    },
  },
];

/** Largest relative difference of two mean curves, at the times of the first. */
function largestGap(curve: Curve, limit: Curve): number {
  return curve.times.reduce((most, t, k) => {
    const found = limit.times.findIndex((time) => time >= t);
    // The ends of both are the same time up to rounding.
    const next = found < 0 ? limit.times.length - 1 : Math.max(1, found);
    const [a, b] = [limit.times[next - 1]!, limit.times[next]!];
    const share = (t - a) / (b - a);
    const value = limit.lambdaMin[next - 1]! * (1 - share) + limit.lambdaMin[next]! * share;
    return Math.max(most, Math.abs(curve.lambdaMin[k]! / value - 1));
  }, 0);
}

export const fig6: Figure<NetworkResult | LimitResult, Analysis> = {
  id: 'c-fig6',
  paper: 'qnn-convergence',
  title: 'λmin(K_asym) along the training of networks',
  ensembles: (size) =>
    // The dearest first, lest the last ones be waited for alone.
    Object.fromEntries(
      dimensionsOf(size)
        .toReversed()
        .flatMap((d): [string, Ensemble<never, never, NetworkResult | LimitResult>][] => [
          ...networksOf(size).map(({ p, descent }): [string, Ensemble<never, never, NetworkResult>] => [
            networkName(d, p),
            tasks(networkKind, { d, m, p, gamma, steps, descent }, size === 'full' ? 10 : 2),
          ]),
          [
            limitName(d),
            tasks(limitKind, { d, m, gamma, labels: 'random', time, curves: true }, size === 'full' ? 100 : 4),
          ],
        ]),
    ),
  analyse: (results, size) => ({
    curves: dimensionsOf(size).flatMap((d) => [
      ...networksOf(size).map(({ p }) => networkCurve(d, p, resultsOf<NetworkResult>(results, networkName(d, p)))),
      limitCurve(d, resultsOf<LimitResult>(results, limitName(d))),
    ]),
  }),
  panels: ({ curves }) => [80, 320].flatMap((p) => panelOf(p, curves)),
  claims,
};

/** How far gradient descent is from the flow, which is drawn; nothing where it was left out. */
function apartText(own: readonly Curve[]): string {
  const apart = own.flatMap((curve) => curve.apart ?? []);
  return apart.length > 0
    ? ` Gradient descent is within ${digits(Math.max(...apart), 2)} of the flow, which is drawn.`
    : '';
}

function panelOf(p: number, curves: readonly Curve[]): DrawnPlot[] {
  const own = curves.filter((curve) => curve.p === p);
  if (own.length === 0) return [];
  const limits = curves.filter((curve) => curve.p === null);
  const at = ({ times, lambdaMin }: Curve) => times.map((x, k) => ({ x, y: lambdaMin[k]! }));
  return [
    panel({
      name: `p-${p}`,
      title: `λmin(K_asym) during training, m = ${m}, γ = ${gamma}, p = ${p}`,
      caption: `Mean of ${own[0]!.share.length} initialisations with half a standard deviation; dashed: the limit p → ∞, mean of ${limits[0]!.share.length} starts. It is least where the loss ends; single networks end at ${range(own.flatMap(({ share }) => share))} of their start.${apartText(own)}`,
      x: { title: 'time t, steps · 10⁻³/m', scale: 'linear', from: 0, to: time },
      y: { title: 'λmin(K_asym)', scale: 'linear' },
      series: [
        ...own.map((curve, look) => ({
          label: `d = ${curve.d}`,
          look,
          line: at(curve),
          bars: curve.times
            .map((x, k) => ({
              x,
              low: curve.lambdaMin[k]! - curve.deviation[k]! / 2,
              high: curve.lambdaMin[k]! + curve.deviation[k]! / 2,
            }))
            .filter((_, k) => k % 10 === 0),
        })),
        ...limits.map((curve, look) => ({ label: `d = ${curve.d}, p → ∞`, look, theory: true, line: at(curve) })),
        { label: '2(γ² − 1)', look: 6, theory: true, line: [0, time].map((x) => ({ x, y: 2 * (gamma ** 2 - 1) })) },
      ],
    }),
  ];
}
