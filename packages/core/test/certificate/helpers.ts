import type { EncodedStates } from '../../src/certificate/encoded-states.ts';
import { type Complex, product } from '../../src/linalg/complex.ts';
import { hermitianEigen } from '../../src/linalg/hermitian.ts';
import type { Random } from '../../src/random/random.ts';

/** Random pure states of so many dimensions, interleaved. */
export function randomStates(count: number, dimension: number, draw: Random): Float64Array[] {
  return Array.from({ length: count }, () => {
    const state = Float64Array.from({ length: 2 * dimension }, () => draw.normal());
    const size = Math.hypot(...state);
    return state.map((value) => value / size);
  });
}

export function overlapsOf(states: readonly Float64Array[]): EncodedStates {
  const overlap = (bra: Float64Array, ket: Float64Array) => {
    let re = 0;
    let im = 0;
    for (let k = 0; k < bra.length; k += 2) {
      re += bra[k] * ket[k] + bra[k + 1] * ket[k + 1];
      im += bra[k] * ket[k + 1] - bra[k + 1] * ket[k];
    }
    return [re, im];
  };
  return {
    points: states.length,
    dimension: states[0].length / 2,
    overlapsWith: (j) => Float64Array.from(states.flatMap((state) => overlap(states[j], state))),
  };
}

/** tr(ρM) for ρ = |ψ⟩⟨ψ|. */
function expectation(M: Complex, psi: Float64Array): number {
  const d = psi.length / 2;
  let sum = 0;
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const re = psi[2 * r] * psi[2 * c] + psi[2 * r + 1] * psi[2 * c + 1];
      const im = psi[2 * r] * psi[2 * c + 1] - psi[2 * r + 1] * psi[2 * c];
      sum += M[2 * (r * d + c)] * re - M[2 * (r * d + c) + 1] * im;
    }
  return sum;
}

/** V·diag(eigenvalues)·V†. */
function withEigenvalues(vectors: Complex, eigenvalues: Float64Array): Complex {
  const d = eigenvalues.length;
  const left = vectors.map((value, k) => value * eigenvalues[Math.floor(k / 2) % d]);
  const dagger = new Float64Array(vectors.length);
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      dagger[2 * (c * d + r)] = vectors[2 * (r * d + c)];
      dagger[2 * (c * d + r) + 1] = -vectors[2 * (r * d + c) + 1];
    }
  return product(left, dagger);
}

/**
 * Least squares over the hull of {UΛU†} on the whole space by the conditional gradient method with exact line search: the
 * error lies between `low` and `high`. No projection, no span, no majorisation.
 */
export function byConditionalGradients(
  states: readonly Float64Array[],
  y: Float64Array,
  eigenvalues: Float64Array,
  iterations: number,
): { low: number; high: number } {
  const d = states[0].length / 2;
  const m = states.length;
  const mean = eigenvalues.reduce((sum, value) => sum + value, 0) / d;
  let f = new Float64Array(m).fill(mean);
  let low = 0;
  let high = Infinity;
  for (let k = 0; k < iterations; k++) {
    const r = f.map((value, i) => value - y[i]);
    high = Math.min(high, r.reduce((sum, value) => sum + value * value, 0) / m);
    const slope = new Float64Array(2 * d * d);
    states.forEach((psi, i) => {
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          slope[2 * (a * d + b)] += r[i] * (psi[2 * a] * psi[2 * b] + psi[2 * a + 1] * psi[2 * b + 1]);
          slope[2 * (a * d + b) + 1] += r[i] * (psi[2 * a + 1] * psi[2 * b] - psi[2 * a] * psi[2 * b + 1]);
        }
    });
    // The least eigenvalue of M goes with the largest eigenvalue of the slope.
    const vertex = withEigenvalues(hermitianEigen(slope).vectors, Float64Array.from(eigenvalues).reverse());
    const change = Float64Array.from(states, (psi, i) => expectation(vertex, psi) - f[i]);
    const down = -r.reduce((sum, value, i) => sum + value * change[i], 0);
    low = Math.max(low, r.reduce((sum, value) => sum + value * value, 0) / m - (2 * down) / m);
    const square = change.reduce((sum, value) => sum + value * value, 0);
    const step = square > 0 ? Math.min(1, Math.max(0, down / square)) : 0;
    f = f.map((value, i) => value + step * change[i]);
  }
  return { low, high };
}
