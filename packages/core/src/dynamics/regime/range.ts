import type { Eigenspace } from '../readout.ts';
import { type Demand, type RegimeOfLabels, regimeOfDemands } from './regime.ts';

/** Labels whose sum misses a trace by less than this, relative to both, have it. */
const sameTrace = 1e-12;

/**
 * The regime of m orthonormal pure inputs in the over-parameterised limit.
 *
 * The outputs are m diagonal entries of a matrix with the spectrum of the readout. By Schur and Horn they can be any
 * numbers whose k largest sum to no more than the k largest eigenvalues do, and the k smallest to no less than the k
 * smallest, k = 1 … m; if m = d the sum of all is the trace.
 *
 * They are the moment map of a torus on an orbit of unitary conjugations, so that the loss has no local minimum other than
 * its least value (Atiyah, Guillemin and Sternberg, Kirwan): where the labels are out of range, outputs end at
 * {@link closestOutputs}.
 */
export function regimeOfSpectrum(labels: ArrayLike<number>, eigenspaces: readonly Eigenspace[]): RegimeOfLabels {
  const m = labels.length;
  const sums = sumsOf(labels, eigenspaces);
  const partial = sums.slice(0, hasTrace(m, eigenspaces) ? m - 1 : m).flatMap(({ top, bottom }) => [top, bottom]);
  const found = regimeOfDemands(partial);
  if (!hasTrace(m, eigenspaces)) return found;
  const { least, most } = sums[m - 1].top;
  const same = Math.abs(least - most) <= sameTrace * Math.max(1, ...Array.from(labels, Math.abs));
  return same ? found : { regime: 'stagnant', enough: null };
}

/** Inputs that span the whole space: their outputs sum to the trace of the readout. */
function hasTrace(m: number, eigenspaces: readonly Eigenspace[]): boolean {
  return m === eigenspaces.reduce((sum, { dimension }) => sum + dimension, 0);
}

/** What the k largest labels ask of the k largest eigenvalues, and the k smallest of the k smallest, k = 1 … m. */
function sumsOf(labels: ArrayLike<number>, eigenspaces: readonly Eigenspace[]): { top: Demand; bottom: Demand }[] {
  const descending = Array.from(labels).sort((a, b) => b - a);
  const ascending = [...descending].reverse();
  const m = labels.length;
  const [labelTop, labelBottom] = [descending, ascending].map(partialSums);
  const [top, bottom] = [-1, 1].map((sign) => partialSums(outermost(eigenspaces, m, sign)));
  return descending.map((_, k) => ({
    top: { least: labelTop[k], most: top[k] },
    bottom: { least: -labelBottom[k], most: -bottom[k] },
  }));
}

/** The m smallest eigenvalues, or with sign −1 the m largest, repeated as often as they occur. */
function outermost(eigenspaces: readonly Eigenspace[], m: number, sign: number): number[] {
  const sorted = [...eigenspaces].sort((a, b) => sign * (a.value - b.value));
  const values: number[] = [];
  for (const { value, dimension } of sorted)
    for (let k = 0; k < dimension && values.length < m; k++) values.push(value);
  return values;
}

function partialSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/**
 * The outputs nearest to the labels that m orthonormal inputs can have, in the labels' order: the labels themselves where
 * these are in range.
 *
 * With labels descending and their sum s given, the sums X_k of the first k outputs obey X_k ≤ min(T_k, s − B_{m−k}), T and
 * B as in {@link regimeOfSpectrum}. The least Σ(x_k − y_k)² has X − Y convex, and straight wherever X is below its bound: it
 * is the greatest convex function below the bound less Y. The best s is found by golden section, as the least sum is
 * convex in s.
 */
export function closestOutputs(labels: ArrayLike<number>, eigenspaces: readonly Eigenspace[]): Float64Array {
  if (regimeOfSpectrum(labels, eigenspaces).regime !== 'stagnant') return Float64Array.from(labels);
  const m = labels.length;
  const order = Array.from(labels, (_, i) => i).sort((a, b) => labels[b] - labels[a]);
  const y = order.map((i) => labels[i]);
  const top = [0, ...partialSums(outermost(eigenspaces, m, -1))];
  const bottom = [0, ...partialSums(outermost(eigenspaces, m, 1))];
  const ending = (s: number): number[] => {
    const Y = [0, ...partialSums(y)];
    const gaps = Y.map((value, k) => Math.min(top[k], s - bottom[m - k]) - value);
    const change = steps(convexMinorant(gaps));
    return y.map((value, k) => value + change[k]);
  };
  const distance = (s: number) => ending(s).reduce((sum, value, k) => sum + (value - y[k]) ** 2, 0);
  const x = ending(leastOf(distance, bottom[m], top[m]));
  const outputs = new Float64Array(m);
  order.forEach((i, k) => {
    outputs[i] = x[k];
  });
  return outputs;
}

const steps = (values: readonly number[]): number[] => values.slice(1).map((value, k) => value - values[k]);

/** The greatest convex function of 0 … m below some values, at each of these points. */
function convexMinorant(values: readonly number[]): number[] {
  const corners: number[] = [];
  const rise = (a: number, b: number) => (values[b] - values[a]) / (b - a);
  values.forEach((_, k) => {
    while (
      corners.length > 1 &&
      rise(corners[corners.length - 2], corners[corners.length - 1]) >= rise(corners[corners.length - 1], k)
    )
      corners.pop();
    corners.push(k);
  });
  return values.map((_, k) => {
    const after = corners.findIndex((corner) => corner >= k);
    if (corners[after] === k) return values[k];
    const from = corners[after - 1];
    return values[from] + (k - from) * rise(from, corners[after]);
  });
}

const golden = (Math.sqrt(5) - 1) / 2;

/** Where a convex function is least between two points, to rounding. */
function leastOf(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let k = 0; k < 90; k++) {
    const [left, right] = [b - golden * (b - a), a + golden * (b - a)];
    if (f(left) <= f(right)) b = right;
    else a = left;
  }
  return (a + b) / 2;
}
