import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type LimitResult, limitKind } from '../kinds/limit.ts';
import { counting, digits, meanOf, range } from '../numbers.ts';
import { limitRate, shapes } from '../spectra.ts';

const [d, m] = [2 ** 12, 4];
const gammasOf = (size: Size) => (size === 'full' ? [1.05, 1.2, 1.5, 2, 3] : [1.5, 3]);
const seedsOf = (size: Size) => (size === 'full' ? 20 : 3);
/** One sample at γ = 1, d = 2^50, and the ends of the runs that exponents are fitted to. */
const edgeEnds = [2, 20, 200];

const nameOf = (shape: string, gamma: number) => `${shape}, γ = ${gamma}`;
const edgeName = (shape: string, end: number) => `${shape}, γ = 1, to t = ${end}`;

interface Point {
  readonly gamma: number;
  /** Terminal rate over γ²: closed form of d → ∞; median, and the second and second-last, of the runs. */
  readonly closed: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

interface Shape {
  readonly name: string;
  /** From the largest eigenvalue to the next one. */
  readonly gap: number;
  readonly points: readonly Point[];
  /** Exponents of L ∝ t^−α at γ = 1, by the end of the run; null where none is fitted. */
  readonly edge: readonly (number | null)[];
  /** L·8g²t² at γ = 1 and the last of these ends. */
  readonly edgeShare: number;
}

interface Analysis {
  readonly shapes: readonly Shape[];
}

function pointOf(values: readonly number[], gamma: number, runs: readonly LimitResult[]): Point {
  const rates = runs.flatMap(({ rate }) => (rate === null ? [] : [rate / gamma ** 2])).sort((a, b) => a - b);
  const middle = rates.length / 2;
  return {
    gamma,
    closed: limitRate(values, gamma),
    median: (rates[Math.ceil(middle) - 1]! + rates[Math.floor(middle)]!) / 2,
    low: rates[1]!,
    high: rates.at(-2)!,
  };
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-spectra-rate',
    where: '§5, outlook: “measurements with more complicated spectrums”; ours',
    claim:
      'As d → ∞ the terminal rate is four times the variance of the spectrum tilted to have its mean at the label.',
    criterion: 'The median rate of the runs at d = 4096 is within 5 % of it for every spectrum and γ.',
    judge({ shapes: all }) {
      const off = all.flatMap(({ points }) => points.map(({ closed, median }) => Math.abs(median / closed - 1)));
      return {
        found: `largest difference ${digits(100 * Math.max(...off), 2)} %, mean ${digits(100 * meanOf(off).mean, 2)} %, of ${off.length} pairs`,
        verdict: off.every((value) => value <= 0.05) ? 'holds' : 'does not hold as stated',
        why: 'Probabilities of eigenspaces move along p_k ∝ d_k·e^(2λ_k s), and K_asym is twice their variance.',
      };
    },
  },
  {
    id: 'c-spectra-pauli',
    where: '§5, outlook; ours',
    claim: 'Of all readouts with the same range, two-valued ones converge fastest.',
    criterion: 'At every γ the second-slowest run of ±1 is faster than the second-fastest run of every other spectrum.',
    judge({ shapes: [pauli, ...others] }) {
      const shares = pauli!.points.flatMap(({ gamma, low }) =>
        others.map(({ points }) => low / points.find((point) => point.gamma === gamma)!.high),
      );
      return {
        found: `slowest ±1 over fastest other: ${range(shares)}`,
        verdict: shares.every((share) => share > 1) ? 'holds' : 'does not hold as stated',
        why: 'No law between −γ and γ with the mean y has a variance above γ² − y², and only two values have that much (Bhatia and Davis 2000).',
      };
    },
  },
  {
    id: 'c-spectra-edge',
    where: 'Theorem 3.2 for other readouts; ours',
    claim: 'At γ = 1 the loss ends as 1/t² whatever the spectrum.',
    criterion:
      'The exponent fitted up to t = 200 is 2 ± 0.1 for every spectrum: holds; for those with a gap of 1 or more: with a condition.',
    judge({ shapes: all }) {
      const fine = ({ edge }: Shape) => edge.at(-1) !== null && Math.abs(edge.at(-1)! - 2) <= 0.1;
      return {
        found: all
          .map(({ name, edge }) => `${name}: ${edge.map((value) => (value === null ? '–' : digits(value))).join(', ')}`)
          .join('; '),
        verdict: all.every(fine)
          ? 'holds'
          : all.filter(({ gap }) => gap >= 1).every(fine)
            ? 'holds with a condition'
            : 'does not hold as stated',
        why: 'In the end L → 1/(8g²t²), g the gap below the largest eigenvalue; as long as residuals are larger than g a dense spectrum looks continuous and the loss falls as 1/t. Exponents are up to t = 2, 20, 200.',
      };
    },
  },
];

export const spectra: Figure<LimitResult, Analysis> = {
  id: 'c-spectra',
  paper: 'qnn-convergence',
  title: 'Rate of convergence against the spectrum of the readout',
  ensembles: (size) =>
    Object.fromEntries(
      shapes.flatMap(({ name, values }) => [
        ...gammasOf(size).map((gamma) => [
          nameOf(name, gamma),
          tasks(
            limitKind,
            // Thirty times the time in which the slowest residual falls by e.
            {
              d,
              m,
              gamma,
              eigenvalues: values,
              labels: 'random',
              time: 60 / (limitRate(values, gamma) * gamma ** 2),
              curves: false,
            },
            seedsOf(size),
          ),
        ]),
        ...edgeEnds.map((time) => [
          edgeName(name, time),
          tasks(limitKind, { d: 2 ** 50, m: 1, gamma: 1, eigenvalues: values, labels: 1, time, curves: false }, 1),
        ]),
      ]),
    ),
  analyse: (results, size) => ({
    shapes: shapes.map(({ name, values, gap }) => {
      const edges = edgeEnds.map((end) => resultsOf<LimitResult>(results, edgeName(name, end))[0]!);
      return {
        name,
        gap,
        points: gammasOf(size).map((gamma) =>
          pointOf(values, gamma, resultsOf<LimitResult>(results, nameOf(name, gamma))),
        ),
        edge: edges.map(({ exponent }) => exponent),
        edgeShare: edges.at(-1)!.loss.end * 8 * gap ** 2 * edgeEnds.at(-1)! ** 2,
      };
    }),
  }),
  panels: ({ shapes: all }) => [panelOf(all)],
  claims,
};

function panelOf(all: readonly Shape[]): DrawnPlot {
  return panel({
    name: 'rates',
    title: 'Terminal rate over γ², labels ±1, d = 4096, m = 4',
    caption:
      'Lines: closed form of d → ∞; marks: medians of the runs, bars from the second run to the second-last. Two-valued readouts are the fastest for every label.',
    x: { title: 'label as a share of the readout’s range, 1/γ', scale: 'linear', from: 0, to: 1 },
    y: { title: '−d ln L/dt, over γ²', scale: 'linear', from: 0, to: 4 },
    series: all.map(({ name, points }, look) => ({
      label: name,
      look,
      line: counting(99).map((k) => {
        const x = (k + 1) / 100;
        return { x, y: limitRate(shapes.find((shape) => shape.name === name)!.values, 1 / x) };
      }),
      marks: points.map(({ gamma, median }) => ({ x: 1 / gamma, y: median })),
      bars: points.map(({ gamma, low, high }) => ({ x: 1 / gamma, low, high })),
    })),
  });
}
