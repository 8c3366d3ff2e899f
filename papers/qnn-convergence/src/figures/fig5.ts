import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { beyondSeries } from '../beyond.ts';
import type { LimitResult } from '../kinds/limit.ts';
import { digits, meanText, range } from '../numbers.ts';
import { lowerOf, nameOf, type Swept, samplesOf, sweepEnsembles, sweepOf, sweptOf, upperOf } from '../sweeps.ts';

interface Analysis {
  readonly swept: readonly Swept[];
}

const fivePercent = 0.05;

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-5-change',
    where: 'Fig. 5, App. D.2',
    claim: 'K_asym changes significantly (≥ 5 %) for each d, m and γ.',
    criterion:
      'The mean change of 100 starts is at least 5 % in every setting of the sweep (γ = 1.2 … 8): holds; in every one up to γ = 4, the largest γ that Figs. 3 to 6 name: with a condition.',
    judge({ swept }) {
      const small = swept.filter(({ change }) => change.mean < fivePercent);
      const least = swept.reduce((a, b) => (a.change.mean < b.change.mean ? a : b));
      const named = swept.filter(({ gamma }) => gamma <= 4);
      const leastNamed = named.reduce((a, b) => (a.change.mean < b.change.mean ? a : b));
      return {
        found: `${swept.length - small.length} of ${swept.length} settings; least ${meanText(least.change)} at ${nameOf(least)}; up to γ = 4 ${meanText(leastNamed.change)} at ${nameOf(leastNamed)}`,
        verdict:
          small.length === 0
            ? 'holds'
            : leastNamed.change.mean >= fivePercent
              ? 'holds with a condition'
              : 'does not hold as stated',
        why: 'The change is 1/γ² of the norm as m/d → 0: below 5 % from γ = 4.5 on. In small dimensions the scatter of the first outputs keeps it at 2 to 5 %.',
      };
    },
  },
  {
    id: 'c-5-dimension',
    where: 'App. D.2',
    claim: 'd → ∞ alone does not lead to a frozen kernel.',
    criterion:
      'At d = 2^50 the mean change is at least 5 %, and at least what it is at d = 64 less two standard errors, for every m at γ = 2 and 4.',
    judge({ swept }) {
      const pairs = swept
        .filter(({ d }) => d === 2 ** 50)
        .map((far) => ({ far, near: swept.find(({ d, m, gamma }) => d === 64 && m === far.m && gamma === far.gamma) }));
      const fine = pairs.every(
        ({ far, near }) =>
          far.change.mean >= fivePercent && (!near || far.change.mean >= near.change.mean - 2 * near.change.error),
      );
      return {
        found: pairs
          .map(
            ({ far, near }) =>
              `γ = ${far.gamma}, m = ${far.m}: ${near ? meanText(near.change) : '–'} → ${meanText(far.change)}`,
          )
          .join('; '),
        verdict: fine ? 'holds' : 'does not hold as stated',
        why: 'From d = 64 on it grows with d, to 1/γ²: K_asym = 2(γ² − ŷ²) on its diagonal and ŷ goes from 0 to ±1.',
      };
    },
  },
  {
    id: 'c-5-law',
    where: 'Fig. 5, ours',
    claim: 'As m/d → 0 the change is 1/γ² of the norm.',
    criterion: 'At d = 2^50 within 10⁻⁴ of 1/γ², relative, for every m at γ = 2 and 4.',
    judge({ swept }) {
      const off = swept
        .filter(({ d }) => d === 2 ** 50)
        .map(({ change, gamma }) => Math.abs(change.mean * gamma ** 2 - 1));
      return {
        found: `largest relative difference ${digits(Math.max(...off), 2)}`,
        verdict: off.every((value) => value <= 1e-4) ? 'holds' : 'does not hold as stated',
        why: '(2γ² − 2(γ² − 1))/(2γ²).',
      };
    },
  },
  {
    id: 'c-5-start',
    where: '§4, end',
    claim: 'K_asym(0)/γ² does not depend on γ, while λ_g/γ² does.',
    criterion:
      'Equal starts have λmin(0)/γ² equal within 10⁻¹² at all γ of a (d, m); their mean λmin/γ² at the end differs by more than two standard errors.',
    judge({ swept }) {
      const groups = upperOf(swept).flatMap(({ swept: own }) =>
        samplesOf(own).map((m) => own.filter((one) => one.m === m)),
      );
      const apart = groups.flatMap((group) =>
        group.map(({ startShares }) =>
          Math.max(...startShares.map((share, k) => Math.abs(share / group[0]!.startShares[k]! - 1))),
        ),
      );
      const ends = groups.map((group) => {
        const sorted = [...group].sort((a, b) => a.gamma - b.gamma);
        const [low, high] = [sorted[0]!, sorted.at(-1)!];
        return {
          by: high.end.mean / high.gamma ** 2 - low.end.mean / low.gamma ** 2,
          error: Math.hypot(high.end.error / high.gamma ** 2, low.end.error / low.gamma ** 2),
        };
      });
      return {
        found: `starts equal within ${digits(Math.max(...apart), 1)}; at the end λmin/γ² grows by ${range(ends.map(({ by }) => by))} from the smallest γ to the largest`,
        verdict:
          apart.every((value) => value < 1e-12) && ends.every(({ by, error }) => by > 2 * error)
            ? 'holds'
            : 'does not hold as stated',
        why: 'γ scales M; only the labels, ±1/γ of it, make a difference.',
      };
    },
  },
];

