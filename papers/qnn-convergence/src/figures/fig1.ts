import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import {
  byDimension,
  curvesOf,
  lossSeries,
  type NetworkGrid,
  networksOf,
  type SettingCurves,
} from '../curves-of-networks.ts';
import type { NetworkResult } from '../kinds/network.ts';
import { counting, digits, meanText, range, shareText } from '../numbers.ts';
import { steepestOneQubit } from '../theorem-3-2.ts';

/** Of You et al. 2023: 10 000 steps; the flow goes on to a hundred times that. The slice has two of ten initialisations. */
const gridOf = (size: Size): NetworkGrid => ({
  gamma: 1,
  steps: 10_000,
  beyond: 100,
  ...(size === 'full'
    ? { dimensions: [32, 64], parameters: [10, 20, 40, 80], seeds: 10 }
    : { dimensions: [8, 16], parameters: [10], seeds: 2 }),
});

interface Analysis {
  readonly settings: readonly SettingCurves[];
  /** Largest d(1/√L)/dt over η‖H‖² of one qubit with one parameter. */
  readonly oneQubit: number;
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-1-flattening',
    where: 'Fig. 1',
    claim: 'With eigenvalues ±1 training curves flatten as L approaches 0: −d ln L/dt vanishes.',
    criterion:
      'In every setting the rate of the mean curve over the last tenth of the steps is below a quarter of that over the first tenth.',
    judge({ settings }) {
      const shares = settings.map(({ rates }) => rates.last / rates.first);
      return {
        found: `last tenth over first tenth ${range(shares)} over ${settings.length} settings`,
        verdict: shares.every((share) => share < 1 / 4) ? 'holds' : 'does not hold as stated',
        why: 'The diagonal of K is 2(1 − ŷ²) in the limit and goes to 0 with the residual, whatever p.',
      };
    },
  },
  {
    id: 'c-1-level',
    where: 'Fig. 4, caption, about Fig. 1',
    claim: 'L > 0.1 after 10 000 iterations despite the increasing number of parameters (p = 10 … 80, d = 32, 64).',
    criterion:
      'The mean over initialisations after 10 000 steps, less two standard errors, is above 0.1 in every setting; for some only: does not hold as stated.',
    judge({ settings }) {
      const above = settings.filter(({ end }) => end.mean - 2 * end.error > 0.1);
      const below = settings.filter(({ end }) => end.mean + 2 * end.error < 0.1);
      const between = settings.filter((setting) => !above.includes(setting) && !below.includes(setting));
      const names = (some: readonly SettingCurves[]) => some.map(({ name }) => name).join('; ') || 'none';
      const quarter = settings.map(({ loss }) => loss[Math.round(loss.length / 4)]!);
      const tenth = below.flatMap((setting) => setting.tenth ?? []);
      return {
        found: `L after 10 000 steps: ${settings.map(({ name, end }) => `${name}: ${meanText(end)}`).join('; ')}`,
        verdict: above.length === settings.length ? 'holds' : 'does not hold as stated',
        why: [
          `True of ${names(above)}; within two errors of 0.1: ${names(between)}.`,
          ...(tenth.length > 0
            ? [
                `The mean curves of ${names(below)} come to 0.1 after ${range(tenth)} steps: they flatten, but lower than the text says.`,
              ]
            : []),
          `After a quarter of the steps all are at ${range(quarter, 3)}: a clock four times slower would do, but not for Fig. 4 (c-4-thousand).`,
        ].join(' '),
      };
    },
  },
  {
    id: 'c-1-any-p',
    where: '§3, below Theorem 3.2',
    claim: 'The sublinearity does not depend on the number of parameters p.',
    criterion:
      'Followed by the flow to a hundred times the steps, no initialisation of any setting ends exponentially.',
    judge({ settings }) {
      const runs = settings.flatMap(({ regimes }) => regimes);
      const count = (name: string) => runs.filter((regime) => regime === name).length;
      const exponents = settings.flatMap((setting) => setting.exponents);
      const ends = settings.flatMap(({ flowEnds }) => flowEnds);
      const steepness = ends.map((end) => end.steepness);
      const found = `sublinear ${shareText(count('sublinear'), runs.length)}, stagnant ${count('stagnant')}, exponential ${count('exponential')}`;
      return {
        found: `${found}; exponents of 1/t ${range(exponents)}; at the end L = ${range(ends.map(({ loss }) => loss))} and −d ln L/d ln t = ${range(steepness)}`,
        verdict: count('exponential') === 0 ? 'holds' : 'does not hold as stated',
        why: `Most runs come to rest at L > 0: with so few parameters there are ends that the limit has not. What is fitted as an exponential is motion between plateaus: no loss ends steeper than t^−${digits(Math.max(...steepness), 2)}, and Theorem 3.2 holds for all of them (c-3-2-bound).`,
      };
    },
  },
  {
    id: 'c-1-flow',
    where: '§2, App. D.1',
    claim: 'Gradient descent at the rate 10⁻³/p simulates gradient flow.',
    criterion: 'No loss of descent differs from that of the flow at the same time by more than 1 %, in any run.',
    judge({ settings }) {
      const apart = Math.max(...settings.map((setting) => setting.apart));
      return {
        found: `largest relative difference ${digits(apart, 2)} over ${settings.reduce((sum, { ends }) => sum + ends.length, 0)} runs`,
        verdict: apart < 0.01 ? 'holds' : 'does not hold as stated',
        why: 'A step is 10⁻³/m of the limit’s time, in which the fastest mode moves by a share of some 10⁻³.',
      };
    },
  },
  {
    id: 'c-3-2-bound',
    where: 'Theorem 3.2',
    claim: 'L(t) ≥ 1/(c₀ + c₁t)², c₁ = 12·ηΣ‖H‖², for labels ±1 and eigenvalues ±1.',
    criterion: 'No run of this figure, of flow or descent, is below the bound at any record.',
    judge({ settings }) {
      const below = settings.reduce((sum, setting) => sum + setting.below, 0);
      const room = settings.flatMap((setting) => setting.room);
      return {
        found: `${below} of ${2 * room.length} runs below; c₁ is ${range(room)} times what a run needs`,
        verdict: below === 0 ? 'holds' : 'does not hold as stated',
        why: 'It is loose because operator norms of H grow with d and the kernel does not; c₁ = 4√2·m does in the limit, whatever d.',
      };
    },
  },
  {
    id: 'c-3-2-constant',
    where: 'Theorem 3.2, Eqs. 38 to 42',
    claim: 'c₁ = 12·ηΣ‖H‖² is enough.',
    criterion:
      'Over one qubit with one parameter, H = Z between Hadamard gates, the largest d(1/√L)/dt over ηΣ‖H‖² is at most 12 (angles 10⁻³ … π/4).',
    judge: ({ oneQubit }) => ({
      found: `largest ${digits(oneQubit, 6)}; 8√2 is ${digits(8 * Math.SQRT2, 6)}`,
      verdict: oneQubit <= 12 ? 'holds' : 'does not hold as stated',
      why: 'Eq. 38 integrates to 8√2, which Eq. 39 rounds up to 12; 8√2 is the best constant, as this qubit comes to it.',
    }),
  },
];

