import { type Tridiagonal, tridiagonalise, tridiagonalOf } from './householder.ts';
import { dot, transpose } from './matrix.ts';

/** QL takes about 1.6 steps per eigenvalue; this many for one of them mean that something is wrong. */
const MAX_STEPS = 60;

/** Numbers of a row that one batch of rotations works on: a strip of n = 1000 rows still fits into the cache. */
const STRIP = 64;

/**
 * With the largest entry near 1, anything below this is noise of noise and set to 0: a row of subnormal numbers has too
 * few digits for an orthogonal reflector.
 */
const NOTHING = 1e-200;

/** Plane rotations waiting to be applied to rows row[k] and row[k]+1. */
interface Rotations {
  count: number;
  row: Uint32Array;
  sine: Float64Array;
  /** 1 − cosine, with all its digits. */
  loss: Float64Array;
}

/**
 * All eigenvalues, descending, and orthonormal eigenvectors of a real symmetric matrix.
 *
 * `vectors` is n×n, row-major; its column j belongs to values[j]. Errors are of the order of rounding times the
 * *largest* eigenvalue: of a kernel K = J·Jᵀ the small ones are better had from the SVD of J.
 *
 * Method: Householder reduction to tridiagonal form, then QL steps with implicit Wilkinson shifts (G. H. Golub,
 * C. F. Van Loan, "Matrix Computations", §8.3, mirrored so that it works upwards).
 *
 * @param a - n×n numbers, row-major; left as they are. Where a pair differs by rounding its mean is used.
 * @throws RangeError if the length is not n², at the first NaN or infinite entry, or at the first pair (i, j) that
 *   differs by more than 1e-8 of the largest entry.
 */
export function symmetricEigen(a: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const largest = largestEntry(a, n);
  requireSymmetric(a, n, 1e-8 * largest);
  // A power of two, so that scaling rounds nothing.
  const unit = largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
  const work = symmetricMean(a, n, unit);
  const tridiagonal = tridiagonalOf(n);
  tridiagonalise(work, n, tridiagonal, new Float64Array(n), NOTHING);
  // Row j becomes eigenvector j; rows are contiguous, columns would not be.
  const rows = reflectedIdentity(work, tridiagonal.tau, n);
  diagonalise(tridiagonal, rows, n);
  const { diagonal } = tridiagonal;
  const order = new Uint32Array(n).map((_, j) => j).sort((i, j) => diagonal[j] - diagonal[i]);
  const sorted = new Float64Array(n * n);
  for (let j = 0; j < n; j++) sorted.set(rows.subarray(order[j] * n, (order[j] + 1) * n), j * n);
  const values = Float64Array.from(order, (j) => diagonal[j] * unit);
  return { values, vectors: transpose(sorted, n, n) };
}

