import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel } from '../../../panel.ts';
import { rankCorrelation } from '../../../statistics.ts';
import { resultsOf } from '../../../tasks.ts';
import { type DescentCell, descentName, descentsOf, type SourceName } from '../descent/setting.ts';
import type { DescentResult } from '../kinds/descent.ts';
import { digits, meanText, type Spread, spreadOf } from '../numbers.ts';
import { forAll, joined } from '../sweep/judging.ts';
import { type ModelName, models, sources, standard } from '../sweep/setting.ts';

const gridOf = (size: Size) =>
  size === 'full'
    ? { sources: Object.keys(sources) as SourceName[], layers: 10, splits: [1, 2, 3, 4, 5], seeds: 4, steps: 2000 }
    : { sources: ['sinusoid'] as SourceName[], layers: 3, splits: [1, 2], seeds: 1, steps: 100 };

const cellsOf = (size: Size): DescentCell[] => {
  const { sources: names, layers, splits } = gridOf(size);
  return names.flatMap((source) =>
    models.flatMap(({ name }) =>
      splits.map((split) => ({ source, model: name, layers, split, scale: standard.scale })),
    ),
  );
};

/** When to stop gradient descent: the place in the recorded steps. */
const rules = {
  /** Known afterwards alone: the most that a rule could gain. */
  best: ({ descent }) => leastOf(descent.testMse),
  kappa: ({ steps, kappa }) => {
    const found = steps.findIndex((step) => step >= kappa);
    return found < 0 ? steps.length - 1 : found;
  },
  leftOut: ({ leftOut }) => leastOf(leftOut),
  kernelTest: ({ kept }) => leastOf(kept.testMse),
} as const satisfies Record<string, (run: DescentResult) => number>;

type Rule = keyof typeof rules;

const ruleTexts: Readonly<Record<Rule, string>> = {
  best: 'best moment, known afterwards',
  kappa: 'after κ steps',
  leftOut: 'least error of Eq. 4 on training points left out',
  kernelTest: 'least error of Eq. 4 on the test points',
};

const leastOf = (values: readonly number[]): number => values.indexOf(Math.min(...values));

/** A network on a data set, over all splits and initialisations. */
interface Cell {
  readonly source: SourceName;
  readonly model: ModelName;
  readonly logKappa: Spread;
  /** log₁₀ of the test error where a rule stops over that at the end. */
  readonly gain: Readonly<Record<Rule, Spread>>;
  /** Steps at which it stops, median over the runs. */
  readonly stop: Readonly<Record<Rule, number>>;
  readonly steps: readonly number[];
  /** Test error along the steps, geometric mean. */
  readonly testMse: readonly number[];
}

interface Analysis {
  readonly cells: readonly Cell[];
  /** Rank correlation of log κ with what the best moment spares, over networks and data sets, by split. */
  readonly kappaTells: Spread;
}

const gainOf = (run: DescentResult, rule: Rule): number => {
  const { testMse } = run.descent;
  return Math.log10(testMse[rules[rule](run)]! / testMse.at(-1)!);
};

const byRule = <Value>(of: (rule: Rule) => Value): Record<Rule, Value> =>
  Object.fromEntries((Object.keys(rules) as Rule[]).map((rule) => [rule, of(rule)])) as Record<Rule, Value>;

