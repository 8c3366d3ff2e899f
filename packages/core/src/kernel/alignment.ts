import { transposeMultiplyVector } from '../linalg/matrix.ts';
import type { Spectrum } from './spectrum.ts';

/**
 * Kernel–target alignment yᵀKy/(‖K‖·yᵀy) with the Frobenius norm (Cristianini et al. 2001): 1 where K = yyᵀ, near 0 where the labels
 * lie in modes of small eigenvalues.
 *
 * @param y - labels of the training rows.
 * @returns null where K or y is 0.
 */
export function kernelAlignment({ values, modes, rank }: Spectrum, y: Float64Array): number | null {
  const shares = transposeMultiplyVector(modes, y, y.length, rank);
  const squares = y.reduce((sum, label) => sum + label * label, 0);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  if (norm === 0 || squares === 0) return null;
  return shares.reduce((sum, share, k) => sum + values[k] * share * share, 0) / (norm * squares);
}

/** (Σλ)²/Σλ², the effective rank R₀ of Bartlett et al. 2020: how many equal eigenvalues spread as these do; null where K is 0. */
export function effectiveDimension({ values }: Pick<Spectrum, 'values'>): number | null {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 0 ? null : sum ** 2 / values.reduce((total, value) => total + value * value, 0);
}