export const fig5: Figure<LimitResult, Analysis> = {
  id: 'c-fig5',
  paper: 'qnn-convergence',
  title: 'How much K_asym changes in the limit p → ∞',
  ensembles: (size) => sweepEnsembles(sweepOf(size)),
  analyse: (results, size) => ({ swept: sweptOf(results, sweepOf(size)) }),
  panels: ({ swept }) => [
    ...upperOf(swept).map(({ d, swept: own }) => gammaPanel(d, own)),
    ...lowerOf(swept).map(({ gamma, swept: own }) => dimensionPanel(gamma, own)),
    beyondPanel(swept),
  ],
  claims,
};

const barOf = (x: number, { change }: Swept) => ({
  x,
  low: change.mean - 2 * change.error,
  high: change.mean + 2 * change.error,
});

function gammaPanel(d: number, swept: readonly Swept[]): DrawnPlot {
  const gammas = [...new Set(swept.map(({ gamma }) => gamma))].sort((a, b) => a - b);
  return panel({
    name: `d-${d}`,
    title: `Change of K_asym against γ, d = ${d}`,
    caption: `Mean of ${swept[0]!.change.count} starts with two standard errors, ‖K(t) − K(0)‖/‖K(0)‖ at the end: down to 5 % at γ = 4, mostly below it from γ = 6 on, where the scatter of ŷ(0) keeps it above 1/γ².`,
    x: { title: 'γ', scale: 'logarithmic' },
    y: { title: 'relative change', scale: 'logarithmic', from: 0.01, to: 1 },
    series: [
      ...samplesOf(swept).map((m, look) => {
        const some = swept.filter((one) => one.m === m).sort((a, b) => a.gamma - b.gamma);
        const at = some.map(({ gamma, change }) => ({ x: gamma, y: change.mean }));
        return { label: `m = ${m}`, look, line: at, marks: at, bars: some.map((one) => barOf(one.gamma, one)) };
      }),
      { label: '1/γ²', look: 5, theory: true, line: gammas.map((x) => ({ x, y: x ** -2 })) },
      { label: '5 %', look: 6, theory: true, line: gammas.map((x) => ({ x, y: fivePercent })) },
    ],
  });
}

/** Beyond this d the change cannot be told from 1/γ²; how far it is from it has a panel of its own. */
const shown = 1024;

function dimensionPanel(gamma: number, swept: readonly Swept[]): DrawnPlot {
  return panel({
    name: `gamma-${gamma}`,
    title: `Change of K_asym against d, γ = ${gamma}`,
    caption: `Mean of ${swept[0]!.change.count} starts with two standard errors: from d = 64 on the change grows with d, to 1/γ².`,
    x: { title: 'd', scale: 'logarithmic', from: 13, to: 1300 },
    y: { title: 'relative change', scale: 'linear' },
    series: [
      ...samplesOf(swept).map((m, look) => {
        const some = swept.filter((one) => one.m === m && one.d <= shown).sort((a, b) => a.d - b.d);
        const at = some.map(({ d, change }) => ({ x: d, y: change.mean }));
        return { label: `m = ${m}`, look, line: at, marks: at, bars: some.map((one) => barOf(one.d, one)) };
      }),
      { label: '1/γ²', look: 5, theory: true, line: [13, 1300].map((x) => ({ x, y: gamma ** -2 })) },
      // Where all changes are far above it, it would be what squeezes them.
      ...(gamma > 2
        ? [{ label: '5 %', look: 6, theory: true, line: [13, 1300].map((x) => ({ x, y: fivePercent })) }]
        : []),
    ],
  });
}

/** To d = 2^50. */
function beyondPanel(swept: readonly Swept[]): DrawnPlot {
  return panel({
    name: 'beyond',
    title: 'How far the change of K_asym is from 1/γ², to d = 2^50',
    caption: `Of the mean of ${swept[0]!.change.count} starts; lines γ = 4, crosses γ = 2. From d = 128 on it falls as 1/d; at d = 2^50 nothing is left but the loss at which runs end, e^−32 of the first.`,
    x: { title: 'd', scale: 'logarithmic' },
    y: { title: '|γ²·change − 1|', scale: 'logarithmic', from: 1e-8, to: 1 },
    series: beyondSeries(
      swept,
      ({ gamma, change }) => Math.abs(change.mean * gamma ** 2 - 1),
      (joined) => ({ through: joined.at(-1)!, from: 128 }),
    ),
  });
}