export const fig1: Figure<NetworkResult, Analysis> = {
  id: 'c-fig1',
  paper: 'qnn-convergence',
  title: 'Sublinear convergence of networks with eigenvalues ±1',
  ensembles: (size) => networksOf(gridOf(size)),
  analyse: (results, size) => ({ settings: curvesOf(results, gridOf(size)), oneQubit: steepestOneQubit() }),
  panels: ({ settings }) => byDimension(settings).map(panelOf),
  claims,
};

/** Loss against steps with half a standard deviation, as in the paper, and Theorem 3.2's bounds. */
function panelOf(settings: readonly SettingCurves[]): DrawnPlot {
  const [first] = settings as readonly [SettingCurves];
  const last = first.steps.at(-1)!;
  const { c0, stated, limit } = first.bound!;
  const inTime = (step: number) => (step * 1e-3) / 4;
  const bound = (c1: number) =>
    counting(101).map((k) => ({ x: (k * last) / 100, y: (c0 + c1 * inTime((k * last) / 100)) ** -2 }));
  return panel({
    name: `d-${first.d}`,
    title: `d = ${first.d}, γ = 1`,
    caption: `Mean of ${first.ends.length} initialisations, bars half a standard deviation; the gradient flow, dashed, lies on gradient descent. Theorem 3.2’s bound is far below, its form for p → ∞ nearer.`,
    x: { title: 'steps of gradient descent, rate 10⁻³/p', scale: 'linear', from: 0, to: last },
    y: { title: 'L', scale: 'logarithmic', from: 1e-4, to: 1 },
    series: [
      ...settings.map(lossSeries),
      ...settings.map(({ steps, flow }, look) => ({
        label: '',
        look,
        theory: true,
        line: steps.map((x, k) => ({ x, y: flow[k]! })),
      })),
      { label: 'Theorem 3.2 as stated', look: 5, theory: true, line: bound(stated) },
      { label: 'its form for p → ∞, c₁ = 4√2·m', look: 6, theory: true, line: bound(limit) },
    ],
  });
}
