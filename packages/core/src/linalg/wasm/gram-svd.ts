import { symmetricEigen } from '../eigen.ts';
import { inOrder, type JacobiRows, type OrthogonalRows, orthogonalise, type Sweep } from '../jacobi.ts';
import { gram, multiply, normOfPart, transpose, transposeGram, transposeMultiply } from '../matrix.ts';
import { workspace } from './memory.ts';
import { jacobiRoom, jacobiShape } from './svd.ts';

/** The part of a singular value decomposition above a cut-off. */
export interface TruncatedSvd {
  /** min(rows, cols) values, descending; those below the cut-off are sizes of rounding. */
  readonly s: Float64Array;
  readonly rank: number;
  /** rows × rank and cols × rank, row-major, orthonormal columns. */
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** Least share of the largest singular value that is right to ten digits where errors are shares of the largest. */
const leastShare = 1e-4;

/**
 * What is shorter than this share of the longest row may be 0: of rows that are not shorter than `leastShare`, the Gram matrix's
 * eigenvectors leave so much in it.
 */
const mixing = 1e-9;

/**
 * Singular values and vectors above `cutoff` times the largest, or undefined where some of them are so small that only `svd`
 * finds their digits.
 *
 * Eigenvectors W of the Gram matrix of the shorter side turn A into a matrix whose columns are all but orthogonal; Jacobi
 * rotations do the rest. As W is orthogonal to rounding, what is lost in squaring is no more than the number of rotations:
 * errors are of the order of rounding times the largest singular value.
 *
 * @param a - rows×cols finite numbers, row-major; left as they are.
 */
export function truncatedSvd(a: Float64Array, rows: number, cols: number, cutoff: number): TruncatedSvd | undefined {
  const wide = rows <= cols;
  const [n, m] = wide ? [rows, cols] : [cols, rows];
  const unit = unitOf(a);
  const scaled = a.map((entry) => entry / unit);
  const { vectors } = symmetricEigen(wide ? gram(scaled, n, m) : transposeGram(scaled, m, n), n);
  // Row j is σⱼ times the singular vector of the longer side.
  const y = wide ? transposeMultiply(vectors, scaled, n, n, m) : transpose(multiply(scaled, vectors, m, n, n), m, n);
  const sizes = Float64Array.from({ length: n }, (_, j) => normOfPart(y, j * m, m));
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const heads = sizes.filter((size) => size > 0 && size >= leastShare * largest).length;
  if (sizes.some((size) => size < leastShare * largest && size > mixing * largest)) return undefined;
  const found = orthogonal(y, transpose(vectors, n, n), heads, m, n);
  if (found.values.some((value, j) => j >= heads && value > cutoff * largest)) return undefined;
  const long = firstRows(found.vectors, m, heads);
  const short = firstRows(found.rotations, n, heads);
  const s = found.values.map((value) => value * unit);
  return wide ? { s, rank: heads, u: short, v: long } : { s, rank: heads, u: long, v: short };
}

/** The power of two next to the largest entry: dividing by it rounds nothing. */
function unitOf(a: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]));
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** Makes the longest rows of y (n × m) orthogonal to each other and to the rest, and does the same to those of `others` (n × n). */
function orthogonal(y: Float64Array, others: Float64Array, heads: number, m: number, n: number): OrthogonalRows {
  const space = workspace([[n, m], [n, n], jacobiShape(n)]);
  const [rows, rotations, lines] = space.matrices;
  rows.numbers.set(y);
  rotations.numbers.set(others);
  const room = jacobiRoom(space, rows, rotations, lines, heads);
  const sweep: Sweep = (all, order, tolerance) => {
    dropNothings(all, order, heads);
    return room.sweep(all, order, tolerance);
  };
  return inOrder(room.rows, orthogonalise(room.rows, sweep));
}

/** What rounding leaves of rounding, as a share of the longest row. */
const nothing = Number.EPSILON * Number.EPSILON;

/**
 * Makes rows behind the first `heads` 0 that are shorter than rounding of rounding. Where the longest rows fill the space, as where
 * many rows of the matrix are the same, no other direction is left for them: each rotation would leave new rounding without end.
 */
function dropNothings({ y, length, scales, norms }: JacobiRows, order: Uint32Array, heads: number): void {
  const longest = scales[order[0]] * norms[order[0]];
  for (const row of order.subarray(heads)) {
    if (scales[row] * norms[row] > nothing * longest) continue;
    y.fill(0, row * length, (row + 1) * length);
    norms[row] = 0;
  }
}

/** The first rows of some of m numbers, as columns. */
function firstRows(rows: Float64Array, m: number, count: number): Float64Array {
  return transpose(rows.subarray(0, count * m), count, m);
}
