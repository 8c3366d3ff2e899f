// Lanczos steps with a symmetric matrix, as src/linalg/krylov.ts says and does without haste.

import { symmetricProduct } from './symmetric';
import { addMultiple, dot, scaleBy } from './vectors';

/**
 * Vectors from + 1 to `to` (rows at `vectors`, number 0 being there), each orthogonal to all before, and the tridiagonal matrix of
 * the first `to`. Ends where nothing is left; returns how many columns of that matrix there are.
 */
export function lanczosSteps(
  matrix: usize,
  n: usize,
  vectors: usize,
  diagonal: usize,
  beside: usize,
  from: usize,
  to: usize,
): usize {
  const row = n << 3;
  for (let k = from; k < to; k++) {
    const v = vectors + k * row;
    const next = v + row;
    memory.fill(next, 0, row);
    symmetricProduct(matrix, row, n, v, next);
    const entry = dot(v, next, n);
    store<f64>(diagonal + (k << 3), entry);
    // Once is not enough: what cancels leaves components of the order of rounding, which grow from vector to vector.
    for (let round = 0; round < 2; round++)
      for (let q: usize = 0; q <= k; q++) {
        const known = vectors + q * row;
        addMultiple(next, -dot(known, next, n), known, n);
      }
    const length = sqrt(dot(next, next, n));
    store<f64>(beside + (k << 3), length);
    if (!(length > f64.EPSILON * load<f64>(diagonal))) {
      store<f64>(beside + (k << 3), 0);
      return k + 1;
    }
    scaleBy(next, 1 / length, n);
  }
  return to;
}
