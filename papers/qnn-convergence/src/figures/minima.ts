import { logSpaced } from '@qntk/core';
import { type MinimaMeasure, minimaMeasures, powerLaw } from '@qntk/core/dynamics';
import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type MinimaResult, minimaKind } from '../kinds/minima.ts';
import { digits, type Mean, meanOf, meanText, range, shareText } from '../numbers.ts';

interface Setting {
  readonly measure: MinimaMeasure;
  readonly d: number;
  readonly m: number;
  readonly gamma: number;
}

/** δ of Theorem 4.4. */
const delta = 0.05;
const samples = 40;
const chainsOf = (size: Size) => (size === 'full' ? 10 : 2);

/** d ≥ 2m, half of it for each eigenspace. */
const settingsOf = (size: Size): Setting[] =>
  minimaMeasures.flatMap((measure) =>
    (size === 'full' ? [2, 4] : [2]).flatMap((gamma) =>
      (size === 'full' ? [2, 4, 8, 16] : [2, 4]).flatMap((m) =>
        (size === 'full' ? [32, 64, 128, 256, 1024] : [64, 1024]).map((d) => ({ measure, d, m, gamma })),
      ),
    ),
  );

const nameOf = ({ measure, d, m, gamma }: Setting) => `${measure}: d = ${d}, m = ${m}, γ = ${gamma}`;

interface Found extends Setting {
  /** λ_g that falls short with probability δ, over 2(γ² − 1), mean over chains. */
  readonly quantile: Mean;
  /** C₂ that makes the bound an equality, and the same for m/d in place of max{m²/d, (m/d)·log(2/δ)}. */
  readonly constant: Mean;
  readonly perRatio: Mean;
  /** Eq. 113 as printed and corrected: largest error of an entry over the minima looked at. */
  readonly printed: number;
  readonly corrected: number;
  /** Sets of independent directions that belong to a minimum, of how many. */
  readonly existing: number;
  readonly tried: number;
}

interface Analysis {
  readonly found: readonly Found[];
}

/** Sets of directions that each task tries. */
const setsOfTask = 30;

function foundOf(setting: Setting, chains: readonly MinimaResult[]): Found {
  const { d, m, gamma } = setting;
  const ceiling = 2 * (gamma ** 2 - 1);
  const quantiles = chains.map(({ lambda }) => lambda[Math.floor(delta * lambda.length)]!);
  const shortfalls = quantiles.map((quantile) => (ceiling - quantile) / (2 * gamma ** 2));
  const unit = Math.max((m * m) / d, (m / d) * Math.log(2 / delta));
  return {
    ...setting,
    quantile: meanOf(quantiles.map((quantile) => quantile / ceiling)),
    constant: meanOf(shortfalls.map((shortfall) => shortfall / unit)),
    perRatio: meanOf(shortfalls.map((shortfall) => (shortfall * d) / m)),
    printed: Math.max(...chains.map(({ entryError }) => entryError.printed)),
    corrected: Math.max(...chains.map(({ entryError }) => entryError.corrected)),
    existing: chains.reduce((sum, { existing }) => sum + Math.round(existing * setsOfTask), 0),
    tried: chains.length * setsOfTask,
  };
}

