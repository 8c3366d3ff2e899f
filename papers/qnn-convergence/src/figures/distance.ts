import { powerLaw } from '@qntk/core/dynamics';
import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type NetworkResult, networkKind } from '../kinds/network.ts';
import { digits, type Mean, meanOf, meanText, range, shareText } from '../numbers.ts';

/** The paper's m and generator, d of Fig. 1; γ between its Figs. 1 and 4, and both of these. */
const [d, m] = [32, 4];
/** By γ: eight thousand steps of Fig. 1's clock are t = 2; a time in which the limit's slowest rate goes through e^−24. */
const stepsAt = (gamma: number) => (gamma === 1 ? 10_000 : Math.ceil((24 / (4 * (gamma ** 2 - 1))) * 1000 * m));
const gammas = [1, 2, 4];
const countsOf = (size: Size) => (size === 'full' ? [10, 20, 40, 80, 160, 320, 640] : [10, 40]);
const seedsOf = (size: Size) => (size === 'full' ? 10 : 2);

const nameOf = (gamma: number, p: number) => `γ = ${gamma}, p = ${p}`;

interface Point {
  readonly gamma: number;
  readonly p: number;
  /** Largest distance of the outputs from those of the limit from the same M(0), root mean square. */
  readonly gap: Mean;
  /** Largest ‖K_pert‖ of the run over C₀. */
  readonly perturbation: Mean;
  /** Theorem 4.2: runs whose loss stays below the bound, runs that meet the premise ‖K_pert‖ ≤ C₀/10. */
  readonly bounded: number;
  readonly premise: number;
  readonly runs: number;
  /** Least −d ln L/dt of each run over 2C₀. */
  readonly rateShare: Mean;
}

interface Analysis {
  readonly points: readonly Point[];
}

function pointOf(gamma: number, p: number, runs: readonly NetworkResult[]): Point {
  const flows = runs.map(({ flow }) => flow);
  return {
    gamma,
    p,
    gap: meanOf(runs.map(({ gap }) => gap)),
    perturbation: meanOf(flows.map(({ perturbation, constant }) => perturbation / constant)),
    bounded: flows.filter(({ bounded }) => bounded).length,
    premise: flows.filter(({ perturbation, constant }) => perturbation <= constant / 10).length,
    runs: runs.length,
    rateShare: meanOf(
      flows.map(({ rates, constant }) => Math.min(...rates.filter((rate) => rate !== null)) / (2 * constant)),
    ),
  };
}

const above1 = (points: readonly Point[]) => points.filter(({ gamma }) => gamma > 1);

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-4-2-bound',
    where: 'Theorem 4.2',
    claim: 'For sufficiently large p, with high probability, L(t) ≤ L(0)·exp(−C₀t/2), C₀ the least λmin(K_asym).',
    criterion:
      'All of ten networks obey it for every p of the paper’s figures (10 … 320) and γ = 1, 2, 4: holds; for all from some p on: with a condition.',
    judge({ points }) {
      const failing = points.filter(({ bounded, runs }) => bounded < runs);
      const most = Math.max(0, ...failing.map(({ p }) => p));
      const largest = Math.max(...points.map(({ p }) => p));
      const total = points.reduce((sum, { runs }) => sum + runs, 0);
      const all = points.reduce((sum, { bounded }) => sum + bounded, 0);
      return {
        found: `${shareText(all, total)}; failing: ${failing.map((one) => `${nameOf(one.gamma, one.p)}: ${one.runs - one.bounded} of ${one.runs}`).join('; ') || 'none'}`,
        verdict: failing.length === 0 ? 'holds' : most < largest ? 'holds with a condition' : 'does not hold as stated',
        why: 'Where p is small K has small eigenvalues that K_asym has not. The theorem’s factor four of room makes up for its premise.',
      };
    },
  },
  {
    id: 'c-4-2-premise',
    where: 'Proof of Theorem 4.2',
    claim: '‖K_pert(t)‖ ≤ C₀/10 for sufficiently large p.',
    criterion:
      'At p = 320, the largest of the paper, at least half of the networks with γ = 2 and 4 meet it: holds; at larger p here: with a condition.',
    judge({ points }) {
      const own = above1(points);
      const met = (p: number) => {
        const some = own.filter((one) => one.p === p);
        return some.length > 0 && some.every(({ premise, runs }) => premise >= runs / 2);
      };
      const largest = Math.max(...own.map(({ p }) => p));
      const needed = [...new Set(own.map(({ gamma }) => gamma))].map((gamma) => {
        const some = own.filter((one) => one.gamma === gamma && one.p >= 40);
        const { exponent, factor } =
          some.length > 1
            ? powerLaw(
                some.map(({ p }) => p),
                some.map(({ perturbation }) => perturbation.mean),
              )
            : { exponent: -0.5, factor: own[0]!.perturbation.mean };
        return `γ = ${gamma}: about ${digits((0.1 / factor) ** (1 / exponent), 2)}`;
      });
      return {
        found: `‖K_pert‖/C₀: ${own.map(({ gamma, p, perturbation }) => `${nameOf(gamma, p)}: ${meanText(perturbation)}`).join('; ')}`,
        verdict: met(320) ? 'holds' : met(largest) ? 'holds with a condition' : 'cannot be decided',
        why: `By the power law of p the mean comes to a tenth at these p: ${needed.join(', ')}. The bound itself holds long before.`,
      };
    },
  },
  {
    id: 'c-4-2-limit',
    where: 'Theorem 4.2, §4: “QNN dynamics concentrates to the asymptotic one”',
    claim: 'Outputs come to those of the asymptotic dynamics from the same M(0) as p grows.',
    criterion:
      'The largest distance along the run falls as a power of p with an exponent below −1/4 by more than two standard errors, at every γ above 1.',
    judge({ points }) {
      const fits = [...new Set(above1(points).map(({ gamma }) => gamma))].map((gamma) => {
        const some = points.filter((one) => one.gamma === gamma);
        return {
          gamma,
          ...powerLaw(
            some.map(({ p }) => p),
            some.map(({ gap }) => gap.mean),
          ),
        };
      });
      return {
        found: fits
          .map(({ gamma, exponent, error }) => `γ = ${gamma}: p^${digits(exponent)} ± ${digits(error ?? 0, 1)}`)
          .join('; '),
        verdict: fits.every(({ exponent, error }) => exponent + 2 * (error ?? 0) < -1 / 4)
          ? 'holds'
          : 'does not hold as stated',
        why: 'As 1/√p, like K_pert, once p is large.',
      };
    },
  },
  {
    id: 'c-4-2-tight',
    where: 'Theorem 4.2; ours',
    claim: 'As p grows the least rate comes to 2C₀, four times what the theorem states.',
    criterion: 'At the largest p the mean least −d ln L/dt over 2C₀ is within 25 % of 1, or above, at γ = 2 and 4.',
    judge({ points }) {
      const largest = Math.max(...points.map(({ p }) => p));
      const own = above1(points).filter(({ p }) => p === largest);
      return {
        found: `${above1(points)
          .map(({ gamma, p, rateShare }) => `${nameOf(gamma, p)}: ${meanText(rateShare)}`)
          .join('; ')}`,
        verdict: own.every(({ rateShare }) => rateShare.mean >= 0.75) ? 'holds' : 'does not hold as stated',
        why: `dr/dt = −K·r with K → K_asym; over all p and γ it is ${range(above1(points).map(({ rateShare }) => rateShare.mean))}.`,
      };
    },
  },
];

