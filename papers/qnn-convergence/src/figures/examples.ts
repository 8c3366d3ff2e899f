import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type ExampleResult, exampleKind } from '../kinds/examples.ts';
import { type Mean, meanOf, meanText, range } from '../numbers.ts';

const names = ['tfim', 'sinusoid', 'moons'] as const;
type Name = (typeof names)[number];
/** 1.5 is the examples' own; the labels of moons are ±1. */
const gammasOf = (size: Size) => (size === 'full' ? [1, 1.5, 3] : [1, 3]);
const examplesOf = (size: Size): readonly Name[] => (size === 'full' ? names : ['sinusoid', 'moons']);
const seedsOf = (size: Size) => (size === 'full' ? 5 : 2);
const nameOf = (example: Name, gamma: number) => `${example}, γ = ${gamma}`;

interface Point {
  readonly example: Name;
  readonly gamma: number;
  /** √(Σy⁴/m)/γ²: the change of K_asym in the limit from ŷ = 0, samples alone. */
  readonly limit: number;
  /** ‖K(t) − K(0)‖/‖K(0)‖ at the end of the flow. */
  readonly change: Mean;
  readonly loss: Mean;
  readonly regimes: readonly string[];
}

interface Analysis {
  readonly points: readonly Point[];
}

/** `moons, γ = 1: 2 stagnant, 3 exponential`. */
function endsOf({ example, gamma, regimes }: Point): string {
  const kinds = [...new Set(regimes)].sort();
  const counts = kinds.map((kind) => `${regimes.filter((one) => one === kind).length} ${kind}`);
  return `${nameOf(example, gamma)}: ${counts.join(', ')}`;
}

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'c-examples-not-frozen',
    where: '§1, App. D.2: “ubiquitous in general for practical settings”',
    claim: 'The kernels of practical networks change significantly (≥ 5 %) during training.',
    criterion: 'The mean change of every example and γ, less two standard errors, is at least 5 %.',
    judge({ points }) {
      const largest = Math.max(...points.map(({ gamma }) => gamma));
      const beyond = points.filter(({ gamma }) => gamma === largest).map(({ change, limit }) => change.mean / limit);
      return {
        found: points.map(({ example, gamma, change }) => `${nameOf(example, gamma)}: ${meanText(change)}`).join('; '),
        verdict: points.every(({ change: { mean, error } }) => mean - 2 * error >= 0.05)
          ? 'holds'
          : 'does not hold as stated',
        why: `At γ = ${largest} networks of diagnose’s examples change ${range(beyond)} times as much as the limit: what finite depth does comes on top. How their losses end within 500 steps: ${points.map(endsOf).join('; ')}. By their labels only moons at γ = 1 are at the edge of the readout, where the limit is critical; the others are inside.`,
      };
    },
  },
  {
    id: 'c-examples-gamma',
    where: 'Fig. 5, §4',
    claim: 'A larger readout scale makes the kernel change less.',
    criterion:
      'In every example the mean change falls from each γ to the next by more than two standard errors of both; from the smallest to the largest only: with a condition.',
    judge({ points }) {
      const own = names
        .map((name) => points.filter(({ example }) => example === name))
        .filter((some) => some.length > 0);
      const falls = (a: Point, b: Point) =>
        a.change.mean - b.change.mean > 2 * Math.hypot(a.change.error, b.change.error);
      const each = own.every((some) => some.slice(1).every((next, k) => falls(some[k]!, next)));
      const ends = own.every((some) => falls(some[0]!, some.at(-1)!));
      return {
        found: own
          .map((some) => `${some[0]!.example}: ${some.map(({ change }) => meanText(change)).join(' → ')}`)
          .join('; '),
        verdict: each ? 'holds' : ends ? 'holds with a condition' : 'does not hold as stated',
        why: `The limit’s part falls as 1/γ²; over the limit’s change it is ${range(points.map(({ change, limit }) => change.mean / limit))} times.`,
      };
    },
  },
];

export const examples: Figure<ExampleResult, Analysis> = {
  id: 'c-examples',
  paper: 'qnn-convergence',
  title: 'Networks of diagnose’s examples beside the limit',
  ensembles: (size) =>
    Object.fromEntries(
      examplesOf(size).flatMap((example) =>
        gammasOf(size).map((gamma) => [nameOf(example, gamma), tasks(exampleKind, { example, gamma }, seedsOf(size))]),
      ),
    ),
  analyse: (results, size) => ({
    points: examplesOf(size).flatMap((example) =>
      gammasOf(size).map((gamma) => {
        const runs = resultsOf<ExampleResult>(results, nameOf(example, gamma));
        const { labels } = runs[0]!;
        return {
          example,
          gamma,
          limit: Math.sqrt(labels.reduce((sum, y) => sum + y ** 4, 0) / labels.length) / gamma ** 2,
          change: meanOf(runs.map(({ kernelChange }) => kernelChange)),
          loss: meanOf(runs.map(({ loss }) => loss)),
          regimes: runs.map(({ regime }) => regime ?? 'too short to tell'),
        };
      }),
    ),
  }),
  panels: ({ points }) => [
    panel({
      name: 'change',
      title: 'Change of the kernel: networks against the limit',
      caption: `${points[0]!.change.count} initialisations with two standard errors, γ = 1, 1.5, 3 from right to left. The limit p → ∞ has √(Σy⁴/m)/γ² (dashed): networks are above it, most so where the limit hardly moves, but for moons at γ = 1.`,
      x: { title: 'change of K_asym in the limit', scale: 'logarithmic', from: 0.05, to: 1.2 },
      y: { title: 'change of K in the network', scale: 'logarithmic', from: 0.05, to: 2 },
      series: [
        ...names.flatMap((name, look) => {
          const some = points.filter(({ example }) => example === name);
          if (some.length === 0) return [];
          const marks = some.map(({ limit, change }) => ({ x: limit, y: change.mean }));
          const bars = some.map(({ limit, change: { mean, error } }) => ({
            x: limit,
            low: Math.max(0.05, mean - 2 * error),
            high: mean + 2 * error,
          }));
          return [{ label: `${name}, γ = ${some.map(({ gamma }) => gamma).join(', ')}`, look, marks, bars }];
        }),
        { label: 'as in the limit', look: 6, theory: true, line: [0.05, 1.2].map((x) => ({ x, y: x })) },
      ],
    }),
  ],
  claims,
};
