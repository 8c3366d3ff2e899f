import { InputError } from '../errors.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { initialTheta } from '../model/initial.ts';
import { inLabelUnits, labelUnitsOf } from '../model/label-units.ts';
import { accuracy, decisionOf, meanScore, variancesOf } from '../model/scores.ts';
import type { Work } from '../progress.ts';
import type { TriedChange } from './diagnosis.ts';
import { foretelling } from './foretelling.ts';
import type { DiagnosisProblem } from './problem.ts';
import { normalNineInTen, standardError } from './sampling.ts';

/** What a training comes to on points that were kept out of it, the test rows of its data set; plain data. */
export interface KeptOut {
  /** Outputs on these points, points × outputs, in the labels' own units. */
  readonly outputs: readonly number[];
  /** Half of the interval of the mean squared error on them; 0 where that was measured, null where a forecast has none. */
  readonly within: number | null;
}

/**
 * What an initialisation's training is forecast to come to on the test rows of its problem, at most as many as a diagnosis lists, or
 * comes to where that is its basis; null where it comes to nothing.
 */
export function* keepingOut(problem: DiagnosisProblem, index: number): Work<KeptOut | null> {
  const { model, options } = problem;
  const theta0 = initialTheta(model, options.seed, index, options.initial);
  try {
    const { basis, test, testMse, interval } = (yield* foretelling(problem, index, theta0, {})).forecast;
    const high = interval?.testMse?.[1];
    const half = high === undefined || testMse === null ? null : high - testMse;
    return { outputs: test, within: basis === 'measured' ? 0 : half };
  } catch (error) {
    // A rate that suits the plan may be too large for a change, such as a readout whose weights have no bounds.
    if (error instanceof InputError) return null;
    throw error;
  }
}

/**
 * R² of the planned and of a changed training on the points that parts of the data keep out, all parts together, and what their
 * difference is known within: paired differences of the points' errors, those between parts (each has an initialisation of its own), and
 * the intervals of the forecasts. Null where R² is undefined or an interval is unknown.
 *
 * @param parts - data sets whose test rows are kept out, one for each entry of `planned` and `changed`.
 */
export function compared(
  parts: readonly Dataset[],
  planned: readonly KeptOut[],
  changed: readonly KeptOut[],
): Omit<TriedChange, 'of' | 'initialisations'> | null {
  const y = parts.map(labelsOf);
  const { outputs } = parts[0];
  const variances = variancesOf(Float64Array.from(y.flat()), outputs);
  const intervals = [planned, changed].map((runs) => meanScore(runs.map(({ within }) => within)));
  if (variances.includes(0) || intervals.includes(null)) return null;
  const [before, after] = [planned, changed].map((runs) =>
    runs.map((run, k) => errorsOf(y[k], run.outputs, variances)),
  );
  const gains = before.map((errors, k) => errors.map((error, point) => error - after[k][point]));
  const halves = intervals.map((half) => (half as number) / mean(variances));
  const deviation = Math.hypot(standardError(gains.flat()), standardError(gains.map(mean)));
  return {
    planned: 1 - mean(before.flat()),
    changed: 1 - mean(after.flat()),
    within: Math.hypot(normalNineInTen * deviation, ...halves),
    right: rightOf(parts[0], y.flat(), planned, changed),
    points: before.flat().length,
    parts: parts.length,
  };
}

/** Labels of the points that a part keeps out, in their own units. */
const labelsOf = (part: Dataset): number[] => [
  ...inLabelUnits(takeRows(part.y, part.outputs, part.test), labelUnitsOf(part)),
];

/** Squared errors of points over the variances of the labels, means over the outputs: R² is 1 less their mean. */
function errorsOf(y: readonly number[], f: readonly number[], variances: readonly number[]): number[] {
  return Array.from({ length: y.length / variances.length }, (_, point) =>
    mean(
      variances.map(
        (variance, o) => (y[point * variances.length + o] - f[point * variances.length + o]) ** 2 / variance,
      ),
    ),
  );
}

/** Shares in the right class of both; null where labels are no classes. */
function rightOf(
  part: Dataset,
  y: readonly number[],
  ...both: [planned: readonly KeptOut[], changed: readonly KeptOut[]]
): TriedChange['right'] {
  const decision = decisionOf({ ...part, y: inLabelUnits(part.y, labelUnitsOf(part)) });
  if (!decision) return null;
  const [planned, changed] = both.map((runs) => {
    const f = Float64Array.from(runs.flatMap(({ outputs }) => outputs));
    return accuracy(Float64Array.from(y), f, decision).value as number;
  });
  return { planned, changed };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
