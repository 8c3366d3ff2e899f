import type { Complex } from '../linalg/complex.ts';
import type { Random } from './random.ts';

/**
 * A Haar-random unitary, n × n: the Q of a QR decomposition of complex normal numbers whose R has a positive diagonal
 * (Mezzadri 2007). Gram-Schmidt makes that diagonal positive by itself; a second round keeps the
 * rows orthogonal to rounding.
 */
export function haarUnitary(n: number, draw: Random): Complex {
  const q = Float64Array.from({ length: 2 * n * n }, () => draw.normal());
  orthonormalise(q, n);
  return q;
}

/** Makes the rows (complex, interleaved) orthonormal, each from those above it, by Gram-Schmidt; in place. */
export function orthonormalise(q: Float64Array, rows: number): void {
  const width = q.length / rows;
  for (let r = 0; r < rows; r++) {
    const row = q.subarray(r * width, (r + 1) * width);
    for (let round = 0; round < 2; round++)
      for (let s = 0; s < r; s++) removeComponent(row, q.subarray(s * width, (s + 1) * width));
    normalise(row);
  }
}

/** row ← row − other·⟨other|row⟩. */
function removeComponent(row: Float64Array, other: Float64Array): void {
  let re = 0;
  let im = 0;
  for (let i = 0; i < row.length; i += 2) {
    re += other[i] * row[i] + other[i + 1] * row[i + 1];
    im += other[i] * row[i + 1] - other[i + 1] * row[i];
  }
  for (let i = 0; i < row.length; i += 2) {
    row[i] -= re * other[i] - im * other[i + 1];
    row[i + 1] -= re * other[i + 1] + im * other[i];
  }
}

function normalise(row: Float64Array): void {
  const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  for (let i = 0; i < row.length; i++) row[i] /= length;
}
