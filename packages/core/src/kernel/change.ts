import { dot, gram, norm, transpose, transposeGram, transposeMultiply } from '../linalg/matrix.ts';
import type { Jacobian } from './jacobian.ts';

/** Rows or parameters, whichever are fewer, beyond which kernels are not compared. */
const mostCompared = 2000;

/**
 * ‖K_after − K_before‖/‖K_before‖ (Frobenius) of the kernels JJᵀ of the first m rows, by matrices of the smaller side; null
 * where K_before = 0, or where both sides have more than 2000.
 */
export function kernelChange(before: Jacobian, after: Jacobian, m = before.rows): number | null {
  const P = before.columns;
  if (Math.min(m, P) > mostCompared) return null;
  const [a, b] = [before, after].map(({ J }) => J.subarray(0, m * P));
  if (m <= P) {
    const kernel = gram(a, m, P);
    return ratio(norm(gram(b, m, P).map((value, i) => value - kernel[i])), norm(kernel));
  }
  // With D = B − A the change BBᵀ − AAᵀ is DAᵀ + ADᵀ + DDᵀ; its norm takes P × P products only and loses no digits.
  const d = b.map((value, i) => value - a[i]);
  const own = transposeGram(a, m, P);
  const mixed = transposeMultiply(a, d, m, P, P);
  const square = transposeGram(d, m, P);
  const inner = (x: Float64Array, z: Float64Array) => dot(x, 0, z, 0, x.length);
  const squared =
    2 * inner(own, square) +
    2 * inner(mixed, transpose(mixed, P, P)) +
    4 * inner(mixed, square) +
    inner(square, square);
  return ratio(Math.sqrt(Math.max(0, squared)), norm(own));
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
