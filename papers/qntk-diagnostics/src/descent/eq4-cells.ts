import type { DescentResult } from '../kinds/descent.ts';
import { type Spread, spreadOf } from '../numbers.ts';
import type { ModelName } from '../sweep/setting.ts';
import type { DescentCell } from './setting.ts';

/** A network at a depth; curves are means over the initialisations, by step. */
export interface Cell {
  readonly model: ModelName;
  readonly layers: number;
  readonly gamma: number;
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

export interface Eq4Analysis {
  readonly cells: readonly Cell[];
}

export function cellFrom({ model, layers, scale }: DescentCell, runs: readonly DescentResult[]): Cell {
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
    gamma: scale,
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
