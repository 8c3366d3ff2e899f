import { type Complex, order } from '../../linalg/complex.ts';

/** rows†·rows = A, `rank` rows as long as A is wide, row-major, interleaved. */
export interface Factor {
  readonly rank: number;
  readonly rows: Float64Array;
  /** Row r is 0 at the pivots of the rows above it. */
  readonly pivots: Int32Array;
}

/**
 * A factor of a Hermitian positive semidefinite matrix, by Cholesky with pivots: rows come in the order of what they
 * explain, and what is left below `tolerance` times the largest diagonal entry is nothing.
 *
 * @param most - the rank is at most this.
 * @returns undefined where A is not Hermitian or not positive semidefinite to that tolerance.
 */
export function hermitianFactor(A: Complex, tolerance: number, most = Number.POSITIVE_INFINITY): Factor | undefined {
  const n = order(A);
  const rest = A.slice();
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, A[2 * (i * n + i)]);
  const negligible = tolerance * largest;
  if (!isHermitian(A, n, negligible)) return undefined;
  const rows: number[] = [];
  const pivots: number[] = [];
  let rank = 0;
  for (; rank < n; rank++) {
    const pivot = pivotOf(rest, n);
    const size = rest[2 * (pivot * n + pivot)];
    // The diagonal bounds all entries of a positive semidefinite matrix; a negative rest shows up off the diagonal.
    if (rank === most || !(size > 64 * Number.EPSILON * n * largest)) break;
    const root = Math.sqrt(size);
    const row = Array.from(rest.subarray(2 * pivot * n, 2 * (pivot + 1) * n), (entry) => entry / root);
    rows.push(...row);
    pivots.push(pivot);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const at = 2 * (i * n + j);
        rest[at] -= row[2 * i] * row[2 * j] + row[2 * i + 1] * row[2 * j + 1];
        rest[at + 1] -= row[2 * i] * row[2 * j + 1] - row[2 * i + 1] * row[2 * j];
      }
  }
  if (!rest.every((entry) => Math.abs(entry) <= negligible)) return undefined;
  return { rank, rows: Float64Array.from(rows), pivots: Int32Array.from(pivots) };
}

function pivotOf(A: Complex, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++) if (A[2 * (i * n + i)] > A[2 * (best * n + best)]) best = i;
  return best;
}

function isHermitian(A: Complex, n: number, apart: number): boolean {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const [at, mirror] = [2 * (i * n + j), 2 * (j * n + i)];
      if (!(Math.abs(A[at] - A[mirror]) <= apart && Math.abs(A[at + 1] + A[mirror + 1]) <= apart)) return false;
    }
  return true;
}