function largestEntry(a: Float64Array, n: number): number {
  if (a.length !== n * n) throw new RangeError(`A has ${a.length} numbers, expected ${n}×${n} = ${n * n}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const size = Math.abs(a[i]);
    if (!(size < Infinity))
      throw new RangeError(`A[${Math.floor(i / n)}, ${i % n}] is ${a[i]}, expected a finite number`);
    if (size > largest) largest = size;
  }
  return largest;
}

function requireSymmetric(a: Float64Array, n: number, tolerance: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const below = a[i * n + j];
      const above = a[j * n + i];
      if (Math.abs(below - above) > tolerance)
        throw new RangeError(`A is not symmetric: A[${i}, ${j}] is ${below}, A[${j}, ${i}] is ${above}`);
    }
  }
}

/** The symmetric part in the given unit, about the largest entry, so that no square overflows or vanishes. */
function symmetricMean(a: Float64Array, n: number, unit: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) out[i * n + j] = (a[i * n + j] / unit + a[j * n + i] / unit) / 2;
  return out;
}

/** Qᵀ = H₁·…·H_{n−1}, built from the left: what is not the identity yet is only as large as the next reflector. */
function reflectedIdentity(v: Float64Array, tau: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  for (let i = 1; i < n; i++) {
    if (tau[i] === 0) continue;
    const at = i * n;
    for (let r = 0; r < i; r++) {
      const amount = tau[i] * dot(out, r * n, v, at, i);
      for (let c = 0; c < i; c++) out[r * n + c] -= amount * v[at + c];
    }
  }
  return out;
}

/** Drives `below` to 0; every rotation used is applied to `rows` (n×n) too, so that they become the eigenvectors. */
function diagonalise(tridiagonal: Tridiagonal, rows: Float64Array, n: number): void {
  const { diagonal, below } = tridiagonal;
  const capacity = 32 * n;
  const waiting: Rotations = {
    count: 0,
    row: new Uint32Array(capacity),
    sine: new Float64Array(capacity),
    loss: new Float64Array(capacity),
  };
  for (let start = 0; start < n; start++) {
    for (let steps = 0; ; steps++) {
      let end = start;
      while (end < n - 1 && !negligible(below[end], diagonal[end], diagonal[end + 1])) end++;
      if (end === start) break;
      if (steps === MAX_STEPS) throw new Error(`symmetricEigen: eigenvalue ${start} of ${n} did not converge`);
      below[end] = 0;
      if (waiting.count + n > capacity) applyRotations(waiting, rows, n);
      stepUpwards(tridiagonal, start, end, waiting);
    }
  }
  applyRotations(waiting, rows, n);
}

/** The entry next to two diagonal ones does not change them. */
function negligible(entry: number, first: number, second: number): boolean {
  return Math.abs(entry) <= Math.max(Number.EPSILON * (Math.abs(first) + Math.abs(second)), NOTHING);
}

/** One implicit QL step on the block start…end: a bulge enters at the bottom and is chased out at the top. */
function stepUpwards({ diagonal, below }: Tridiagonal, start: number, end: number, out: Rotations): void {
  let along = diagonal[end] - wilkinsonShift(diagonal[start], below[start], diagonal[start + 1]);
  let bulge = below[end - 1];
  for (let k = end - 1; k >= start; k--) {
    // With the sign of `along` the cosine is never negative and no angle exceeds a quarter turn.
    const size = along < 0 ? -Math.hypot(along, bulge) : Math.hypot(along, bulge);
    const c = size === 0 ? 1 : along / size;
    const s = size === 0 ? 0 : bulge / size;
    if (k < end - 1) below[k + 1] = size;
    // The 2×2 block of k and k+1 in the turned axes.
    const mix = s * (diagonal[k] - diagonal[k + 1]) + 2 * c * below[k];
    diagonal[k + 1] += s * mix;
    diagonal[k] -= s * mix;
    below[k] = c * mix - below[k];
    along = below[k];
    if (k > start) {
      bulge = s * below[k - 1];
      below[k - 1] *= c;
    }
    out.row[out.count] = k;
    out.sine[out.count] = s;
    out.loss[out.count++] = (s * s) / (1 + c);
  }
}

/** The eigenvalue of [[first, beside], [beside, second]] closer to `first`. */
function wilkinsonShift(first: number, beside: number, second: number): number {
  const half = (second - first) / 2;
  const reach = Math.hypot(half, beside);
  return first - beside * (beside / (half >= 0 ? half + reach : half - reach));
}

/**
 * Applies the waiting rotations to `rows` (n×n): (row k+1, row k) ← (c·row k+1 + s·row k, c·row k − s·row k+1).
 *
 * All of them go over one strip of columns before the next strip is touched: the strip stays in the cache, while the
 * whole matrix would be fetched anew for every step.
 */
function applyRotations(waiting: Rotations, rows: Float64Array, n: number): void {
  const { count, row, sine, loss } = waiting;
  for (let left = 0; left < n; left += STRIP) {
    const width = Math.min(STRIP, n - left);
    for (let r = 0; r < count; r++) rotateRows(rows, row[r] * n + left, n, width, sine[r], loss[r]);
  }
  waiting.count = 0;
}

/** Written as changes: a rounded cosine would stretch the rows by as much in each of thousands of rotations. */
function rotateRows(x: Float64Array, upper: number, n: number, width: number, sine: number, loss: number): void {
  const lower = upper + n;
  for (let i = 0; i < width; i++) {
    const a = x[upper + i];
    const b = x[lower + i];
    x[lower + i] = b + (sine * a - loss * b);
    x[upper + i] = a - (sine * b + loss * a);
  }
}
