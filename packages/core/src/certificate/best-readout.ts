import { symmetricEigen, symmetricEigenvalues } from '../linalg/eigen.ts';
import { lanczos } from '../linalg/lanczos.ts';
import { dot, multiply, multiplyVector, symmetricProduct, transpose } from '../linalg/matrix.ts';
import { between, difference, turn } from '../linalg/vector.ts';
import type { Coordinates } from './coordinates.ts';
import type { ReadoutEigenvalues } from './eigenvalues.ts';
import { leastOver, nearestMajorised } from './majorisation.ts';

/** The readout M that fits labels best of all in the convex hull of {U†γOU}, as far as the iterations went. */
export interface BestReadout {
  /** (1/m) Σ (tr(ρᵢM) − yᵢ)². */
  readonly mse: number;
  /** No M of the hull is better than mse − gap. */
  readonly gap: number;
  readonly iterations: number;
  /** tr(ρM) of all points that there are coordinates of, those behind the m training points too. */
  readonly outputs: Float64Array;
}

/** Iterations between two looks at the gap, which costs as much as an iteration. */
const betweenLooks = 10;
/** The gap is closed at such a share of the error, or of the labels' mean square. */
const closedOfError = 1e-4;
const closedOfLabels = 1e-8;
/** Floating-point operations in all, some tenths of a second, within limits. */
const mostOperations = 4e8;
const fewest = 50;
const most = 5000;
/** Share of the largest curvature that Lanczos may leave, and what the step is shortened by for it. */
const curvatureResidual = 1e-3;

/**
 * M as real numbers: H, n × n and symmetric, on the span of the states, and the eigenvalues beside it, which no state
 * feels but which the hull binds to those of H. A matrix of the hull stays in it when what joins the span with the rest is
 * struck out (pinching), and the rest may be taken diagonal.
 */
interface Readout {
  readonly H: Float64Array;
  readonly beside: Float64Array;
  /** ⟨ψᵢ|H|ψᵢ⟩ of the training states: linear in H, so that what is between two readouts has theirs. */
  readonly forms: Float64Array;
}

/**
 * Complex dimensions as real ones: one each where all overlaps are real, else two, a + ib as (a, b), so that H becomes
 * [[Re, −Im], [Im, Re]] and every eigenvalue stands twice.
 */
interface Problem {
  readonly n: number;
  readonly copies: 1 | 2;
  /** Descending, every one `copies` times. */
  readonly eigenvalues: Float64Array;
  /** The training states, m × n, and as columns, where there are two copies with the same times i behind them. */
  readonly states: Float64Array;
  readonly columns: Float64Array;
  readonly y: Float64Array;
}

/**
 * Least squares over the hull by accelerated projected gradients (Nesterov 1983; restarts of O'Donoghue and Candès 2015)
 * with the Frank–Wolfe gap (Jaggi 2013) as certificate. How long it goes on follows from sizes, never from a clock.
 *
 * @param y labels of the first m points.
 * @param dimension of all qubits together, 2^n.
 */
export function bestReadout(
  coordinates: Coordinates,
  { values, mean }: ReadoutEigenvalues,
  y: Float64Array,
  dimension: number,
): BestReadout {
  const isReal = coordinates.values.every((value, k) => k % 2 === 0 || Math.abs(value) < 1e-12);
  const copies = isReal ? 1 : 2;
  const n = copies * coordinates.rank;
  const points = isReal ? coordinates.values.filter((_, k) => k % 2 === 0) : coordinates.values;
  const states = points.subarray(0, y.length * n);
  const eigenvalues = Float64Array.from({ length: copies * values.length }, (_, k) => values[Math.floor(k / copies)]);
  const rows = new Float64Array(copies * states.length);
  rows.set(states);
  if (!isReal) rows.set(timesI(states), states.length);
  const columns = transpose(rows, copies * y.length, n);
  const found = minimise({ n, copies, eigenvalues, states, columns, y }, mean);
  const trace = traceOf(found.readout.H, n) / copies;
  // What is left of the trace, spread evenly: a matrix of the hull that treats all other directions alike.
  const outside = dimension > coordinates.rank ? (dimension * mean - trace) / (dimension - coordinates.rank) : 0;
  const inside = quadraticForms(points, found.readout.H, n);
  const outputs = inside.map((value, i) => value + outside * Math.max(0, 1 - dot(points, i * n, points, i * n, n)));
  return { mse: found.mse, gap: found.gap, iterations: found.iterations, outputs };
}

