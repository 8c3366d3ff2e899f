import { dot, normOfPart } from './matrix.ts';

/**
 * Householder reflectors I − τ·v·vᵀ (G. H. Golub, C. F. Van Loan, "Matrix Computations", §5.1). v is stored where the vector
 * stood that it was made of, its entry `pivot` an implied 1: the place of that entry holds the image.
 */

/**
 * Turns x = a[start…start+length) into v with the image ∓‖x‖ at `pivot`, counted from the start, and returns τ. A vector
 * shorter than `nothing` has the image 0 and τ = 0.
 */
export function makeReflector(a: Float64Array, start: number, length: number, pivot: number, nothing: number): number {
  const entry = a[start + pivot];
  const size = normOfPart(a, start, length);
  if (!(size > nothing)) {
    a.fill(0, start, start + length);
    return 0;
  }
  // The sign away from the entry: no cancellation, and small entries keep their relative accuracy.
  const image = entry > 0 ? -size : size;
  const divisor = entry - image;
  for (let i = start; i < start + length; i++) a[i] /= divisor;
  a[start + pivot] = image;
  return (image - entry) / image;
}

/** Applies the reflector of pivot 0 stored at v[at…] to the vector at x[to…], both `length` long. */
export function reflect(v: Float64Array, at: number, tau: number, x: Float64Array, to: number, length: number): void {
  if (tau === 0) return;
  const amount = tau * (x[to] + dot(v, at + 1, x, to + 1, length - 1));
  x[to] -= amount;
  for (let i = 1; i < length; i++) x[to + i] -= amount * v[at + i];
}

/** A symmetric tridiagonal matrix T of order n and the reflectors that led to it. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** below[i] stands at (i+1, i) and (i, i+1); the last one is 0. */
  readonly below: Float64Array;
  /** τ of the reflectors; number i is row i of what the matrix has become, i numbers long, a plain 1 as its last. */
  readonly tau: Float64Array;
}

/** Memory for matrices of order n, to be used again and again. */
export function tridiagonalOf(n: number): Tridiagonal {
  return { diagonal: new Float64Array(n), below: new Float64Array(n), tau: new Float64Array(n) };
}

/**
 * A = Q·T·Qᵀ for the symmetric matrix whose lower triangle is in `a` (n×n, overwritten), T to `to`.
 *
 * Rows are cleared from the last one upwards, so that each reflector is born as the head of a row.
 * Q = H_{n−1}·…·H₁ with the reflectors H. (Golub & Van Loan, §8.3.)
 *
 * @param w - n numbers to work with.
 */
export function tridiagonalise(a: Float64Array, n: number, to: Tridiagonal, w: Float64Array, nothing: number): void {
  const { diagonal, below, tau } = to;
  for (let i = n - 1; i > 0; i--) {
    diagonal[i] = a[i * n + i];
    tau[i] = makeReflector(a, i * n, i, i - 1, nothing);
    below[i - 1] = a[i * n + i - 1];
    if (tau[i] === 0) continue;
    a[i * n + i - 1] = 1;
    reflectBothSides(a, n, i, tau[i], w);
  }
  if (n === 0) return;
  diagonal[0] = a[0];
  below[n - 1] = 0;
  tau[0] = 0;
}

/** B ← H·B·H for the leading i × i block B of `a`, lower triangle only; H = I − τ·v·vᵀ, v in row i. */
function reflectBothSides(a: Float64Array, n: number, i: number, tau: number, w: Float64Array): void {
  const at = i * n;
  symmetricProduct(a, n, i, w);
  for (let r = 0; r < i; r++) w[r] *= tau;
  const overlap = (tau / 2) * dot(w, 0, a, at, i);
  for (let r = 0; r < i; r++) w[r] -= overlap * a[at + r];
  for (let r = 0; r < i; r++) {
    const vr = a[at + r];
    const wr = w[r];
    for (let c = 0; c <= r; c++) a[r * n + c] -= vr * w[c] + wr * a[at + c];
  }
}

/** w ← B·v from the lower triangle of the leading block B: one pass serves a row and its mirror image. */
function symmetricProduct(a: Float64Array, n: number, i: number, w: Float64Array): void {
  const at = i * n;
  for (let r = 0; r < i; r++) w[r] = 0;
  for (let r = 0; r < i; r++) {
    const vr = a[at + r];
    let sum = a[r * n + r] * vr;
    for (let c = 0; c < r; c++) {
      const entry = a[r * n + c];
      sum += entry * a[at + c];
      w[c] += entry * vr;
    }
    w[r] += sum;
  }
}
