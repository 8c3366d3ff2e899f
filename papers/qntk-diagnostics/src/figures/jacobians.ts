import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel, type Series } from '../../../panel.ts';
import { rankCorrelation } from '../../../statistics.ts';
import { resultsOf, tasks } from '../../../tasks.ts';
import { type PathResult, type PathSpec, pathKind } from '../kinds/path.ts';
import { digits, meanText, type Spread, spreadOf } from '../numbers.ts';
import { forAll, joined, type PartFinding } from '../sweep/judging.ts';
import { type ModelName, models, shownSplit, sources, standardSpec } from '../sweep/setting.ts';

/** Numbers of Jacobians, and as many as it takes. */
const budgets = [1, 5, 12, 20, null] as const;

const optimizers = [
  { name: 'lbfgs', label: 'L-BFGS' },
  { name: 'adam', label: 'Adam' },
] as const satisfies readonly { readonly name: PathSpec['optimizer']; readonly label: string }[];

type Optimizer = (typeof optimizers)[number];

const gridOf = (size: Size) =>
  size === 'full' ? { depths: [10, 40], seeds: 10, steps: 500 } : { depths: [2], seeds: 1, steps: 50 };

const nameOf = (optimizer: Optimizer, model: ModelName, layers: number): string =>
  `${optimizer.label}, ${model}, ${layers} layers`;

/** A network trained by an optimiser, over its initialisations. */
interface Cell {
  readonly optimizer: Optimizer['label'];
  readonly model: ModelName;
  readonly layers: number;
  readonly gradients: Spread;
  /** Mean |f of Eq. 5 − f trained| over the test points. */
  readonly kernelError: Spread;
  readonly forecasts: readonly Forecast[];
}

/** By the number of Jacobians, in the order of the budgets. */
interface Forecast {
  readonly budget: number | null;
  readonly jacobians: Spread;
  readonly error: Spread;
  /** |R² forecast − R² trained| on the test points. */
  readonly scoreGap: Spread;
}

interface Analysis {
  readonly cells: readonly Cell[];
}

const negligible = 0.05;

function cellFrom(optimizer: Optimizer, model: ModelName, layers: number, runs: readonly PathResult[]): Cell {
  return {
    optimizer: optimizer.label,
    model,
    layers,
    gradients: spreadOf(runs.map(({ gradients }) => gradients)),
    kernelError: spreadOf(runs.map(({ kernel }) => kernel.error)),
    forecasts: budgets.map((budget, k) => {
      const of = (value: (run: PathResult) => number) => spreadOf(runs.map(value));
      return {
        budget,
        jacobians: of(({ forecasts }) => forecasts[k]!.jacobians),
        error: of(({ forecasts }) => forecasts[k]!.error),
        scoreGap: of(({ forecasts, testR2 }) => Math.abs(forecasts[k]!.testR2 - testR2)),
      };
    }),
  };
}

/** Networks trained by an optimiser: a criterion that has to be met at every depth. */
const eachNetwork = (
  { cells }: Analysis,
  optimizer: Optimizer['label'],
  part: (cell: Cell) => { readonly holds: boolean; readonly found: string },
): PartFinding[] =>
  models.map(({ name }) => {
    const own = cells.filter((cell) => cell.optimizer === optimizer && cell.model === name);
    return {
      name,
      holds: own.every((cell) => part(cell).holds),
      found: own.map((cell) => `${part(cell).found} (${cell.layers} layers)`).join(', '),
    };
  });

const forecastOf = ({ forecasts }: Cell, budget: number | null): Forecast =>
  forecasts.find((forecast) => forecast.budget === budget)!;

const adaptive = (cell: Cell): Forecast => forecastOf(cell, null);

const whys: Readonly<Record<PathSpec['optimizer'], string>> = {
  lbfgs:
    'Numbers are those of Jacobians, with the error that each leaves. For high-frequency networks errors stay above 0.1 up to 20 Jacobians.',
  adam: 'Numbers are those of Jacobians, with the error that each leaves. The model of the network knows it within 1.5 rad of all angles together; at 40 layers Adam moves hundreds of angles by its rate in each step, and is out of it at once.',
};

