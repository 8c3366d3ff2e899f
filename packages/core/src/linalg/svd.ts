import { makeReflector, reflect } from './householder.ts';
import { dot, multiplyTransposed, norm } from './matrix.ts';

/** Thin singular value decomposition A = U·diag(s)·Vᵀ of A (rows×cols), with k = min(rows, cols). */
export interface Svd {
  /** rows×k, row-major, orthonormal columns. */
  u: Float64Array;
  /** The k singular values, descending. */
  s: Float64Array;
  /** cols×k, row-major, orthonormal columns. */
  v: Float64Array;
}

/** Cyclic Jacobi takes four to ten sweeps; this many mean that something is wrong. */
const MAX_SWEEPS = 60;

/** The largest entry is brought to 2^this: sums of its squares stay finite, and small ones get all the room below. */
const TOP_EXPONENT = 480;

/**
 * Columns shorter than this, 10^415 below the largest entry, are set to 0: subnormal numbers have too few digits for
 * an orthogonal reflector.
 */
const NOTHING = 2 ** -900;

/**
 * Thin SVD by one-sided Jacobi, small singular values included.
 *
 * The tall orientation is reduced to a triangle R by a Householder QR with rows sorted by size and columns pivoted,
 * then the columns of Rᵀ are made orthogonal by plane rotations. For a square A = D₁·B·D₂ with diagonal D₁, D₂ of any
 * size and a well-conditioned B, singular values keep a small *relative* error, where methods that first form A·Aᵀ or a
 * bidiagonal matrix only keep one relative to the largest.
 * Columns of U and V that belong to null singular values complete the orthonormal basis. A singular value beyond the
 * largest double is Infinity.
 *
 * Method: Z. Drmač, K. Veselić, "New fast and accurate Jacobi SVD algorithm I, II", SIAM J. Matrix Anal. Appl. 29
 * (2008); row sorting: A. J. Cox, N. J. Higham, "Stability of Householder QR factorization for weighted least squares
 * problems" (1998).
 *
 * @param a - rows×cols numbers, row-major; left as they are.
 * @throws RangeError if the length is not rows·cols, or at the position of the first NaN or infinite entry.
 */
export function svd(a: Float64Array, rows: number, cols: number): Svd {
  const shift = scalingExponent(a, rows, cols);
  const wide = rows < cols;
  const m = Math.max(rows, cols);
  const n = Math.min(rows, cols);
  const sorted = rowsBySize(a, m, n, wide);
  const q = tallColumns(a, m, n, wide, sorted);
  scale(q, shift);
  const { tau, pivots } = factor(q, m, n);
  const triangle = rowsOfR(q, m, n);
  formQ(q, tau, m, n);
  // Rᵀ = X·V_Lᵀ with orthogonal columns in X, so A = (Q·V_L)·Σ·(P·X/Σ)ᵀ.
  const { vectors, rotations, values } = jacobi(triangle, n);
  const left = combineColumns(q, m, n, rotations, sorted);
  const right = unpivotRows(completeBasis(vectors, values, n), n, pivots);
  scale(values, -shift);
  return wide ? { u: right, s: values, v: left } : { u: left, s: values, v: right };
}

