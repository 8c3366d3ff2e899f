import { dot, normOfPart } from './matrix.ts';

/** Cyclic Jacobi takes four to ten sweeps; this many mean that something is wrong. */
const mostSweeps = 60;

/**
 * The rows of the one-sided Jacobi iteration: row j is scales[j] times the `length` numbers of `y` at j·length, and of length
 * scales[j]·norms[j].
 *
 * Powers of two in `scales` keep every y near length 1, so that no product under- or overflows however far the rows' lengths
 * lie apart. Rows of `rotations`, `width` numbers each, take every rotation too.
 */
export interface JacobiRows {
  readonly n: number;
  readonly length: number;
  readonly y: Float64Array;
  readonly scales: Float64Array;
  readonly norms: Float64Array;
  readonly width: number;
  readonly rotations: Float64Array;
}

/** One rotation for each pair of rows that is not orthogonal to rounding; false if there was none. */
export type Sweep = (rows: JacobiRows, order: Uint32Array, tolerance: number) => boolean;

/** Makes n rows orthogonal by plane rotations among them, in place; returns their order by length, descending. */
export function orthogonalise(rows: JacobiRows, sweep: Sweep): Uint32Array {
  // The rounding of a cosine: below this a rotation may change nothing, and the sweeps would never end.
  const tolerance = Number.EPSILON * (4 + Math.sqrt(rows.length));
  for (let count = 0; count < mostSweeps; count++) {
    rescale(rows);
    const order = bySize(rows);
    if (!sweep(rows, order, tolerance)) return order;
  }
  throw new Error(`svd: vectors not orthogonal after ${mostSweeps} sweeps`);
}

/** Orthogonal rows put in order. */
export interface OrthogonalRows {
  /** Unit rows, zeros where the length is 0. */
  readonly vectors: Float64Array;
  /** Row c is the combination of the given rows that makes row c. */
  readonly rotations: Float64Array;
  /** Lengths, descending. */
  readonly values: Float64Array;
}

/** Rows in the order that `orthogonalise` has given. */
export function inOrder(
  { length, width, y, scales, norms, rotations }: JacobiRows,
  order: Uint32Array,
): OrthogonalRows {
  const n = order.length;
  const vectors = new Float64Array(n * length);
  const sorted = new Float64Array(n * width);
  const values = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    const j = order[c];
    values[c] = scales[j] * norms[j];
    sorted.set(rotations.subarray(j * width, (j + 1) * width), c * width);
    if (norms[j] > 0) for (let i = 0; i < length; i++) vectors[c * length + i] = y[j * length + i] / norms[j];
  }
  return { vectors, rotations: sorted, values };
}

/** Makes the n rows of `y` (n×n, overwritten) orthogonal, pair after pair. */
export function jacobi(y: Float64Array, n: number): OrthogonalRows {
  const rotations = new Float64Array(n * n);
  for (let j = 0; j < n; j++) rotations[j * n + j] = 1;
  const rows = {
    n,
    length: n,
    y,
    scales: new Float64Array(n).fill(1),
    norms: new Float64Array(n),
    width: n,
    rotations,
  };
  return inOrder(rows, orthogonalise(rows, sweepOnce));
}

/** Brings every nonzero y to a length in [1, 2), exactly: only powers of two move into `scales`. */
function rescale({ n, length, y, scales, norms }: JacobiRows): void {
  for (let j = 0; j < n; j++) {
    const at = j * length;
    const size = normOfPart(y, at, length);
    // Beyond 2^±1000 the factor would not be a double; rows near length 2^−74 do no harm.
    const exponent = size === 0 ? 0 : Math.max(-1000, Math.floor(Math.log2(size)));
    const factor = 2 ** -exponent;
    if (factor !== 1) for (let i = at; i < at + length; i++) y[i] *= factor;
    scales[j] /= factor;
    norms[j] = size * factor;
  }
}

function bySize({ n, scales, norms }: JacobiRows): Uint32Array {
  const order = new Uint32Array(n).map((_, j) => j);
  return order.sort((i, j) => scales[j] * norms[j] - scales[i] * norms[i]);
}

const sweepOnce: Sweep = (rows, order, tolerance) => {
  const { n, length, y, scales, norms } = rows;
  let rotated = false;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const p = order[i];
      const q = order[j];
      if (norms[p] === 0 || norms[q] === 0) continue;
      const cosine = dot(y, p * length, y, q * length, length) / (norms[p] * norms[q]);
      if (Math.abs(cosine) <= tolerance) continue;
      if (scales[p] * norms[p] >= scales[q] * norms[q]) rotatePair(rows, p, q, cosine);
      else rotatePair(rows, q, p, cosine);
      rotated = true;
    }
  }
  return rotated;
};

/**
 * Makes the rows `big` and `small` orthogonal by the smaller of the two possible rotations.
 *
 * With ρ = ‖small‖/‖big‖ ≤ 1 the tangent is t = ρ·τ. In terms of τ nothing is divided by ρ, which may be 0.
 */
function rotatePair(rows: JacobiRows, big: number, small: number, cosine: number): void {
  const { length, y, scales, norms, width, rotations } = rows;
  const scaleRatio = scales[small] / scales[big];
  const normRatio = norms[small] / norms[big];
  const rho = scaleRatio * normRatio;
  const half = ((1 - rho) * (1 + rho)) / (2 * Math.abs(cosine));
  const tau = Math.sign(cosine) / (half + Math.sqrt(half * half + rho * rho));
  const tangent = rho * tau;
  const c = 1 / Math.sqrt(1 + tangent * tangent);
  // 1 − c, with all its digits.
  const loss = (c * c * tangent * tangent) / (1 + c);
  rotate(rotations, big * width, small * width, width, loss, c * tangent, c * tangent);
  rotate(y, big * length, small * length, length, loss, c * tangent * scaleRatio, c * tau * normRatio);
  norms[big] *= Math.sqrt(1 + rho * tangent * cosine);
  const left = 1 - tau * cosine;
  // Nearly parallel rows: the formula has cancelled, so the length is taken from what remains.
  norms[small] =
    left > 0.01 ? norms[small] * Math.sqrt(left) : Math.sqrt(dot(y, small * length, y, small * length, length));
}

/**
 * (p, q) ← ((1 − loss)·p + toP·q, (1 − loss)·q − toQ·p) for the vectors of n numbers at x[p…] and x[q…].
 *
 * Written as small changes: a rounded cosine would stretch the vectors by as much in each of thousands of rotations.
 */
function rotate(x: Float64Array, p: number, q: number, n: number, loss: number, toP: number, toQ: number): void {
  for (let i = 0; i < n; i++) {
    const a = x[p + i];
    const b = x[q + i];
    x[p + i] = a + (toP * b - loss * a);
    x[q + i] = b - (toQ * a + loss * b);
  }
}
