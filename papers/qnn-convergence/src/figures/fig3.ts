import { powerLaw } from '@qntk/core/dynamics';
import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { beyondSeries } from '../beyond.ts';
import type { LimitResult } from '../kinds/limit.ts';
import { type MinimaResult, minimaKind } from '../kinds/minima.ts';
import { digits, type Mean, meanOf, range, shareText } from '../numbers.ts';
import { lowerOf, type Setting, type Swept, samplesOf, sweepEnsembles, sweepOf, sweptOf, upperOf } from '../sweeps.ts';

/** λ_g of random global minima beside the sweep over d: five chains of 40 minima each. */
const chains = { seeds: 5, samples: 40, most: 1024, inputs: 8 };
const minimaName = ({ d, m, gamma }: Setting) => `minima: d = ${d}, m = ${m}, γ = ${gamma}`;

const minimaOf = (size: Size): Setting[] => {
  const { dimensions, samples } = sweepOf(size);
  return [2, 4].flatMap((gamma) =>
    samples
      .filter((m) => m <= chains.inputs)
      .flatMap((m) => dimensions.filter((d) => d <= chains.most && d >= 2 * m).map((d) => ({ d, m, gamma }))),
  );
};

interface Analysis {
  readonly swept: readonly Swept[];
  /** λ_g of You et al.'s measure: mean over chains of the mean of a chain. */
  readonly minima: readonly (Setting & { readonly lambda: Mean })[];
}

const find = (swept: readonly Swept[], { d, m, gamma }: Setting) =>
  swept.find((one) => one.d === d && one.m === m && one.gamma === gamma);

/** λmin/γ² at settings of one m/d and one γ, d from 64 on. */
function ratios(swept: readonly Swept[]) {
  const groups = new Map<string, { ratio: number; gamma: number; values: number[]; names: string[] }>();
  for (const { d, m, gamma, least } of swept) {
    if (d < 64 || d > 1024 || (gamma !== 2 && gamma !== 4)) continue;
    const key = `${m / d}, ${gamma}`;
    const group = groups.get(key) ?? { ratio: m / d, gamma, values: [], names: [] };
    group.values.push(least.mean / gamma ** 2);
    group.names.push(`(${d}, ${m})`);
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ values }) => values.length > 1)
    .map((group) => ({ ...group, spread: Math.max(...group.values) / Math.min(...group.values) - 1 }));
}

/** What λmin misses to 2(γ² − 1), as a share of it and over m/d, at γ = 2 and the largest d of the figure; one number for each m. */
const missingOf = (swept: readonly Swept[]): number[] =>
  samplesOf(swept).flatMap((m) => {
    const own = swept.filter((one) => one.m === m && one.gamma === 2 && one.d <= chains.most);
    const last = own.reduce<Swept | undefined>((a, b) => (a && a.d > b.d ? a : b), undefined);
    return last ? ((1 - last.least.mean / 6) * last.d) / m : [];
  });