function cellFrom(source: SourceName, model: ModelName, runs: readonly DescentResult[]): Cell {
  const { steps } = runs[0]!;
  return {
    source,
    model,
    logKappa: spreadOf(runs.map(({ kappa }) => Math.log10(kappa))),
    gain: byRule((rule) => spreadOf(runs.map((run) => gainOf(run, rule)))),
    stop: byRule((rule) => median(runs.map((run) => steps[rules[rule](run)]!))),
    steps,
    testMse: steps.map((_, k) => 10 ** spreadOf(runs.map(({ descent }) => Math.log10(descent.testMse[k]!))).mean),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** What a stop has to spare to be beneficial: a tenth of the test error. */
const worthwhile = Math.log10(0.9);

/** Geometric mean of a ratio with two standard errors. */
const ratioText = ({ mean, std, values }: Spread): string => {
  const error = (2 * std) / Math.sqrt(values.length);
  return `${digits(10 ** mean)} (${digits(10 ** (mean - error))} … ${digits(10 ** (mean + error))})`;
};

const isHigh = ({ model }: Cell): boolean => model.endsWith('high');

/** A rule helps where it spares a tenth of the test error, and by more than two standard errors anything. */
function spares(rule: Rule, why: string): Claim<Analysis>['judge'] {
  return ({ cells }) =>
    joined(
      cells.filter(isHigh).map(({ source, model, gain, stop }) => {
        const { mean, std, values } = gain[rule];
        return {
          name: `${model} on ${source}`,
          holds: mean <= worthwhile && mean + (2 * std) / Math.sqrt(values.length) < 0,
          found: `${ratioText(gain[rule])} at step ${digits(stop[rule])}`,
        };
      }),
      `${why} Low-frequency networks, which have a larger κ: ${cells
        .filter((cell) => !isHigh(cell))
        .map(({ source, model, gain }) => `${model} on ${source} ${ratioText(gain[rule])}`)
        .join('; ')}.`,
    );
}

const criterion = (rule: Rule) =>
  `Test error of gradient descent stopped (${ruleTexts[rule]}) over that after 2000 steps, geometric mean over five splits and four initialisations, is at most 0.9, and below 1 by two standard errors, for each high-frequency network and data set. ${forAll}`;

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'd-stopping-room',
    where: '§2',
    claim: 'Early stopping could be beneficial for high-frequency models.',
    criterion: criterion('best'),
    judge: spares(
      'best',
      'The test error has a minimum along the way where noise, or frequencies that the labels lack, are learned late.',
    ),
  },
  {
    id: 'd-stopping-kappa',
    where: '§2: “informed by our QNTK-based diagnostics”',
    claim: 'The condition number says when: at the decay time τ ~ κ training is over.',
    criterion: criterion('kappa'),
    judge: spares(
      'kappa',
      'Descent at γ = 1 takes tens of κ, as the kernel shrinks towards labels near ±1 (d-eq4-decay): stopping after κ steps is too early, by factors on the Ising ring.',
    ),
  },
  {
    id: 'd-stopping-left-out',
    where: '§2: “informed by our QNTK-based diagnostics”',
    claim: 'The kernel says when, from training points alone.',
    criterion: criterion('leftOut'),
    judge: spares(
      'leftOut',
      'The frozen kernel’s clock runs ahead of training (d-eq4), and its own least error comes within the first steps.',
    ),
  },
  {
    id: 'd-stopping-test',
    where: '§2, as Fig. 1f: Eq. 5 is scored on the test points',
    claim: 'The kernel says when, scored on the test points.',
    criterion: criterion('kernelTest'),
    judge: spares(
      'kernelTest',
      'Even with the test labels the frozen kernel’s best moment is one of the first steps; training needs a hundred times as many.',
    ),
  },
  {
    id: 'd-stopping-which',
    where: '§2',
    claim: 'A small condition number suggests that a network overfits.',
    criterion:
      'Rank correlation over networks and data sets of mean log κ with the share of the test error that is left at the best moment, by split, is at least 0.5 in the mean less two standard errors over splits; above 0 by two: with the condition that it is a tendency.',
    judge({ kappaTells }) {
      const low = kappaTells.mean - (2 * kappaTells.std) / Math.sqrt(kappaTells.values.length);
      return {
        found: `${meanText(kappaTells)} over ${kappaTells.values.length} splits`,
        verdict: low >= 0.5 ? 'holds' : low > 0 ? 'holds with a condition' : 'does not hold as stated',
        why: 'A small κ says that every direction is learned, noise too; how much that harms depends on labels and test points.',
      };
    },
  },
];

