import { makeReflector, reflect } from './householder.ts';
import { normOfPart } from './matrix.ts';

/**
 * Columns shorter than this, 10^415 below the largest entry, are set to 0: subnormal numbers have too few digits for
 * an orthogonal reflector.
 */
const NOTHING = 2 ** -900;

/**
 * Householder QR with column pivoting, in place: A·P = Q·R for the n columns of length m in `q`.
 *
 * R takes the place of the upper triangle; below it lie the reflectors I − τ·w·wᵀ, w starting with an implied 1.
 * Column k of A·P is column pivots[k] of A.
 */
export function factor(q: Float64Array, m: number, n: number): { tau: Float64Array; pivots: Uint32Array } {
  const tau = new Float64Array(n);
  const pivots = new Uint32Array(n).map((_, j) => j);
  const norms = new Float64Array(n).map((_, j) => normOfPart(q, j * m, m));
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
      else norms[j] = exact[j] = normOfPart(q, j * m + k + 1, m - k - 1);
    }
  }
  return { tau, pivots };
}

function swapColumns(q: Float64Array, m: number, j: number, k: number): void {
  const column = q.slice(j * m, (j + 1) * m);
  q.copyWithin(j * m, k * m, (k + 1) * m);
  q.set(column, k * m);
}

/** Replaces the reflectors from `factor` by the first n columns of Q. */
export function formQ(q: Float64Array, tau: Float64Array, m: number, n: number): void {
  for (let k = n - 1; k >= 0; k--) {
    const at = k * m + k;
    for (let j = k + 1; j < n; j++) reflect(q, at, tau[k], q, j * m + k, m - k);
    q.fill(0, k * m, at);
    q[at] = 1 - tau[k];
    for (let i = 1; i < m - k; i++) q[at + i] *= -tau[k];
  }
}