/** Exponents of λmin over γ from some γ on, at d = 32 and 64. */
function exponents(swept: readonly Swept[], from: number): number[] {
  return upperOf(swept).flatMap(({ swept: own }) =>
    samplesOf(own).flatMap((m) => {
      const some = own.filter((one) => one.m === m && one.gamma >= from);
      if (some.length < 2) return [];
      return powerLaw(
        some.map(({ gamma }) => gamma),
        some.map(({ least }) => least.mean),
      ).exponent;
    }),
  );
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-3-ratio',
    where: 'Fig. 3',
    claim: 'For sufficiently large d the smallest eigenvalue of K_asym depends on the ratio m/d.',
    criterion:
      'For 64 ≤ d ≤ 1024 and γ = 2, 4: means of settings with the same m/d differ by at most 10 % in every group of two or more.',
    judge({ swept }) {
      const groups = ratios(swept);
      const missing = missingOf(swept).map((value) => digits(value, 2));
      const worst = groups.reduce((a, b) => (a.spread > b.spread ? a : b));
      return {
        found: `largest difference ${digits(100 * worst.spread, 2)} % (γ = ${worst.gamma}, m/d = ${digits(worst.ratio)}: ${worst.names.join(', ')}) of ${groups.length} groups`,
        verdict: groups.every(({ spread }) => spread <= 0.1) ? 'holds' : 'does not hold as stated',
        why: `What is missing to 2(γ² − 1) is a small share of it: at γ = 2 and the largest of these d ${missing.join(', ')} times m/d for m = ${samplesOf(swept).join(', ')}. That is a function of m/d but for the fewest samples.`,
      };
    },
  },
  {
    id: 'c-3-gamma',
    where: 'Fig. 3',
    claim: 'The smallest eigenvalue is proportional to γ².',
    criterion:
      'At d = 32 and 64, every m: the exponent of λmin over γ is 2 ± 0.1 fitted on γ = 2 … 8: holds; on γ = 4 … 8 only: with a condition.',
    judge({ swept }) {
      const [all, late] = [exponents(swept, 2), exponents(swept, 4)];
      const close = (values: readonly number[]) =>
        values.length > 0 && values.every((value) => Math.abs(value - 2) <= 0.1);
      return {
        found: `exponent ${range(all, 3)} from γ = 2 on, ${range(late, 3)} from γ = 4 on`,
        verdict: close(all) ? 'holds' : close(late) ? 'holds with a condition' : 'does not hold as stated',
        why: 'It is 2(γ² − 1) less a part of the order γ²·m/d: the −1 makes it steeper than γ² near 1.',
      };
    },
  },
  {
    id: 'c-3-limit',
    where: 'Fig. 3 beyond its axis',
    claim: 'λmin → 2γ²(1 − 1/γ²) as m/d → 0 (the bound of Theorem 4.4 without its last term).',
    criterion: 'At d = 2^50 the mean of λmin is 2(γ² − 1) within 10⁻⁴ for every m, γ = 2 and 4.',
    judge({ swept }) {
      const far = swept.filter(({ d }) => d === 2 ** 50);
      const off = far.map(({ least, gamma }) => Math.abs(least.mean / (2 * (gamma ** 2 - 1)) - 1));
      return {
        found: `largest relative difference ${digits(Math.max(...off), 2)} over ${far.length} settings`,
        verdict: off.every((value) => value <= 1e-4) ? 'holds' : 'does not hold as stated',
        why: 'Samples move alone: K_asym is 2(γ² − ŷ²) on its diagonal.',
      };
    },
  },
  {
    id: 'c-3-converges',
    where: '§1, §4: “the convergence of the asymptotic dynamics when m ≥ 1”',
    claim: 'The asymptotic dynamics converge for γ > 1.',
    criterion: 'In at least 99 % of all runs of the sweep the loss falls below 10⁻⁶ of its start.',
    judge({ swept }) {
      const runs = swept.reduce((sum, { least }) => sum + least.count, 0);
      const converged = swept.reduce((sum, one) => sum + one.converged, 0);
      return {
        found: `${shareText(converged, runs)}; smallest λmin of all runs ${digits(Math.min(...swept.map(({ smallest }) => smallest)), 2)}`,
        verdict: converged >= 0.99 * runs ? 'holds' : 'does not hold as stated',
        why: 'The loss is a squared distance in the image of a moment map and has no other local minima: almost every start converges (docs/dynamics.md).',
      };
    },
  },
  {
    id: 'c-4-2-rate',
    where: 'Theorem 4.2, p → ∞',
    claim: 'L(t) ≤ L(0)·exp(−C₀t/2), C₀ the least λmin(K_asym).',
    criterion: 'The least −d ln L/dt of every run is at least C₀/2.',
    judge({ swept }) {
      const least = Math.min(...swept.map(({ rateShare }) => rateShare));
      return {
        found: `least rate ${digits(4 * least, 4)} times C₀/2, over ${swept.reduce((sum, one) => sum + one.least.count, 0)} runs`,
        verdict: least >= 1 / 4 ? 'holds' : 'does not hold as stated',
        why: 'dr/dt = −K_asym·r gives 2C₀, four times the theorem’s rate; runs come to it.',
      };
    },
  },
  {
    id: 'c-4-4-aligns',
    where: 'Theorem 4.4, the sentence beneath it',
    claim: 'The prediction of Theorem 4.4 (λ_g at global minima) aligns well with Fig. 3.',
    criterion:
      'For m ≤ d/8, γ = 2, 4, the mean of λmin at the end of the dynamics is within 10 % of the mean λ_g of the paper’s measure; for all d ≥ 64 only: with a condition.',
    judge({ swept, minima }) {
      const pairs = minima.flatMap(({ lambda, ...setting }) => {
        const own = find(swept, setting);
        return own && 8 * setting.m <= setting.d ? [{ ...setting, ratio: own.end.mean / lambda.mean }] : [];
      });
      const close = ({ ratio }: { ratio: number }) => Math.abs(ratio - 1) <= 0.1;
      return {
        found: `end of the dynamics over λ_g: ${range(
          pairs.map(({ ratio }) => ratio),
          3,
        )} over ${pairs.length} settings`,
        verdict: pairs.every(close)
          ? 'holds'
          : pairs.filter(({ d }) => d >= 64).every(close)
            ? 'holds with a condition'
            : 'does not hold as stated',
        why: 'The dynamics end at minima with a larger λmin than independent directions have: nearer to those of a Haar-random M under the condition ŷ = y. The order of magnitude and the dependence on m/d do agree.',
      };
    },
  },
];

