import type { Complex } from '../../src/linalg/complex.ts';
import type { Random } from '../../src/random/random.ts';

/** A random unitary: Gram-Schmidt, twice for full accuracy, on the rows of a Gaussian matrix. */
export function randomUnitary(n: number, draw: Random): Complex {
  const matrix = Float64Array.from({ length: 2 * n * n }, () => draw.normal());
  for (let r = 0; r < n; r++) {
    const row = matrix.subarray(2 * r * n, 2 * (r + 1) * n);
    for (let earlier = 0; earlier < 2 * r; earlier++) {
      const at = earlier % r;
      subtractProjection(row, matrix.subarray(2 * at * n, 2 * (at + 1) * n));
    }
    const norm = Math.hypot(...row);
    for (let i = 0; i < row.length; i++) row[i] /= norm;
  }
  return matrix;
}

/** row ← row − other·⟨other|row⟩. */
function subtractProjection(row: Float64Array, other: Float64Array): void {
  let re = 0;
  let im = 0;
  for (let i = 0; i < row.length; i += 2) {
    re += other[i] * row[i] + other[i + 1] * row[i + 1];
    im += other[i] * row[i + 1] - other[i + 1] * row[i];
  }
  for (let i = 0; i < row.length; i += 2) {
    const a = other[i];
    const b = other[i + 1];
    row[i] -= re * a - im * b;
    row[i + 1] -= re * b + im * a;
  }
}
