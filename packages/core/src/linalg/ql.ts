import { type Tridiagonal, tridiagonalise, tridiagonalOf } from './householder.ts';
import { dot } from './matrix.ts';

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

/** Eigenvalues of a matrix, in any order, and unit eigenvectors: row j of `rows` (n×n) belongs to values[j]. */
export interface EigenRows {
  readonly values: Float64Array;
  readonly rows: Float64Array;
}

/**
 * Eigenvectors of the symmetric matrix whose lower triangle is in `a` (n×n, overwritten), its largest entry near 1, by
 * Householder reduction and QL steps with implicit Wilkinson shifts (G. H. Golub, C. F. Van Loan, "Matrix Computations", §8.3,
 * mirrored so that it works upwards). The obvious way, and the fastest one for small matrices.
 */
export function eigenByQl(a: Float64Array, n: number): EigenRows {
  const tridiagonal = tridiagonalOf(n);
  tridiagonalise(a, n, tridiagonal, new Float64Array(n), NOTHING);
  // Row j becomes eigenvector j; rows are contiguous, columns would not be.
  const rows = reflectedIdentity(a, tridiagonal.tau, n);
  diagonalise(tridiagonal, rows, n);
  return { values: tridiagonal.diagonal, rows };
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

/**
 * Drives `below` to 0; every rotation used is applied to `rows` (n × width) too: those of the identity become the eigenvectors, those
 * of some of its columns the same entries of them.
 */
export function diagonalise(
  tridiagonal: Pick<Tridiagonal, 'diagonal' | 'below'>,
  rows: Float64Array,
  n: number,
  width = n,
): void {
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
      if (waiting.count + n > capacity) applyRotations(waiting, rows, width);
      stepUpwards(tridiagonal, start, end, waiting);
    }
  }
  applyRotations(waiting, rows, width);
}

/** The entry next to two diagonal ones does not change them. */
function negligible(entry: number, first: number, second: number): boolean {
  return Math.abs(entry) <= Math.max(Number.EPSILON * (Math.abs(first) + Math.abs(second)), NOTHING);
}

/** One implicit QL step on the block start…end: a bulge enters at the bottom and is chased out at the top. */
function stepUpwards(
  { diagonal, below }: Pick<Tridiagonal, 'diagonal' | 'below'>,
  start: number,
  end: number,
  out: Rotations,
): void {
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
  const distance = Math.hypot(half, beside);
  return first - beside * (beside / (half >= 0 ? half + distance : half - distance));
}

/**
 * Applies the waiting rotations to `rows` (n numbers each): (row k+1, row k) ← (c·row k+1 + s·row k, c·row k − s·row k+1).
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