export const distance: Figure<NetworkResult, Analysis> = {
  id: 'c-distance',
  paper: 'qnn-convergence',
  title: 'Networks of p parameters against the limit p → ∞',
  ensembles: (size) =>
    Object.fromEntries(
      gammas.flatMap((gamma) =>
        countsOf(size).map((p) => [
          nameOf(gamma, p),
          tasks(networkKind, { d, m, p, gamma, steps: stepsAt(gamma), descent: false }, seedsOf(size)),
        ]),
      ),
    ),
  analyse: (results, size) => ({
    points: gammas.flatMap((gamma) =>
      countsOf(size).map((p) => pointOf(gamma, p, resultsOf<NetworkResult>(results, nameOf(gamma, p)))),
    ),
  }),
  panels: ({ points }) => [
    panelOf(points, 'gap', 'Distance of outputs from the limit’s', 'largest RMS distance'),
    panelOf(points, 'perturbation', '‖K_pert‖ over C₀', '‖K_pert‖/C₀'),
  ],
  claims,
};

function panelOf(points: readonly Point[], of: 'gap' | 'perturbation', title: string, y: string): DrawnPlot {
  const ps = [...new Set(points.map(({ p }) => p))];
  const first = points.filter(({ gamma }) => gamma === 2);
  return panel({
    name: of,
    title: `${title}, d = ${d}, m = ${m}`,
    caption:
      of === 'gap'
        ? `Largest along the run, from the same M(0) and inputs; ${points[0]!.runs} networks with two standard errors.`
        : `Largest along the run, ${points[0]!.runs} networks with two standard errors; the proof of Theorem 4.2 asks for a tenth.`,
    x: { title: 'p', scale: 'logarithmic' },
    y: { title: y, scale: 'logarithmic' },
    series: [
      ...gammas.map((gamma, look) => {
        const some = points.filter((one) => one.gamma === gamma);
        const at = some.map((one) => ({ x: one.p, y: one[of].mean }));
        const bars = some.map((one) => ({
          x: one.p,
          low: Math.max(one[of].mean / 10, one[of].mean - 2 * one[of].error),
          high: one[of].mean + 2 * one[of].error,
        }));
        return { label: `γ = ${gamma}`, look, line: at, marks: at, bars };
      }),
      {
        label: '∝ 1/√p',
        look: 6,
        theory: true,
        line: ps.map((x) => ({ x, y: first.at(-1)![of].mean * Math.sqrt(ps.at(-1)! / x) })),
      },
      ...(of === 'perturbation'
        ? [{ label: 'premise, 1/10', look: 5, theory: true, line: ps.map((x) => ({ x, y: 0.1 })) }]
        : []),
    ],
  });
}
