import { tridiagonalise, tridiagonalOf } from './householder.ts';

/**
 * The least eigenvalue of a symmetric n × n matrix that begins at some index of an array, for thousands of small ones:
 * nothing is allocated by a call. Right to rounding times the largest eigenvalue. Householder reduction to a tridiagonal
 * matrix, then bisection by Sturm's count of eigenvalues below a number (G. H. Golub, C. F. Van Loan, "Matrix
 * Computations", §8.3 and §8.4). The matrix must be finite.
 */
export function createLeastEigenvalue(n: number): (matrices: Float64Array, start: number) => number {
  const a = new Float64Array(n * n);
  const w = new Float64Array(n);
  const tridiagonal = tridiagonalOf(n);
  /** Squares of what is beside the diagonal: beside[i] between i − 1 and i. */
  const beside = new Float64Array(n);
  return (matrices, start) => {
    for (let i = 0; i < n * n; i++) a[i] = matrices[start + i];
    tridiagonalise(a, n, tridiagonal, w, 0);
    for (let i = 1; i < n; i++) beside[i] = tridiagonal.below[i - 1] ** 2;
    return leastOfTridiagonal(tridiagonal.diagonal, beside, n);
  };
}

function leastOfTridiagonal(diagonal: Float64Array, beside: Float64Array, n: number): number {
  // Gershgorin's discs on the left, the least diagonal entry on the right.
  let low = Number.POSITIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    const radius = Math.sqrt(beside[i]) + (i + 1 < n ? Math.sqrt(beside[i + 1]) : 0);
    low = Math.min(low, diagonal[i] - radius);
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