/** The power of two that brings the largest entry to TOP_EXPONENT; checks length and finiteness on the way. */
function scalingExponent(a: Float64Array, rows: number, cols: number): number {
  if (a.length !== rows * cols)
    throw new RangeError(`A has ${a.length} numbers, expected ${rows}×${cols} = ${rows * cols}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(a[i]);
    if (!(size < Infinity))
      throw new RangeError(`A[${Math.floor(i / cols)}, ${i % cols}] is ${a[i]}, expected a finite number`);
    if (size > largest) largest = size;
  }
  return largest === 0 ? 0 : TOP_EXPONENT - Math.floor(Math.log2(largest));
}

/** x ← x·2^exponent, in two factors because 2^exponent itself may not be a double. */
function scale(x: Float64Array, exponent: number): void {
  const first = 2 ** Math.trunc(exponent / 2);
  const second = 2 ** (exponent - Math.trunc(exponent / 2));
  for (let i = 0; i < x.length; i++) x[i] = x[i] * first * second;
}

/**
 * Rows of the tall orientation (m×n) by largest entry, descending. Householder steps mix a row into all those below
 * it, so a large row under a small one would drown it.
 */
function rowsBySize(a: Float64Array, m: number, n: number, wide: boolean): Uint32Array {
  const size = new Float64Array(m);
  for (let i = 0; i < a.length; i++) {
    const row = wide ? i % m : Math.floor(i / n);
    size[row] = Math.max(size[row], Math.abs(a[i]));
  }
  return Uint32Array.from(size.keys()).sort((i, j) => size[j] - size[i]);
}

/** The tall orientation of `a`, rows in the order `sorted`, column after column: n vectors of m. */
function tallColumns(a: Float64Array, m: number, n: number, wide: boolean, sorted: Uint32Array): Float64Array {
  const rowStride = wide ? 1 : n;
  const columnStride = wide ? m : 1;
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    const row = sorted[i] * rowStride;
    for (let j = 0; j < n; j++) out[j * m + i] = a[row + j * columnStride];
  }
  return out;
}

/**
 * Householder QR with column pivoting, in place: A·P = Q·R for the n columns of length m in `q`.
 *
 * R takes the place of the upper triangle; below it lie the reflectors I − τ·w·wᵀ, w starting with an implied 1.
 * Column k of A·P is column pivots[k] of A.
 */
function factor(q: Float64Array, m: number, n: number): { tau: Float64Array; pivots: Uint32Array } {
  const tau = new Float64Array(n);
  const pivots = new Uint32Array(n).map((_, j) => j);
  const norms = new Float64Array(n).map((_, j) => norm(q, j * m, m));
  const exact = norms.slice();
  for (let k = 0; k < n; k++) {
    let largest = k;
    for (let j = k + 1; j < n; j++) if (norms[j] > norms[largest]) largest = j;
    if (largest !== k) {
      swapColumns(q, m, k, largest);
      [pivots[k], pivots[largest]] = [pivots[largest], pivots[k]];
      norms[largest] = norms[k];
      exact[largest] = exact[k];
    }
    tau[k] = makeReflector(q, k * m + k, m - k, 0, NOTHING);
    for (let j = k + 1; j < n; j++) {
      reflect(q, k * m + k, tau[k], q, j * m + k, m - k);
      if (norms[j] === 0) continue;
      const left = Math.max(0, 1 - (Math.abs(q[j * m + k]) / norms[j]) ** 2);
      // Subtracting squares loses digits; once half of them are gone the norm is computed afresh.
      if (left * (norms[j] / exact[j]) ** 2 > 1.5e-8) norms[j] *= Math.sqrt(left);
      else norms[j] = exact[j] = norm(q, j * m + k + 1, m - k - 1);
    }
  }
  return { tau, pivots };
}

function swapColumns(q: Float64Array, m: number, j: number, k: number): void {
  const kept = q.slice(j * m, (j + 1) * m);
  q.copyWithin(j * m, k * m, (k + 1) * m);
  q.set(kept, k * m);
}

/** The rows of R (= the columns of Rᵀ) one after the other: n vectors of n. */
function rowsOfR(q: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) for (let j = k; j < n; j++) out[k * n + j] = q[j * m + k];
  return out;
}

/** Replaces the reflectors from `factor` by the first n columns of Q. */
function formQ(q: Float64Array, tau: Float64Array, m: number, n: number): void {
  for (let k = n - 1; k >= 0; k--) {
    const at = k * m + k;
    for (let j = k + 1; j < n; j++) reflect(q, at, tau[k], q, j * m + k, m - k);
    q.fill(0, k * m, at);
    q[at] = 1 - tau[k];
    for (let i = 1; i < m - k; i++) q[at + i] *= -tau[k];
  }
}

/**
 * The vectors of the one-sided Jacobi iteration: vector j is scales[j]·y[j·n…], of length scales[j]·norms[j].
 *
 * Powers of two in `scales` keep every y near length 1, so that no product under- or overflows however far the
 * vectors lie apart. `rotations` starts as the identity and takes every rotation too.
 */
interface Vectors {
  n: number;
  y: Float64Array;
  scales: Float64Array;
  norms: Float64Array;
  rotations: Float64Array;
}

/**
 * Makes n vectors of length n orthogonal by plane rotations among them; `y` is overwritten.
 *
 * Returns unit vectors (zeros where the value is 0), the rotations (row c is the combination of the given vectors
 * that makes vector c) and the lengths; all in descending order of length.
 */
function jacobi(y: Float64Array, n: number): { vectors: Float64Array; rotations: Float64Array; values: Float64Array } {
  const rotations = new Float64Array(n * n);
  for (let j = 0; j < n; j++) rotations[j * n + j] = 1;
  const set: Vectors = { n, y, scales: new Float64Array(n).fill(1), norms: new Float64Array(n), rotations };
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    rescale(set);
    const order = bySize(set);
    if (!sweepOnce(set, order)) return inOrder(set, order);
  }
  throw new Error(`svd: vectors not orthogonal after ${MAX_SWEEPS} sweeps`);
}

/** Brings every nonzero y to a length in [1, 2), exactly: only powers of two move into `scales`. */
function rescale({ n, y, scales, norms }: Vectors): void {
  for (let j = 0; j < n; j++) {
    const vector = y.subarray(j * n, (j + 1) * n);
    const size = norm(vector);
    // Beyond 2^±1000 the factor would not be a double; vectors near length 2^−74 do no harm.
    const exponent = size === 0 ? 0 : Math.max(-1000, Math.floor(Math.log2(size)));
    const factor = 2 ** -exponent;
    for (let i = 0; i < n; i++) vector[i] *= factor;
    scales[j] /= factor;
    norms[j] = size * factor;
  }
}

function bySize({ n, scales, norms }: Vectors): Uint32Array {
  const order = new Uint32Array(n).map((_, j) => j);
  return order.sort((i, j) => scales[j] * norms[j] - scales[i] * norms[i]);
}

/** One rotation for each pair that is not orthogonal to rounding; false if there was none. */
function sweepOnce(set: Vectors, order: Uint32Array): boolean {
  const { n, y, scales, norms } = set;
  // The rounding of a cosine: below this a rotation may change nothing, and the sweeps would never end.
  const tolerance = Number.EPSILON * (4 + Math.sqrt(n));
  let rotated = false;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const p = order[i];
      const q = order[j];
      if (norms[p] === 0 || norms[q] === 0) continue;
      const cosine = dot(y, p * n, y, q * n, n) / (norms[p] * norms[q]);
      if (Math.abs(cosine) <= tolerance) continue;
      if (scales[p] * norms[p] >= scales[q] * norms[q]) rotatePair(set, p, q, cosine);
      else rotatePair(set, q, p, cosine);
      rotated = true;
    }
  }
  return rotated;
}

/**
 * Makes the vectors `big` and `small` orthogonal by the smaller of the two possible rotations.
 *
 * With ρ = ‖small‖/‖big‖ ≤ 1 the tangent is t = ρ·τ. In terms of τ nothing is divided by ρ, which may be 0.
 */
function rotatePair({ n, y, scales, norms, rotations }: Vectors, big: number, small: number, cosine: number): void {
  const scaleRatio = scales[small] / scales[big];
  const normRatio = norms[small] / norms[big];
  const rho = scaleRatio * normRatio;
  const half = ((1 - rho) * (1 + rho)) / (2 * Math.abs(cosine));
  const tau = Math.sign(cosine) / (half + Math.sqrt(half * half + rho * rho));
  const tangent = rho * tau;
  const c = 1 / Math.sqrt(1 + tangent * tangent);
  // 1 − c, with all its digits.
  const loss = (c * c * tangent * tangent) / (1 + c);
  rotate(rotations, big * n, small * n, n, loss, c * tangent, c * tangent);
  rotate(y, big * n, small * n, n, loss, c * tangent * scaleRatio, c * tau * normRatio);
  norms[big] *= Math.sqrt(1 + rho * tangent * cosine);
  const left = 1 - tau * cosine;
  // Nearly parallel vectors: the formula has cancelled, so the length is taken from what remains.
  norms[small] = left > 0.01 ? norms[small] * Math.sqrt(left) : Math.sqrt(dot(y, small * n, y, small * n, n));
}

/**
 * (p, q) ← ((1 − loss)·p + toP·q, (1 − loss)·q − toQ·p) for the vectors of length n at x[p…] and x[q…].
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

function inOrder(
  { n, y, scales, norms, rotations }: Vectors,
  order: Uint32Array,
): { vectors: Float64Array; rotations: Float64Array; values: Float64Array } {
  const vectors = new Float64Array(n * n);
  const sortedRotations = new Float64Array(n * n);
  const values = new Float64Array(n);
  for (let c = 0; c < n; c++) {
    const j = order[c];
    values[c] = scales[j] * norms[j];
    sortedRotations.set(rotations.subarray(j * n, (j + 1) * n), c * n);
    if (norms[j] > 0) for (let i = 0; i < n; i++) vectors[c * n + i] = y[j * n + i] / norms[j];
  }
  return { vectors, rotations: sortedRotations, values };
}

/** Replaces the trailing zero vectors by an orthonormal basis of what the others leave free. */
function completeBasis(vectors: Float64Array, values: Float64Array, n: number): Float64Array {
  const rank = values.findLastIndex((value) => value > 0) + 1;
  if (rank === n) return vectors;
  // The reflectors of the zero columns are the identity, so the last columns of Q are orthogonal to all others.
  const q = vectors.slice();
  formQ(q, factor(q, n, n).tau, n, n);
  vectors.set(q.subarray(rank * n), rank * n);
  return vectors;
}

/** Q·Wᵀ (m×n, row-major), row i put at place sorted[i]; Q as n columns of length m, W (n×n) by rows. */
function combineColumns(q: Float64Array, m: number, n: number, w: Float64Array, sorted: Uint32Array): Float64Array {
  const out = new Float64Array(m * n);
  // A few rows at a time: a second tall copy of Q is never needed.
  for (let top = 0; top < m; top += 32) {
    const count = Math.min(32, m - top);
    const block = new Float64Array(count * n);
    for (let j = 0; j < n; j++) for (let i = 0; i < count; i++) block[i * n + j] = q[j * m + top + i];
    const product = multiplyTransposed(block, w, count, n, n);
    for (let i = 0; i < count; i++) out.set(product.subarray(i * n, (i + 1) * n), sorted[top + i] * n);
  }
  return out;
}

/** The n×n row-major matrix whose column c is vector c with its entry i moved to row pivots[i]. */
function unpivotRows(vectors: Float64Array, n: number, pivots: Uint32Array): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let c = 0; c < n; c++) out[pivots[i] * n + c] = vectors[c * n + i];
  return out;
}
