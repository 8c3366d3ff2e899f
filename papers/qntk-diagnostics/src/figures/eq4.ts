import type { DrawnPlot } from '@qntk/report/plots';
import type { Claim, Figure, Size } from '../../../figure.ts';
import { panel, type Series } from '../../../panel.ts';
import { resultsOf } from '../../../tasks.ts';
import { type DescentCell, descentName, descentsOf } from '../descent/setting.ts';
import type { DescentResult } from '../kinds/descent.ts';
import { digits, meanText, rangeText, type Spread, spreadOf } from '../numbers.ts';
import { forAll, joined, type PartFinding } from '../sweep/judging.ts';
import { type ModelName, models, shownSplit } from '../sweep/setting.ts';

const gridOf = (size: Size) =>
  size === 'full' ? { depths: [10, 40], seeds: 10, steps: 2000 } : { depths: [2, 3], seeds: 2, steps: 100 };

const cellsOf = (size: Size): DescentCell[] =>
  models.flatMap(({ name }) =>
    gridOf(size).depths.map((layers) => ({ source: 'tfim', model: name, layers, split: shownSplit })),
  );

/** A network at a depth; curves are means over the initialisations, by step. */
interface Cell {
  readonly model: ModelName;
  readonly layers: number;
  readonly steps: readonly number[];
  readonly descentTrain: readonly number[];
  readonly descentTest: readonly number[];
  readonly forecastTrain: readonly number[];
  readonly forecastTest: readonly number[];
  /** Mean |f of Eq. 4 − f of descent| over the test points, f₀ kept: largest over the steps, by initialisation. */
  readonly largestError: Spread;
  readonly error: readonly number[];
  /** Mean over the test points of |mean over the initialisations of Eq. 4 as printed − that of descent|. */
  readonly expectedError: readonly number[];
  /** Standard error of that, largest over the steps. */
  readonly expectedUncertainty: number;
  /** Share of the test points whose mean output at initialisation is within two standard errors of 0. */
  readonly centred: number;
  readonly logKappa: Spread;
  /** Decay time of the residual in steps, where the MSE falls from 10⁻² to 10⁻³ of the first; null where it does not. */
  readonly decay: readonly (number | null)[];
  /** The same from 10⁻³ to 10⁻⁴. */
  readonly laterDecay: readonly (number | null)[];
  /** Largest ratio of neighbouring training errors along the steps. */
  readonly largestRise: number;
}

interface Analysis {
  readonly cells: readonly Cell[];
}

const negligible = 0.05;

function cellFrom({ model, layers }: DescentCell, runs: readonly DescentResult[]): Cell {
  const { steps } = runs[0]!;
  const mean = (of: (run: DescentResult) => readonly number[]) =>
    steps.map((_, k) => spreadOf(runs.map((run) => of(run)[k]!)).mean);
  const differences = steps.map((_, k) =>
    runs[0]!.outputs[k]!.map((_unused, i) => spreadOf(runs.map((run) => run.printed[k]![i]! - run.outputs[k]![i]!))),
  );
  const root = Math.sqrt(runs.length);
  const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = runs[0]!.initial.map((_, i) => spreadOf(runs.map(({ initial }) => initial[i]!)));
  return {
    model,
    layers,
    steps,
    descentTrain: mean(({ descent }) => descent.trainMse),
    descentTest: mean(({ descent }) => descent.testMse),
    forecastTrain: mean(({ kept }) => kept.trainMse),
    forecastTest: mean(({ kept }) => kept.testMse),
    largestError: spreadOf(runs.map(({ kept }) => Math.max(...kept.error))),
    error: mean(({ kept }) => kept.error),
    expectedError: differences.map((points) => average(points.map((point) => Math.abs(point.mean)))),
    expectedUncertainty: Math.max(...differences.map((points) => average(points.map(({ std }) => std / root)))),
    centred: average(centred.map((point) => (Math.abs(point.mean) <= (2 * point.std) / root ? 1 : 0))),
    logKappa: spreadOf(runs.map(({ kappa }) => Math.log10(kappa))),
    decay: runs.map((run) => decayTime(run, 1e-2, 1e-3)),
    laterDecay: runs.map((run) => decayTime(run, 1e-3, 1e-4)),
    largestRise: Math.max(
      ...runs.flatMap(({ descent: { trainMse } }) => trainMse.slice(1).map((mse, k) => mse / trainMse[k]!)),
    ),
  };
}

/** Steps in which the residual falls by e, from those in which the MSE falls between two shares of the first. */
function decayTime({ steps, descent: { trainMse } }: DescentResult, from: number, to: number): number | null {
  const [start, end] = [from, to].map((share) => crossing(steps, trainMse, share * trainMse[0]!));
  return start === null || end === null ? null : (2 * (end! - start!)) / Math.log(from / to);
}