export const fig3: Figure<LimitResult | MinimaResult, Analysis> = {
  id: 'c-fig3',
  paper: 'qnn-convergence',
  title: 'The smallest eigenvalue of K_asym in the limit p → ∞',
  ensembles: (size) => ({
    ...sweepEnsembles(sweepOf(size)),
    ...Object.fromEntries(
      minimaOf(size).map((setting) => [
        minimaName(setting),
        tasks(minimaKind, { ...setting, measure: 'directions', samples: chains.samples }, chains.seeds),
      ]),
    ),
  }),
  analyse: (results, size) => ({
    swept: sweptOf(results, sweepOf(size)),
    minima: minimaOf(size).map((setting) => ({
      ...setting,
      lambda: meanOf(
        resultsOf<MinimaResult>(results, minimaName(setting)).map(
          ({ lambda }) => lambda.reduce((sum, value) => sum + value, 0) / lambda.length,
        ),
      ),
    })),
  }),
  panels: ({ swept, minima }) => [
    ...upperOf(swept).map(({ d, swept: own }) => gammaPanel(d, own)),
    ...lowerOf(swept).map(({ gamma, swept: own }) => dimensionPanel(gamma, own, minima)),
    beyondPanel(swept),
  ],
  claims,
};

/** Starts of each setting. */
const countOf = ([first]: readonly Swept[]) => first!.least.count;

const barsOf = (some: readonly Swept[], x: (one: Swept) => number, unit: (one: Swept) => number) =>
  some.map((one) => ({
    x: x(one),
    low: (one.least.mean - 2 * one.least.error) / unit(one),
    high: (one.least.mean + 2 * one.least.error) / unit(one),
  }));

function gammaPanel(d: number, swept: readonly Swept[]): DrawnPlot {
  const gammas = [...new Set(swept.map(({ gamma }) => gamma))].sort((a, b) => a - b);
  return panel({
    name: `d-${d}`,
    title: `λmin(K_asym) against γ, d = ${d}`,
    caption: `Least of the run, mean of ${countOf(swept)} starts: near 2(γ² − 1), less the more samples there are.`,
    x: { title: 'γ', scale: 'logarithmic' },
    y: { title: 'λmin', scale: 'logarithmic' },
    series: [
      ...samplesOf(swept).map((m, look) => {
        const some = swept.filter((one) => one.m === m).sort((a, b) => a.gamma - b.gamma);
        const at = some.map(({ gamma, least }) => ({ x: gamma, y: least.mean }));
        return { label: `m = ${m}`, look, line: at, marks: at };
      }),
      { label: '2(γ² − 1)', look: 5, theory: true, line: gammas.map((x) => ({ x, y: 2 * (x * x - 1) })) },
    ],
  });
}

function dimensionPanel(gamma: number, swept: readonly Swept[], minima: Analysis['minima']): DrawnPlot {
  return panel({
    name: `gamma-${gamma}`,
    title: `λmin(K_asym)/γ² against d, γ = ${gamma}`,
    caption: `Least of the run, mean of ${countOf(swept)} starts with two standard errors; crosses: λ_g at global minima with independent directions (Theorem 4.4), at or below what the dynamics end with where m ≤ d/8.`,
    x: { title: 'd', scale: 'logarithmic', to: 1300, from: 13 },
    y: { title: 'λmin/γ²', scale: 'linear' },
    series: [
      ...samplesOf(swept).map((m, look) => {
        const some = swept.filter((one) => one.m === m && one.d <= chains.most).sort((a, b) => a.d - b.d);
        const at = some.map((one) => ({ x: one.d, y: one.least.mean / gamma ** 2 }));
        const bars = barsOf(
          some,
          ({ d }) => d,
          () => gamma ** 2,
        );
        return { label: `m = ${m}`, look, line: at, marks: at, bars };
      }),
      {
        label: 'λ_g at random global minima, m = 2, 4, 8',
        look: 5,
        marks: minima
          .filter((one) => one.gamma === gamma)
          .map(({ d, lambda }) => ({ x: d, y: lambda.mean / gamma ** 2 })),
      },
      {
        label: '2(1 − 1/γ²)',
        look: 6,
        theory: true,
        line: [13, 1300].map((x) => ({ x, y: 2 * (1 - 1 / gamma ** 2) })),
      },
    ],
  });
}

/** To d = 2^50, where λmin itself can no longer be told from its limit. */
function beyondPanel(swept: readonly Swept[]): DrawnPlot {
  return panel({
    name: 'beyond',
    title: 'How far λmin(K_asym) is from 2(γ² − 1), to d = 2^50',
    caption: `Of the mean of ${countOf(swept)} starts; lines γ = 4, crosses γ = 2. It falls as 1/d; at d = 2^50 nothing is left but the loss at which runs end, e^−32 of the first.`,
    x: { title: 'd', scale: 'logarithmic' },
    y: { title: '|1 − λmin/(2γ² − 2)|', scale: 'logarithmic', from: 1e-9, to: 1 },
    series: beyondSeries(
      swept,
      ({ gamma, least }) => Math.abs(1 - least.mean / (2 * (gamma ** 2 - 1))),
      ([first]) => ({ through: first!, from: first!.x }),
    ),
  });
}