const ofMeasure = (found: readonly Found[], measure: MinimaMeasure) => found.filter((one) => one.measure === measure);
const largest = (found: readonly Found[]) => found.reduce((a, b) => (a.constant.mean > b.constant.mean ? a : b));

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-4-4-constant',
    where: 'Theorem 4.4',
    claim: 'λ_g ≥ 2γ²(1 − 1/γ² − C₂·max{m²/d, (m/d)·log(2/δ)}) with one constant C₂, with probability 1 − δ.',
    criterion:
      'δ = 0.05, independent directions: the largest C₂ needed at d ≥ 256 is no more than 1.25 times the largest at d ≤ 128, two standard errors allowed.',
    judge({ found }) {
      const own = ofMeasure(found, 'directions');
      const [near, far] = [largest(own.filter(({ d }) => d <= 128)), largest(own.filter(({ d }) => d >= 256))];
      return {
        found: `largest C₂: ${meanText(near.constant)} for d ≤ 128 (${nameOf(near)}), ${meanText(far.constant)} for d ≥ 256 (${nameOf(far)}); Haar-random minima ${meanText(largest(ofMeasure(found, 'haar')).constant)}`,
        verdict:
          far.constant.mean - 2 * far.constant.error <= 1.25 * near.constant.mean ? 'holds' : 'does not hold as stated',
        why: 'C₂ of about 1 does for all settings; the largest is for the fewest samples, where the logarithm rules.',
      };
    },
  },
  {
    id: 'c-4-4-order',
    where: '§4, above Theorem 4.4: 2γ²(1 − 1/γ² − O(m²/d))',
    claim: 'What λ_g falls short of 2(γ² − 1) by is of the order m²/d.',
    criterion:
      'At the largest d the exponent of the shortfall (its δ-quantile) over m is within 0.25 of 2 for both γ: holds; otherwise it is a bound only: does not hold as stated.',
    judge({ found }) {
      const most = Math.max(...found.map(({ d }) => d));
      const own = ofMeasure(found, 'directions').filter(({ d }) => d === most);
      const fits = [...new Set(own.map(({ gamma }) => gamma))].map((gamma) => {
        const some = own.filter((one) => one.gamma === gamma);
        const shortfall = ({ perRatio, m }: Found) => perRatio.mean * m;
        return {
          gamma,
          ...powerLaw(
            some.map(({ m }) => m),
            some.map(shortfall),
          ),
        };
      });
      return {
        found: fits
          .map(({ gamma, exponent, error }) => `γ = ${gamma}: exponent ${digits(exponent)} ± ${digits(error ?? 0, 1)}`)
          .join('; '),
        verdict: fits.every(({ exponent }) => Math.abs(exponent - 2) <= 0.25) ? 'holds' : 'does not hold as stated',
        why: 'It goes as m/d. The proof bounds ‖R ∘ A‖ by ‖R‖·‖A‖ with ‖R‖ = m/2; Schur’s inequality has the largest diagonal entry there, at most 1.',
      };
    },
  },
  {
    id: 'c-113',
    where: 'Eq. 113 (App. C.2)',
    claim: 'K_asym = 2γ²(1 − 1/γ²)·1 − 8γ²·R ∘ (G − 1) ∘ (G − 1)ᵀ at a global minimum.',
    criterion: 'No entry is off by more than 10⁻⁹ of γ² at any of the minima looked at.',
    judge({ found }) {
      const worst = (of: (one: Found) => number) => Math.max(...found.map((one) => of(one) / one.gamma ** 2));
      const count = found.reduce((sum, { quantile }) => sum + quantile.count, 0);
      return {
        found: `largest error over γ²: ${digits(worst(({ printed }) => printed))} with R, ${digits(
          worst(({ corrected }) => corrected),
          1,
        )} with R ∘ R, over ${count} minima`,
        verdict: worst(({ printed }) => printed) <= 1e-9 ? 'holds' : 'does not hold as stated',
        why: '|u_i†u_j|² is R_ij²·|G_ij|². With R ∘ R the theorem survives, with the constant ((1 + 1/γ)/2)² in place of m/2.',
      };
    },
  },
  {
    id: 'c-4-4-existence',
    where: '§4, above Theorem 4.4',
    claim: 'To given unit vectors û_j in the positive subspace belong w_j such that L = 0, for sufficiently large d.',
    criterion:
      'Of independent directions at least 95 % have a minimum: in every setting: holds; in every one from d = 16m² on: with a condition.',
    judge({ found }) {
      const own = ofMeasure(found, 'directions');
      const enough = ({ existing, tried }: Found) => existing >= 0.95 * tried;
      const large = own.filter(({ d, m }) => d >= 16 * m * m);
      const least = own.reduce((a, b) => (a.existing / a.tried < b.existing / b.tried ? a : b));
      const all = own.reduce((sum, { existing }) => sum + existing, 0);
      return {
        found: `${shareText(
          all,
          own.reduce((sum, { tried }) => sum + tried, 0),
        )}; fewest ${least.existing} of ${least.tried} at ${nameOf(least)}; from d = 16m² on ${range(large.map(({ existing, tried }) => existing / tried))}`,
        verdict: own.every(enough)
          ? 'holds'
          : large.length > 0 && large.every(enough)
            ? 'holds with a condition'
            : 'does not hold as stated',
        why: 'w_j exist where the Gram matrix of the u_j is at most 1; at γ = 2 its diagonal is ¾ for label 1, so that little room is left for overlaps.',
      };
    },
  },
];

export const minima: Figure<MinimaResult, Analysis> = {
  id: 'c-minima',
  paper: 'qnn-convergence',
  title: 'Theorem 4.4: the smallest eigenvalue at random global minima',
  ensembles: (size) =>
    Object.fromEntries(
      settingsOf(size).map((setting) => [nameOf(setting), tasks(minimaKind, { ...setting, samples }, chainsOf(size))]),
    ),
  analyse: (results, size) => ({
    found: settingsOf(size).map((setting) => foundOf(setting, resultsOf<MinimaResult>(results, nameOf(setting)))),
  }),
  panels: ({ found }) => minimaMeasures.map((measure) => panelOf(measure, ofMeasure(found, measure))),
  claims,
};

const measureNames = { directions: 'independent directions, as in the paper', haar: 'Haar-random M under ŷ = y' };

function panelOf(measure: MinimaMeasure, found: readonly Found[]): DrawnPlot {
  const own = found.filter(({ gamma }) => gamma === 2);
  const ds = [...new Set(own.map(({ d }) => d))];
  return panel({
    name: measure,
    title: `λ_g at γ = 2: ${measureNames[measure]}`,
    caption: `λ_g over 2(γ² − 1) that 95 % of the minima exceed, ${own[0]!.quantile.count} chains with two standard errors; dashed: 1 − c·m/d for m = 2 and 16 with c of the largest d.`,
    x: { title: 'd', scale: 'logarithmic' },
    y: { title: 'λ_g/(2γ² − 2)', scale: 'linear', from: 0.45, to: 1.02 },
    series: [
      ...[...new Set(own.map(({ m }) => m))].map((m, look) => {
        const some = own.filter((one) => one.m === m);
        const at = some.map(({ d, quantile }) => ({ x: d, y: quantile.mean }));
        return {
          label: `m = ${m}`,
          look,
          line: at,
          marks: at,
          bars: some.map(({ d, quantile: { mean, error } }) => ({
            x: d,
            low: mean - 2 * error,
            high: mean + 2 * error,
          })),
        };
      }),
      ...[2, 16].flatMap((m) => {
        const last = own.filter((one) => one.m === m).at(-1);
        if (!last) return [];
        const c = ((1 - last.quantile.mean) * last.d) / m;
        return [
          {
            label: `1 − ${digits(c, 2)}·m/d, m = ${m}`,
            look: 5,
            theory: true,
            line: Array.from(logSpaced(Math.min(...ds), last.d, 60), (d) => ({ x: d, y: 1 - (c * m) / d })).filter(
              ({ y }) => y > 0.45,
            ),
          },
        ];
      }),
    ],
  });
}