/** Where a curve first comes to a level, its logarithm linear between records; null where it does not. */
function crossing(xs: readonly number[], ys: readonly number[], level: number): number | null {
  const k = ys.findIndex((y) => y <= level);
  if (k < 1) return null;
  const share = Math.log(ys[k - 1]! / level) / Math.log(ys[k - 1]! / ys[k]!);
  return xs[k - 1]! + share * (xs[k]! - xs[k - 1]!);
}

/** Every network at its greatest depth. */
const deepest = ({ cells }: Analysis, part: (cell: Cell) => Omit<PartFinding, 'name'>): PartFinding[] =>
  models.map(({ name }) => ({ name, ...part(cells.filter(({ model }) => model === name).at(-1)!) }));

const first = ({ cells }: Analysis, name: ModelName): Cell => cells.find(({ model }) => model === name)!;

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

const claims: readonly Claim<Analysis>[] = [
  {
    id: 'd-eq4-expected',
    where: 'Eq. 4',
    claim: 'The expected output after t steps of gradient descent follows from the kernel at initialisation.',
    criterion: `At 40 layers the mean over ten initialisations of Eq. 4, as printed, differs from that of descent by at most ${negligible}, a mean over the test points, at every recorded step. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ model, layers, expectedError, expectedUncertainty }) => ({
          holds: Math.max(...expectedError) <= negligible,
          found: `largest ${digits(Math.max(...expectedError))} ± ${digits(2 * expectedUncertainty, 1)} (${layers} layers), ${digits(Math.max(...first(analysis, model).expectedError))} ± ${digits(2 * first(analysis, model).expectedUncertainty, 1)} (${first(analysis, model).layers} layers)`,
        })),
        'What is left is the change of the kernel during training, and ten initialisations’ own mean.',
      ),
  },
  {
    id: 'd-eq4-each',
    where: 'Eq. 4, for one initialisation',
    claim: 'With the outputs at initialisation kept it describes each training.',
    criterion: `At 40 layers the mean over initialisations of the largest error over the steps, a mean over the test points, is at most ${negligible}. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ model, layers, largestError }) => ({
          holds: largestError.mean <= negligible,
          found: `${meanText(largestError)} (${layers} layers), ${meanText(first(analysis, model).largestError)} (${first(analysis, model).layers} layers)`,
        })),
        'Before t = ∞ no direction is used that training has not learned, so that large κ does no harm here.',
      ),
  },
  {
    id: 'd-eq4-depth',
    where: 'Abstract',
    claim: 'The predictive power improves with circuit depth.',
    criterion: `The largest error over the steps falls from 10 to 40 layers by more than two standard errors of the pairs. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ model, largestError }) => {
          const pairs = spreadOf(
            first(analysis, model).largestError.values.map((value, i) => value - largestError.values[i]!),
          );
          return {
            holds: pairs.mean > (2 * pairs.std) / Math.sqrt(pairs.values.length),
            found: `falls by ${meanText(pairs)}`,
          };
        }),
        'More parameters, each of which moves less.',
      ),
  },
  {
    id: 'd-eq4-initial',
    where: 'Eq. 4, which leaves f₀ out',
    claim: 'Outputs at initialisation average to zero.',
    criterion: `At 40 layers at least 80 % of the test points have a mean output over ten initialisations within two standard errors of 0. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ centred }) => ({
          holds: centred >= 0.8,
          found: `${digits(100 * centred)} % of the points`,
        })),
        'The readout is traceless and deep random circuits spread it over all others.',
      ),
  },
  {
    id: 'd-eq4-stable',
    where: '§2, below Eq. 4',
    claim: 'Gradient descent is stable at a rate with ηλmax ~ 1.',
    criterion: `At ηλmax = 1 no training error rises by more than 1 % between recorded steps, in any run at any depth. ${forAll}`,
    judge: (analysis) =>
      joined(
        models.map(({ name }) => {
          const rise = Math.max(
            ...analysis.cells.filter(({ model }) => model === name).map((cell) => cell.largestRise),
          );
          return { name, holds: rise <= 1.01, found: `largest ratio ${digits(rise, 4)}` };
        }),
        'λmax is that at initialisation; it changes while the network trains.',
      ),
  },
  {
    id: 'd-eq4-exponential',
    where: '§1, §2 below Eq. 4',
    claim: 'The training error decays exponentially.',
    criterion: `At 40 layers the decay times of the residual, MSE from 10⁻² to 10⁻³ and from 10⁻³ to 10⁻⁴ of the first, differ by at most a factor of 2, in eight of ten initialisations. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ decay, laterDecay }) => {
          const ratios = decay.map((time, i) =>
            time === null || laterDecay[i] === null ? null : laterDecay[i]! / time,
          );
          const close = known(ratios).filter((ratio) => ratio >= 0.5 && ratio <= 2).length;
          return {
            holds: close >= 0.8 * decay.length,
            found: `later over earlier ${rangeText(known(ratios))}; ${decay.length - known(ratios).length} of ${decay.length} do not come to 10⁻⁴`,
          };
        }),
        'Each mode decays exponentially; their sum slows down as the fast ones end, and towards labels near ±1 at γ = 1 the rates themselves fall.',
      ),
  },
  {
    id: 'd-eq4-decay',
    where: '§2, below Eq. 4',
    claim: 'The decay time of the training error is τ ~ κ, in steps at ηλmax = 1.',
    criterion: `At 40 layers the decay time of the residual, MSE from 10⁻² to 10⁻³ of the first, is κ within a factor of 3, in eight of ten initialisations. ${forAll}`,
    judge: (analysis) =>
      joined(
        deepest(analysis, ({ decay, logKappa }) => {
          const ratios = known(decay.map((time, i) => (time === null ? null : time / 10 ** logKappa.values[i]!)));
          const close = ratios.filter((ratio) => ratio >= 1 / 3 && ratio <= 3).length;
          return {
            holds: close >= 0.8 * decay.length,
            found: `τ/κ ${rangeText(ratios)}, log₁₀ κ ${meanText(logKappa)}; ${decay.length - ratios.length} of ${decay.length} do not come to 10⁻³`,
          };
        }),
        'κ is the decay time of the slowest mode; the labels need it only as far as they have a part along it.',
      ),
  },
];

function curves(
  { cells }: Analysis,
  layers: number,
  drawn: { readonly name: string; readonly title: string; readonly axis: string; readonly of: 'Train' | 'Test' },
): DrawnPlot {
  const own = cells.filter((cell) => cell.layers === layers);
  const line = ({ steps }: Cell, values: readonly number[]) =>
    // Step 0 has no place on a logarithmic axis.
    steps.flatMap((x, k) => (x > 0 ? [{ x, y: values[k]! }] : []));
  const series: Series[] = own.flatMap((cell, look) => [
    { label: cell.model, look, line: line(cell, cell[`descent${drawn.of}`]) },
    { label: '', look, theory: true, line: line(cell, cell[`forecast${drawn.of}`]) },
  ]);
  return panel({
    name: `${drawn.name}-${layers}`,
    title: drawn.title,
    caption: `${layers} layers, magnetisation of the Ising ring. Lines: gradient descent at the rate 1/λmax; dashed: Eq. 4, outputs at initialisation kept. Means over the initialisations.`,
    x: { title: 'steps', scale: 'logarithmic' },
    y: { title: drawn.axis, scale: 'logarithmic' },
    series,
  });
}

function errors({ cells }: Analysis): DrawnPlot {
  const depths = [...new Set(cells.map(({ layers }) => layers))];
  return panel({
    name: 'error',
    title: 'Error of Eq. 4 a point, step by step',
    caption: `Mean over test points and initialisations of |f of Eq. 4 − f of gradient descent|; lines: ${depths.at(-1)} layers, dashed: ${depths[0]}.`,
    x: { title: 'steps', scale: 'logarithmic' },
    y: { title: 'mean |difference|', scale: 'logarithmic' },
    series: models.flatMap(({ name }, look) =>
      cells
        .filter(({ model }) => model === name)
        .map(
          ({ layers, steps, error }): Series => ({
            label: layers === depths.at(-1) ? name : '',
            look,
            ...(layers !== depths.at(-1) && { theory: true }),
            line: steps.flatMap((x, k) => (x > 0 ? [{ x, y: error[k]! }] : [])),
          }),
        ),
    ),
  });
}

export const eq4: Figure<DescentResult, Analysis> = {
  id: 'd-eq4',
  paper: 'qntk-diagnostics',
  title: 'Eq. 4 over time against gradient descent',
  ensembles: (size) => descentsOf(cellsOf(size), gridOf(size)),
  analyse: (results, size) => ({
    cells: cellsOf(size).map((cell) => cellFrom(cell, resultsOf<DescentResult>(results, descentName(cell)))),
  }),
  panels: (analysis) => [
    ...[...new Set(analysis.cells.map(({ layers }) => layers))].flatMap((layers) => [
      curves(analysis, layers, {
        name: 'train',
        title: 'Training error of gradient descent and of Eq. 4',
        axis: 'training MSE',
        of: 'Train',
      }),
      curves(analysis, layers, {
        name: 'test',
        title: 'Test error of gradient descent and of Eq. 4',
        axis: 'test MSE',
        of: 'Test',
      }),
    ]),
    errors(analysis),
  ],
  claims,
};
