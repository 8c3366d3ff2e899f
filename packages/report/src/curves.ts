import { type Curve, type Diagnosis, logSpaced, lossWeight } from '@qntk/core';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** More records than this cannot be told apart in a figure, and would only make the file heavy. */
export const shownRecords = 100;

/** Initialisations drawn as single lines; means and bands are always over all. */
export const shownSeeds = 25;

/** Loss against steps; only what a logarithmic axis has room for. */
export function lossLine(curve: Curve): Point[] {
  return positive(curve.steps, curve.trainLoss);
}

/** Test error against training loss; records without either are left out. */
export function errorLine(curve: Curve): Point[] {
  return positive(curve.trainLoss, curve.testMse);
}

function positive(xs: readonly number[], ys: readonly number[]): Point[] {
  return xs
    .map((x, i) => ({ x, y: ys[i] ?? 0 }))
    .filter(({ x, y }) => x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y));
}

/** At most `most` of the items, first and last included, evenly by rank. */
export function thin<T>(items: readonly T[], most: number = shownRecords): T[] {
  if (items.length <= most) return [...items];
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)]);
}

/** Mean of several lines with ascending x over the range they share, on a logarithmic grid. */
export function meanLine(lines: readonly (readonly Point[])[]): Point[] {
  const drawn = lines.filter((line) => line.length > 0);
  if (drawn.length === 0) return [];
  const from = Math.max(...drawn.map((line) => line[0].x));
  const to = Math.min(...drawn.map((line) => line[line.length - 1].x));
  if (from > to) return [];
  return Array.from(logSpaced(from, to, from === to ? 1 : shownRecords), (x) => ({
    x,
    y: mean(drawn.map((line) => at(line, x))),
  }));
}

/**
 * The line read where x first falls to each value: training loss need not fall monotonically, and "at equal loss" means
 * the first time it falls to it. The result ascends in x.
 */
export function firstPassage(line: readonly Point[]): Point[] {
  const lowest: Point[] = [];
  for (const point of line) {
    if (lowest.length === 0 || point.x < lowest[lowest.length - 1].x) lowest.push(point);
  }
  return lowest.reverse();
}

/** Geometric interpolation of a line with ascending x and positive values. */
function at(line: readonly Point[], x: number): number {
  const after = line.findIndex((point) => point.x >= x);
  if (after <= 0) return line[after < 0 ? line.length - 1 : 0].y;
  const [a, b] = [line[after - 1], line[after]];
  const share = Math.log(x / a.x) / Math.log(b.x / a.x);
  return a.y ** (1 - share) * b.y ** share;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean and standard deviation over the initialisations of each entry of equally long lists. */
export function spread(lists: readonly (readonly number[])[]): { mean: number; std: number }[] {
  if (lists.length === 0) return [];
  return lists[0].map((_, i) => {
    const values = lists.map((list) => list[i]);
    const centre = mean(values);
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    return { mean: centre, std: Math.sqrt(squares / Math.max(1, values.length - 1)) };
  });
}

/** w of dr/dt = −wKr: share learned of a mode is 1 − exp(−w·λ·rate·steps). */
export function weightOf({ training, data }: Diagnosis): number {
  return lossWeight(training.loss, data.train);
}

/** The training loss that a mean squared error of the training rows, in the labels' own units, amounts to. */
export function lossOfMse(diagnosis: Diagnosis, mse: number): number {
  const { data, model } = diagnosis;
  const deviation = data.preparation?.labels?.deviation ?? 1;
  return (0.5 * weightOf(diagnosis) * data.train * model.outputs * mse) / deviation ** 2;
}
