import { counted } from '../wording.ts';
import { jacobi, type OrthogonalRows } from './jacobi.ts';
import { multiplyTransposed } from './matrix.ts';
import { factor, formQ } from './qr.ts';
import { factorFast, formQFast, jacobiFast } from './wasm/svd.ts';

/** Thin singular value decomposition A = U·diag(s)·Vᵀ of A (rows×cols), with k = min(rows, cols). */
export interface Svd {
  /** rows×k, row-major, orthonormal columns. */
  u: Float64Array;
  /** The k singular values, descending. */
  s: Float64Array;
  /** cols×k, row-major, orthonormal columns. */
  v: Float64Array;
}

/** The steps of a decomposition: QR with column pivoting in place, its Q in place, and orthogonal rows of a triangle. */
interface SvdMethod {
  factor(q: Float64Array, m: number, n: number): { tau: Float64Array; pivots: Uint32Array };
  formQ(q: Float64Array, tau: Float64Array, m: number, n: number): void;
  jacobi(y: Float64Array, n: number): OrthogonalRows;
}

/** The obvious steps, and the same in WebAssembly. */
export const svdMethods = {
  reference: { factor, formQ, jacobi },
  fast: { factor: factorFast, formQ: formQFast, jacobi: jacobiFast },
} as const satisfies Record<string, SvdMethod>;

/** Smaller sides are not worth the way into WebAssembly's memory. */
const worthMoving = 16;

/** The largest entry is brought to 2^this: sums of its squares stay finite, and small ones get all the room below. */
const TOP_EXPONENT = 480;

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
 * @param method - one of `svdMethods`; left out, the faster one.
 * @throws RangeError if the length is not rows·cols, or at the position of the first NaN or infinite entry.
 */
export function svd(
  a: Float64Array,
  rows: number,
  cols: number,
  method: SvdMethod = Math.min(rows, cols) < worthMoving ? svdMethods.reference : svdMethods.fast,
): Svd {
  const shift = scalingExponent(a, rows, cols);
  const wide = rows < cols;
  const m = Math.max(rows, cols);
  const n = Math.min(rows, cols);
  const sorted = rowsBySize(a, m, n, wide);
  const q = tallColumns(a, m, n, wide, sorted);
  scale(q, shift);
  const { tau, pivots } = method.factor(q, m, n);
  const triangle = rowsOfR(q, m, n);
  method.formQ(q, tau, m, n);
  // Rᵀ = X·V_Lᵀ with orthogonal columns in X, so A = (Q·V_L)·Σ·(P·X/Σ)ᵀ.
  const { vectors, rotations, values } = method.jacobi(triangle, n);
  const left = combineColumns(q, m, n, rotations, sorted);
  const right = unpivotRows(completeBasis(vectors, values, n, method), n, pivots);
  scale(values, -shift);
  return wide ? { u: right, s: values, v: left } : { u: left, s: values, v: right };
}

/** The power of two that brings the largest entry to TOP_EXPONENT; checks length and finiteness on the way. */
function scalingExponent(a: Float64Array, rows: number, cols: number): number {
  if (a.length !== rows * cols)
    throw new RangeError(`A has ${counted(a.length, 'number')}, expected ${rows}×${cols} = ${rows * cols}`);
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

/** The rows of R (= the columns of Rᵀ) one after the other: n vectors of n. */
function rowsOfR(q: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) for (let j = k; j < n; j++) out[k * n + j] = q[j * m + k];
  return out;
}

/** Replaces the trailing zero vectors by an orthonormal basis of what the others leave free. */
function completeBasis(vectors: Float64Array, values: Float64Array, n: number, method: SvdMethod): Float64Array {
  const rank = values.findLastIndex((value) => value > 0) + 1;
  if (rank === n) return vectors;
  // The reflectors of the zero columns are the identity, so the last columns of Q are orthogonal to all others.
  const q = vectors.slice();
  method.formQ(q, method.factor(q, n, n).tau, n, n);
  vectors.set(q.subarray(rank * n), rank * n);
  return vectors;
}

/** Q·Wᵀ (m×n, row-major), row i put at place sorted[i]; Q as n columns of length m, W (n×n) by rows. */
function combineColumns(q: Float64Array, m: number, n: number, w: Float64Array, sorted: Uint32Array): Float64Array {
  const out = new Float64Array(m * n);
  // A few rows at a time: a second tall copy of Q is never needed.
  for (let top = 0; top < m; top += 256) {
    const count = Math.min(256, m - top);
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