function minimise(
  problem: Problem,
  mean: number,
): Pick<BestReadout, 'mse' | 'gap' | 'iterations'> & { readout: Readout } {
  const { n, eigenvalues, y } = problem;
  const H = new Float64Array(n * n);
  for (let k = 0; k < n; k++) H[k * n + k] = mean;
  const beside = new Float64Array(eigenvalues.length - n).fill(mean);
  const start: Readout = { H, beside, forms: quadraticForms(problem.states, H, n) };
  const size = y.reduce((sum, value) => sum + value * value, 0) / y.length;
  const last = iterationsFor(problem);
  const step = y.length / (2 * (1 + curvatureResidual) * curvature(problem));
  let readout = start;
  let ahead = start;
  let momentum = 1;
  let best = { readout, mse: Infinity };
  let bound = 0;
  for (let iteration = 0; ; iteration++) {
    if (iteration % betweenLooks === 0 || iteration === last) {
      const { mse, gap } = certified(problem, readout);
      if (mse < best.mse) best = { readout, mse };
      bound = Math.max(bound, mse - gap);
      const left = best.mse - bound;
      if (left <= closedOfError * best.mse + closedOfLabels * size || iteration === last)
        return { ...best, gap: left, iterations: iteration };
    }
    const next = projected(problem, ahead, step);
    const grows = turn(ahead.H, next.H, readout.H) + turn(ahead.beside, next.beside, readout.beside) > 0;
    const following = grows ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    ahead = grows ? next : along(readout, next, 1 + (momentum - 1) / following);
    momentum = following;
    readout = next;
  }
}

function iterationsFor({ n, columns, eigenvalues }: Problem): number {
  const operations = 4 * columns.length * n + 25 * n ** 3 + 20 * eigenvalues.length * Math.log2(eigenvalues.length + 1);
  return Math.min(most, Math.max(fewest, Math.round(mostOperations / operations)));
}

/** Largest eigenvalue of |⟨ψᵢ|ψⱼ⟩|², which bounds the curvature of the sum of squares by its double. */
function curvature({ states, columns, n, copies, y }: Problem): number {
  const m = y.length;
  const start = new Float64Array(m).fill(1);
  const largest = (apply: (v: Float64Array) => Float64Array) =>
    lanczos(apply, start, 'outermost', curvatureResidual).value;
  // Of few points the matrix itself, of many its products by way of Σ vⱼρⱼ.
  if (m > 4 * n) return largest((v) => quadraticForms(states, mixture({ columns, n, copies }, v), n));
  const overlaps = multiply(states, columns, m, n, copies * m);
  const squares = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < copies * m; j++) squares[i * m + (j % m)] += overlaps[i * copies * m + j] ** 2;
  return largest((v) => multiplyVector(squares, v, m, m));
}

/** Error of a readout, and how much better a readout of the hull could at best be by its linearisation. */
function certified(problem: Problem, { H, forms }: Readout): { mse: number; gap: number } {
  const { n, copies, eigenvalues, y } = problem;
  const r = difference(forms, y);
  const gradient = mixture(
    problem,
    r.map((value) => (2 * value) / y.length),
  );
  const slopes = new Float64Array(eigenvalues.length);
  slopes.set(symmetricEigenvalues(gradient, n));
  const gap = (dot(gradient, 0, H, 0, n * n) - leastOver(slopes, eigenvalues)) / copies;
  return { mse: r.reduce((sum, value) => sum + value * value, 0) / y.length, gap: Math.max(0, gap) };
}

/** One step down the gradient, and back to the hull. */
function projected(problem: Problem, { H, beside, forms }: Readout, step: number): Readout {
  const { n, eigenvalues, states, y } = problem;
  const r = forms.map((value, i) => ((2 * step) / y.length) * (value - y[i]));
  const slope = mixture(problem, r);
  const { values, vectors } = symmetricEigen(difference(H, slope), n);
  const z = new Float64Array(eigenvalues.length);
  z.set(values);
  z.set(beside, n);
  const nearest = nearestMajorised(z, eigenvalues);
  const next = symmetricProduct(columnsTimes(vectors, nearest, n), vectors, n, n);
  return { H: next, beside: nearest.slice(n), forms: quadraticForms(states, next, n) };
}

/** Σ vᵢρᵢ as a real matrix, exactly symmetric also where it cancels to rounding. */
function mixture({ n, copies, columns }: Pick<Problem, 'n' | 'copies' | 'columns'>, v: Float64Array): Float64Array {
  const all = copies * v.length;
  const factors = Float64Array.from({ length: all }, (_, i) => v[i % v.length]);
  return symmetricProduct(columnsTimes(columns, factors, all), columns, n, all);
}

/** ⟨ψᵢ|H|ψᵢ⟩. */
function quadraticForms(states: Float64Array, H: Float64Array, n: number): Float64Array {
  const m = states.length / n;
  const images = multiply(states, H, m, n, n);
  const forms = new Float64Array(m);
  for (let i = 0; i < m; i++) forms[i] = dot(images, i * n, states, i * n, n);
  return forms;
}

/** Every column, of rows of n numbers, times a factor of its own. */
function columnsTimes(a: Float64Array, factors: Float64Array, n: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length / n; i++) for (let j = 0; j < n; j++) out[i * n + j] = a[i * n + j] * factors[j];
  return out;
}

function timesI(states: Float64Array): Float64Array {
  return states.map((_, k) => (k % 2 === 0 ? -states[k + 1] : states[k - 1]));
}

const traceOf = (H: Float64Array, n: number): number => H.reduce((sum, x, k) => (k % (n + 1) === 0 ? sum + x : sum), 0);

/** a + factor·(b − a). */
const along = (a: Readout, b: Readout, factor: number): Readout => ({
  H: between(a.H, b.H, factor),
  beside: between(a.beside, b.beside, factor),
  forms: between(a.forms, b.forms, factor),
});
