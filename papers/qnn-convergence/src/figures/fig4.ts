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
import { counting, digits, range, shareText } from '../numbers.ts';

/** 1 000 steps; the paper stops where the mean loss is below 10⁻². The flow goes on to three times that. */
const gridOf = (size: Size): NetworkGrid => ({
  gamma: 4,
  steps: 1000,
  beyond: 3,
  ...(size === 'full'
    ? { dimensions: [32, 64], parameters: [10, 20, 40, 80], seeds: 10 }
    : { dimensions: [16], parameters: [10, 40], seeds: 2 }),
});

interface Analysis {
  readonly settings: readonly SettingCurves[];
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-4-thousand',
    where: 'Fig. 4',
    claim: 'At γ = 4 it takes less than 1000 iterations for L to come below 10⁻² in most of the instances.',
    criterion: 'In every setting more than half of the initialisations are below 10⁻² before step 1000.',
    judge({ settings }) {
      const reached = settings.map(({ hundredth }) => hundredth.filter((step) => step !== null).length);
      const total = settings.reduce((sum, { hundredth }) => sum + hundredth.length, 0);
      const each = settings.map(({ name, hundredth }, k) => `${name}: ${reached[k]} of ${hundredth.length}`);
      const all = reached.reduce((sum, count) => sum + count, 0);
      const steps = settings.flatMap(({ hundredth }) => hundredth.filter((step) => step !== null));
      return {
        found: `${shareText(all, total)}; ${each.join('; ')}`,
        verdict: settings.every(({ hundredth }, k) => reached[k]! > hundredth.length / 2)
          ? 'holds'
          : all > total / 2
            ? 'holds with a condition'
            : 'does not hold as stated',
        why: `Those that come there need ${range(steps)} steps. In a clock four times slower, which Fig. 1 would need (c-1-level), ${steps.filter((step) => 4 * step < 1000).length} of ${total} would: no one clock makes both statements true.`,
      };
    },
  },
  {
    id: 'c-4-rate',
    where: 'Fig. 4, §4',
    claim: 'At γ = 4 the rate of convergence −d ln L/dt does not vanish as L → 0.',
    criterion:
      'In every setting, in nine of ten initialisations, the rate of the flow at three times the steps is above a tenth of that at the start; if from some p on only: with a condition.',
    judge({ settings }) {
      const enough = ({ rateLeft }: SettingCurves) =>
        rateLeft.filter((share) => share > 0.1).length >= 0.9 * rateLeft.length;
      const holding = settings.filter(enough);
      const each = settings.map(({ name, rateLeft }) => `${name}: ${range(rateLeft)}`);
      return {
        found: `rate at the end over that at the start: ${each.join('; ')}`,
        verdict:
          holding.length === settings.length
            ? 'holds'
            : holding.length > 0
              ? 'holds with a condition'
              : 'does not hold as stated',
        why: `True of ${holding.map(({ name }) => name).join('; ') || 'no setting'}. In the limit 2(γ² − 1) of 2γ² are left; with few parameters K has small eigenvalues of its own.`,
      };
    },
  },
  {
    id: 'c-4-against-1',
    where: 'Fig. 4 against Fig. 1',
    claim: 'A constant scaling of the measurement leads to convergence within many fewer iterations.',
    criterion:
      'In every setting the mean loss after 1000 steps at γ = 4 is below what Theorem 3.2 in its form for p → ∞ allows at γ = 1.',
    judge({ settings }) {
      const allowed = (setting: SettingCurves) =>
        (1 / Math.sqrt(0.5) + 4 * Math.SQRT2 * 4 * timeOf(1000)) ** -2 / setting.loss.at(-1)!;
      const shares = settings.map(allowed);
      return {
        found: `bound over mean loss: ${settings.map(({ name }, k) => `${name}: ${digits(shares[k]!, 2)}`).join('; ')}`,
        verdict: shares.every((share) => share > 1)
          ? 'holds'
          : shares.some((share) => share > 1)
            ? 'holds with a condition'
            : 'does not hold as stated',
        why: 'No network with eigenvalues ±1 and many parameters comes below that bound, from L(0) = ½, however it is built.',
      };
    },
  },
];

/** The limit's time after so many steps, m = 4. */
const timeOf = (steps: number) => (steps * 1e-3) / 4;

export const fig4: Figure<NetworkResult, Analysis> = {
  id: 'c-fig4',
  paper: 'qnn-convergence',
  title: 'Convergence of networks with γ = 4',
  ensembles: (size) => networksOf(gridOf(size)),
  analyse: (results, size) => ({ settings: curvesOf(results, gridOf(size)) }),
  panels: ({ settings }) => byDimension(settings).map(panelOf),
  claims,
};

function panelOf(settings: readonly SettingCurves[]): DrawnPlot {
  const [first] = settings as readonly [SettingCurves];
  const last = first.steps.at(-1)!;
  return panel({
    name: `d-${first.d}`,
    title: `d = ${first.d}, γ = 4`,
    caption: `Mean of ${first.ends.length} initialisations, bars half a standard deviation. Theorem 3.2, in its form for p → ∞ and eigenvalues ±1 (dashed), does not bind here: curves cross it.`,
    x: { title: 'steps of gradient descent, rate 10⁻³/p', scale: 'linear', from: 0, to: last },
    y: { title: 'L', scale: 'logarithmic', from: 1e-6, to: 2 },
    series: [
      ...settings.map(lossSeries),
      {
        label: 'Theorem 3.2 for γ = 1, p → ∞',
        look: 5,
        theory: true,
        line: counting(101).map((k) => ({
          x: (k * last) / 100,
          y: (Math.SQRT2 + 4 * Math.SQRT2 * 4 * timeOf((k * last) / 100)) ** -2,
        })),
      },
      {
        label: 'L = 10⁻²',
        look: 6,
        theory: true,
        line: [
          { x: 0, y: 0.01 },
          { x: last, y: 0.01 },
        ],
      },
    ],
  });
}
