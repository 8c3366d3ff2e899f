import { type DenseNetwork, heisenberg, hermitianNorm, InputError } from '@qntk/core';

/** Y and what is made of it have d⁴ entries: at d = 32 a million. */
const largestDimension = 32;

/**
 * Y(θ) = Σ_l H_l ⊗ H_l/(pZ), d² × d², amplitudes interleaved (You et al. 2023, App. B.1): how evenly the generators
 * point in all directions. The first factor has the more significant index.
 *
 * @param theta - p angles in radians.
 * @throws InputError above dimension 32.
 */
export function twirl(network: DenseNetwork, theta: Float64Array): Float64Array {
  const { dimension: d } = network.circuit;
  if (d > largestDimension)
    throw new InputError({
      where: 'network.dimension',
      found: String(d),
      expected: `at most ${largestDimension}`,
      advice: 'Y has d⁴ entries',
    });
  const sum = new Float64Array(2 * d ** 4);
  for (const h of heisenberg(network, theta).generators) addSquare(sum, h, d);
  return sum.map((value) => value / network.strength);
}

/** Y* = W − 1/d with W the swap: Y of infinitely many Haar-random generators. */
export function starred(d: number): Float64Array {
  const star = new Float64Array(2 * d ** 4);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) {
      const row = a * d + b;
      star[2 * (row * d * d + b * d + a)] += 1;
      star[2 * (row * d * d + row)] -= 1 / d;
    }
  return star;
}

/** ‖Δ‖_op of Δ = Y − Y*. */
export function twirlDeviation(y: Float64Array): number {
  return twirlDistance(y, starred(Math.round((y.length / 2) ** 0.25)));
}

/** ‖Y − Y′‖_op. */
export function twirlDistance(y: Float64Array, other: Float64Array): number {
  return hermitianNorm(y.map((value, i) => value - other[i]));
}

/** sum ← sum + H ⊗ H. */
function addSquare(sum: Float64Array, h: Float64Array, d: number): void {
  let at = 0;
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++)
      for (let c = 0; c < d; c++) {
        const re = h[2 * (a * d + c)];
        const im = h[2 * (a * d + c) + 1];
        for (let from = 2 * b * d; from < 2 * (b + 1) * d; from += 2) {
          sum[at++] += re * h[from] - im * h[from + 1];
          sum[at++] += re * h[from + 1] + im * h[from];
        }
      }
}