const claimsFor = ({ label, name }: Optimizer): Claim<Analysis>[] => [
  {
    id: `d-jacobians-${name}-kernel`,
    where: name === 'lbfgs' ? 'Fig. 1e, §3' : 'Fig. 1e, for another optimiser than the paper’s',
    claim: `One Jacobian, at initialisation, tells what ${label} trains to.`,
    criterion: `Mean |f of Eq. 5 − f trained| over the test points at most ${negligible} at 10 and at 40 layers. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachNetwork(analysis, label, ({ kernelError }) => ({
          holds: kernelError.mean <= negligible,
          found: meanText(kernelError),
        })),
        'Eq. 5 is linear regression by the kernel at t = ∞; the trained network has left both the kernel and that time.',
      ),
  },
  {
    id: `d-jacobians-${name}-twenty`,
    where: 'ours, beyond Fig. 1e',
    claim: `Twenty Jacobians along the path of ${label} tell it.`,
    criterion: `The same with the outputs forecast from 20 Jacobians at most ${negligible} at 10 and at 40 layers. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachNetwork(analysis, label, (cell) => ({
          holds: forecastOf(cell, 20).error.mean <= negligible,
          found: budgets
            .filter((budget) => budget !== null)
            .map((budget) => `${budget}: ${meanText(forecastOf(cell, budget).error)}`)
            .join(', '),
        })),
        whys[name],
      ),
  },
  {
    id: `d-jacobians-${name}-falls`,
    where: 'ours, beyond Fig. 1e',
    claim: 'The approximation error falls with the number of Jacobians.',
    criterion: `Rank correlation of the mean error with 1, 5, 12 and 20 Jacobians at most −0.8 at 10 and at 40 layers. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachNetwork(analysis, label, (cell) => {
          const numbers = budgets.filter((budget) => budget !== null);
          const trend = rankCorrelation(
            numbers,
            numbers.map((budget) => forecastOf(cell, budget).error.mean),
          );
          return { holds: trend <= -0.8, found: digits(trend) };
        }),
        'An error that is at rounding, or at that of the training’s own end, falls no further.',
      ),
  },
  {
    id: `d-jacobians-${name}-cost`,
    where: '§3: “training a QNN would require all gradients at each training epoch”',
    claim: `A forecast takes fewer gradients than training by ${label}.`,
    criterion: `As many Jacobians as the path asks for are fewer than half of the gradients of training, and leave an error of at most ${negligible}, at 10 and at 40 layers. ${forAll}`,
    judge: (analysis) =>
      joined(
        eachNetwork(analysis, label, (cell) => {
          const { jacobians, error } = adaptive(cell);
          return {
            holds: jacobians.mean < cell.gradients.mean / 2 && error.mean <= negligible,
            found: `${digits(jacobians.mean)} Jacobians leave ${meanText(error)}, training took ${digits(cell.gradients.mean, 3)} gradients`,
          };
        }),
        'A Jacobian of the training points costs about as much as a gradient of the loss.',
      ),
  },
];

function errorPanel({ cells }: Analysis, { label, name }: Optimizer): DrawnPlot {
  const own = cells.filter(({ optimizer }) => optimizer === label);
  const depths = [...new Set(own.map(({ layers }) => layers))];
  return panel({
    name,
    title: `e) Approximation error a point against the number of Jacobians: ${label}`,
    caption: `Mean over test points and ${own[0]!.gradients.values.length} initialisations of |f forecast − f trained|, Lines: ${depths[0]} layers${depths.length > 1 ? `, dashed: ${depths.at(-1)}` : ''}, 1 to 20 Jacobians along the path; marks: as many as the path asks for. Marks at the left edge: Eq. 5, of one Jacobian. What is below 10⁻⁶ lies under the frame.`,
    x: { title: 'Jacobians of the training points', scale: 'logarithmic', from: 0.8 },
    y: { title: 'mean |difference|', scale: 'logarithmic', from: 1e-6 },
    series: models.flatMap((model, look) =>
      own
        .filter((cell) => cell.model === model.name)
        .flatMap((cell): Series[] => {
          const numbers = cell.forecasts.filter(({ budget }) => budget !== null);
          const shallow = cell.layers === depths[0];
          const free = adaptive(cell);
          return [
            {
              label: shallow ? model.name : '',
              look,
              ...(!shallow && { theory: true }),
              line: numbers.map(({ jacobians, error }) => ({ x: jacobians.mean, y: error.mean })),
            },
            {
              label: '',
              look,
              marks: [
                { x: free.jacobians.mean, y: free.error.mean },
                { x: 0.9, y: cell.kernelError.mean },
              ],
            },
          ];
        }),
    ),
  });
}

export const jacobians: Figure<PathResult, Analysis> = {
  id: 'd-jacobians',
  paper: 'qntk-diagnostics',
  title: 'Panel e against the number of Jacobians, for L-BFGS and for Adam',
  ensembles(size) {
    const { depths, seeds, steps } = gridOf(size);
    return Object.fromEntries(
      optimizers.flatMap((optimizer) =>
        models.flatMap((model) =>
          depths.map((layers) => {
            const own = { ...standardSpec(sources.tfim)(model), layers, split: shownSplit, steps };
            const spec: PathSpec = { ...own, optimizer: optimizer.name, budgets };
            return [nameOf(optimizer, model.name, layers), tasks(pathKind, spec, seeds)];
          }),
        ),
      ),
    );
  },
  analyse: (results, size) => ({
    cells: optimizers.flatMap((optimizer) =>
      models.flatMap(({ name }) =>
        gridOf(size).depths.map((layers) =>
          cellFrom(optimizer, name, layers, resultsOf(results, nameOf(optimizer, name, layers))),
        ),
      ),
    ),
  }),
  panels: (analysis) => optimizers.map((optimizer) => errorPanel(analysis, optimizer)),
  claims: optimizers.flatMap(claimsFor),
};
