import { random } from '../random/random.ts';
import { type Complex, order, times } from './complex.ts';
import { lanczos } from './lanczos.ts';

/** Length of what is left of the eigenvalue equation, as a share of the norm; the norm's own error is far less. */
const tolerance = 1e-6;

/**
 * ‖A‖_op of a Hermitian matrix, its largest eigenvalue in absolute value, by Lanczos steps from a random vector. O(n²) a
 * step, some fifty to a hundred steps, whatever n.
 */
export function hermitianNorm(a: Complex): number {
  const length = 2 * order(a);
  const draw = random(length);
  const start = Float64Array.from({ length }, () => draw.normal());
  return Math.abs(lanczos((v) => times(a, v), start, 'outermost', tolerance).value);
}
