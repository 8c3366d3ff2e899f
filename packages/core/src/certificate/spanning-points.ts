import { dot, multiply, multiplyTransposed, multiplyVector, norm, normOfPart } from '../linalg/matrix.ts';
import { addScaled, difference, divided } from '../linalg/vector.ts';
import { factorFast } from '../linalg/wasm/svd.ts';
import type { Inputs, Model } from '../model/model.ts';
import { takePoints } from '../model/take-points.ts';
import { type Random, random } from '../random/random.ts';
import { encodedFactors, type Factor } from './encoded-states.ts';
import { encodingOf } from './encoding.ts';

/** Points whose outputs determine those of all others, whatever θ: f(x_i) = Σ_k weights_ik·f(x_points_k). */
export interface SpanningPoints {
  /** Places of the points, r of them. */
  readonly points: Int32Array;
  /** All points × r. */
  readonly weights: Float64Array;
}

/** Of fewer points nothing is to be gained. */
const leastPoints = 64;
/** A space of more dimensions than this share of the points, or than this number, is not looked for. */
const worthShare = 0.5;
const mostDimensions = 256;
/** Dimensions more than some of the points have for which room is made first. */
const margin = 16;
/** What is left of a point and smaller than this share of the largest is rounding. */
const rounding = 1e-12;
/** What a few points leave of others, over the largest, where they span these. */
const unseen = 1e-11;
/** Remainders from subtracted squares are right until they are this share of what they were. */
const trusted = 1e-6;

/**
 * Where data enter before anything that is trained, an output is tr(ρ(x)·M(θ)): linear in the encoded state. Of few features these
 * states span few dimensions (two features on four qubits each, turned about Y, 9²), and so many points are enough for all.
 *
 * The states are told apart by expectation values of random product observables, and points are chosen as by a QR decomposition with
 * column pivoting (Golub and Van Loan 2013, §5.4.2), so that no weight is large. Undefined where data enter elsewhere, or the points are
 * too few or their dimensions too many for a gain.
 */
export function spanningPoints({ circuit }: Pick<Model, 'circuit'>, inputs: Inputs): SpanningPoints | undefined {
  const most = Math.min(mostDimensions, Math.floor(worthShare * inputs.points));
  // A trained readout is linear in the state as well.
  const encoding = encodingOf({ circuit });
  if (inputs.points < leastPoints || 'reason' in encoding) return undefined;
  /** Expectation values of so many random observables for some points. */
  const expectations = (some: Inputs, count: number) => {
    const factors = encodedFactors(circuit, encoding.gates, some);
    return factors && randomExpectations(factors, { points: some.points, count }, random(inputs.points, count));
  };
  // Some of the points tell for little whether dimensions are too many, and about how many there are.
  const enough = most + 1;
  const some = expectations(firstOf(inputs, enough), enough);
  const about = some && rankOf(some, enough);
  if (about === undefined || about === enough) return undefined;
  for (const width of [Math.min(about + margin, enough), enough]) {
    const all = expectations(inputs, width);
    const found = all && spannedBy(all, width, [Math.min(inputs.points, 3 * width), inputs.points]);
    if (found) return found;
  }
  return undefined;
}

const firstOf = (inputs: Inputs, count: number): Inputs =>
  takePoints(
    inputs,
    Int32Array.from({ length: count }, (_, i) => i),
  );

/** Directions of so many rows of as many numbers, by a QR decomposition. */
function rankOf(rows: Float64Array, size: number): number {
  const q = rows.slice();
  factorFast(q, size, size);
  const diagonal = Float64Array.from({ length: size }, (_, k) => Math.abs(q[k * size + k]));
  return diagonal.filter((value) => value > rounding * diagonal[0]).length;
}

/** Expectation values of `count` random observables, products over the factors: points × count. */
function randomExpectations(
  factors: readonly Factor[],
  { points, count }: { readonly points: number; readonly count: number },
  draw: Random,
): Float64Array {
  const all = new Float64Array(points * count).fill(1);
  for (const { states, size } of factors) {
    // |a⟩⟨a| less a number, for random vectors a: on the mean no part of a state counts less than others.
    const vectors = Float64Array.from({ length: count * size }, () => draw.normal());
    const less = Float64Array.from({ length: count }, () => (size / 2) * (1 + draw.normal()));
    for (let i = 0; i < points; i++)
      for (let k = 0; k < count; k++)
        all[i * count + k] *= squaredOverlap(states, i * size, vectors, k * size, size) - less[k];
  }
  return all;
}

