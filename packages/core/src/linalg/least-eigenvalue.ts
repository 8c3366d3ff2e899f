/**
 * The least eigenvalue of a symmetric n × n matrix that begins at some index of an array, for thousands of small ones:
 * nothing is allocated by a call. Right to rounding times the largest eigenvalue. Householder reduction to a tridiagonal
 * matrix, then bisection by Sturm's count of eigenvalues below a number (G. H. Golub, C. F. Van Loan, "Matrix
 * Computations", §8.3 and §8.4). The matrix must be finite.
 */
export function createLeastEigenvalue(n: number): (matrices: Float64Array, start: number) => number {
  const a = new Float64Array(n * n);
  const w = new Float64Array(n);
  const diagonal = new Float64Array(n);
  /** Squares of what is beside the diagonal: beside[i] between i − 1 and i. */
  const beside = new Float64Array(n);
  return (matrices, start) => {
    for (let i = 0; i < n * n; i++) a[i] = matrices[start + i];
    tridiagonalise(a, n, w, diagonal, beside);
    return leastOfTridiagonal(diagonal, beside, n);
  };
}

/** Clears rows from the last one upwards by reflections 1 − 2vvᵀ/|v|²; only the lower triangle of `a` is used. */
function tridiagonalise(
  a: Float64Array,
  n: number,
  w: Float64Array,
  diagonal: Float64Array,
  beside: Float64Array,
): void {
  for (let i = n - 1; i > 0; i--) {
    const row = i * n;
    diagonal[i] = a[row + i];
    let square = 0;
    for (let j = 0; j < i; j++) square += a[row + j] * a[row + j];
    beside[i] = square;
    const last = a[row + i - 1];
    // Twice the square of v = row ± |row|·e, the sign away from cancellation.
    const size = last > 0 ? Math.sqrt(square) : -Math.sqrt(square);
    const half = square + size * last;
    if (!(half > 0)) continue;
    a[row + i - 1] += size;
    reflect(a, n, row, i, half, w);
  }
  diagonal[0] = a[0];
  beside[0] = 0;
}

/** B ← HBH for the leading `size` rows, H = 1 − vvᵀ/half and v standing at `at`. */
function reflect(a: Float64Array, n: number, at: number, size: number, half: number, w: Float64Array): void {
  for (let r = 0; r < size; r++) w[r] = 0;
  for (let r = 0; r < size; r++) {
    const vr = a[at + r];
    let sum = a[r * n + r] * vr;
    for (let c = 0; c < r; c++) {
      const entry = a[r * n + c];
      sum += entry * a[at + c];
      w[c] += entry * vr;
    }
    w[r] += sum;
  }
  let overlap = 0;
  for (let r = 0; r < size; r++) {
    w[r] /= half;
    overlap += w[r] * a[at + r];
  }
  overlap /= 2 * half;
  for (let r = 0; r < size; r++) w[r] -= overlap * a[at + r];
  for (let r = 0; r < size; r++) for (let c = 0; c <= r; c++) a[r * n + c] -= a[at + r] * w[c] + w[r] * a[at + c];
}

function leastOfTridiagonal(diagonal: Float64Array, beside: Float64Array, n: number): number {
  // Gershgorin's discs on the left, the least diagonal entry on the right.
  let low = Number.POSITIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const reach = Math.sqrt(beside[i]) + (i + 1 < n ? Math.sqrt(beside[i + 1]) : 0);
    low = Math.min(low, diagonal[i] - reach);
    high = Math.min(high, diagonal[i]);
  }
  const fine = 4 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high));
  while (high - low > fine) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (anyBelow(diagonal, beside, n, middle)) high = middle;
    else low = middle;
  }
  return low + (high - low) / 2;
}

/** Whether T − shift has a negative pivot, and T so an eigenvalue below it. */
function anyBelow(diagonal: Float64Array, beside: Float64Array, n: number, shift: number): boolean {
  let pivot = diagonal[0] - shift;
  if (!(pivot > 0)) return true;
  for (let i = 1; i < n; i++) {
    pivot = diagonal[i] - shift - beside[i] / pivot;
    if (!(pivot > 0)) return true;
  }
  return false;
}