/** Where a rule's mark stands. */
const beside = ({ mean }: Spread, look: number): number => 10 ** (mean + 0.08 * (look - 1.5));

function ratios({ cells }: Analysis): DrawnPlot {
  return panel({
    name: 'ratio',
    title: 'Test error where a rule stops, over that at the end',
    caption:
      'A mark is a network on a data set, geometric mean with two standard errors over splits and initialisations; below the line a stop has helped. Rules stand side by side.',
    x: { title: 'κ', scale: 'logarithmic' },
    y: { title: 'test MSE stopped / test MSE at the end', scale: 'logarithmic' },
    series: [
      ...(Object.keys(rules) as Rule[]).map((rule, look) => ({
        label: ruleTexts[rule],
        look,
        marks: cells.map(({ logKappa, gain }) => ({ x: beside(logKappa, look), y: 10 ** gain[rule].mean })),
        bars: cells.map(({ logKappa, gain }) => {
          const { mean, std, values } = gain[rule];
          const error = (2 * std) / Math.sqrt(values.length);
          return { x: beside(logKappa, look), low: 10 ** (mean - error), high: 10 ** (mean + error) };
        }),
      })),
      {
        label: '',
        look: 6,
        theory: true,
        line: [Math.min, Math.max].map((end) => ({
          x: 10 ** end(...cells.map(({ logKappa }) => logKappa.mean)),
          y: 1,
        })),
      },
    ],
  });
}

function testCurves({ cells }: Analysis, source: SourceName): DrawnPlot {
  const own = cells.filter((cell) => cell.source === source);
  return panel({
    name: source,
    title: `Test error along gradient descent: ${source}`,
    caption:
      'Geometric mean over splits and initialisations; marks: where the kernel, from training points alone, would stop (median).',
    x: { title: 'steps', scale: 'logarithmic' },
    y: { title: 'test MSE', scale: 'logarithmic' },
    series: own.flatMap(({ model, steps, testMse, stop }, look) => {
      const nearest = leastOf(steps.map((step) => Math.abs(step - stop.leftOut)));
      return [
        { label: model, look, line: steps.flatMap((x, k) => (x > 0 ? [{ x, y: testMse[k]! }] : [])) },
        { label: '', look, marks: steps[nearest]! > 0 ? [{ x: steps[nearest]!, y: testMse[nearest]! }] : [] },
      ];
    }),
  });
}

export const stopping: Figure<DescentResult, Analysis> = {
  id: 'd-stopping',
  paper: 'qntk-diagnostics',
  title: 'Early stopping by the kernel',
  ensembles: (size) => descentsOf(cellsOf(size), gridOf(size)),
  analyse(results, size) {
    const grid = gridOf(size);
    const runsOf = (source: SourceName, model: ModelName, splits: readonly number[]) =>
      splits.flatMap((split) =>
        resultsOf<DescentResult>(
          results,
          descentName({ source, model, layers: grid.layers, split, scale: standard.scale }),
        ),
      );
    const all = grid.sources.flatMap((source) => models.map(({ name }) => [source, name] as const));
    return {
      cells: all.map(([source, model]) => cellFrom(source, model, runsOf(source, model, grid.splits))),
      kappaTells: spreadOf(
        grid.splits.map((split) => {
          const cells = all.map(([source, model]) => cellFrom(source, model, runsOf(source, model, [split])));
          return rankCorrelation(
            cells.map(({ logKappa }) => logKappa.mean),
            cells.map(({ gain }) => gain.best.mean),
          );
        }),
      ),
    };
  },
  panels: (analysis) => [
    ratios(analysis),
    ...[...new Set(analysis.cells.map(({ source }) => source))].map((source) => testCurves(analysis, source)),
  ],
  claims,
};