/** |⟨a|ψ⟩|² of vectors that begin at two places, `size` interleaved numbers each. */
function squaredOverlap(states: Float64Array, at: number, vectors: Float64Array, from: number, size: number): number {
  let re = 0;
  let im = 0;
  for (let k = 0; k < size; k += 2) {
    re += vectors[from + k] * states[at + k] + vectors[from + k + 1] * states[at + k + 1];
    im += vectors[from + k] * states[at + k + 1] - vectors[from + k + 1] * states[at + k];
  }
  return re * re + im * im;
}

/**
 * Points whose rows of a matrix, `width` numbers each, all others are combinations of: looked for among the first ones where these do.
 * Undefined where none of the numbers of first ones does, or where there are as many directions as numbers, and maybe more.
 */
function spannedBy(rows: Float64Array, width: number, numbers: readonly number[]): SpanningPoints | undefined {
  const points = rows.length / width;
  for (const among of numbers) {
    const { pivots, directions } = chosen(rows.subarray(0, among * width), among, width);
    const rank = pivots.length;
    if (rank === width) return undefined;
    const along = multiplyTransposed(rows, directions, points, width, rank);
    const left = difference(rows, multiply(along, directions, points, rank, width));
    const [most, size] = [left, rows].map((each) => largest(normsOf(each, points, width)));
    if (most <= unseen * size) return { points: Int32Array.from(pivots), weights: weightsOf(along, pivots) };
  }
  return undefined;
}

/** Rows of a matrix that span all of them, and an orthonormal basis, in which each has nothing along the directions of those after it. */
function chosen(rows: Float64Array, points: number, width: number): { pivots: number[]; directions: Float64Array } {
  const pivots: number[] = [];
  const directions: Float64Array[] = [];
  let rest = rows;
  let norms = normsOf(rest, points, width);
  const least = rounding * largest(norms);
  // What is left of the rows is taken apart from the directions afresh before its squares, which are subtracted, lose their digits.
  while (directions.length < width && largest(norms) > least) {
    const begun = directions.length;
    const enough = Math.max(trusted * largest(norms), least) ** 2;
    const left = norms.map((value) => value * value);
    for (let most = largest(left); most > enough && directions.length < width; most = largest(left)) {
      const pivot = left.indexOf(most);
      const direction = orthogonal(rest.slice(pivot * width, (pivot + 1) * width), directions);
      multiplyVector(rest, direction, points, width).forEach((value, i) => {
        left[i] -= value * value;
      });
      pivots.push(pivot);
      directions.push(direction);
    }
    const count = directions.length - begun;
    const fresh = joined(directions.slice(begun));
    rest = difference(
      rest,
      multiply(multiplyTransposed(rest, fresh, points, width, count), fresh, points, count, width),
    );
    norms = normsOf(rest, points, width);
  }
  return { pivots, directions: joined(directions) };
}

function normsOf(rows: Float64Array, points: number, width: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => normOfPart(rows, i * width, width));
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), 0);

/** The part of a vector that is orthogonal to others, of length 1; found twice, lest rounding be left. */
function orthogonal(vector: Float64Array, others: readonly Float64Array[]): Float64Array {
  for (const other of [...others, ...others]) addScaled(vector, -dot(vector, 0, other, 0, vector.length), other);
  return divided(vector, norm(vector));
}

function joined(vectors: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(vectors.length * vectors[0].length);
  vectors.forEach((vector, k) => {
    all.set(vector, k * vector.length);
  });
  return all;
}

/**
 * Weights W with A = W·L of what all rows have along the directions, A (rows × r), and of what the chosen ones have, L: a triangle.
 */
function weightsOf(along: Float64Array, pivots: readonly number[]): Float64Array {
  const rank = pivots.length;
  const triangle = pivots.map((pivot) => along.slice(pivot * rank, (pivot + 1) * rank));
  const inverse = new Float64Array(rank * rank);
  for (let k = 0; k < rank; k++) {
    const line = inverse.subarray(k * rank, (k + 1) * rank);
    line[k] = 1;
    for (let j = 0; j < k; j++) addScaled(line, -triangle[k][j], inverse.subarray(j * rank, (j + 1) * rank));
    line.set(divided(line, triangle[k][k]));
  }
  return multiply(along, inverse, along.length / rank, rank, rank);
}
