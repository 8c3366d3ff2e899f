import { InputError } from '../../errors.ts';
import type { Complex } from '../../linalg/complex.ts';
import { hermitianNorm } from '../../linalg/hermitian-norm.ts';
import { heisenberg } from './heisenberg.ts';
import type { DenseNetwork } from './network.ts';

/** Y and what is made of it have d⁴ entries: at d = 32 a million. */
const largestDimension = 32;

/**
 * Y(θ) = Σ_l H_l ⊗ H_l/(pZ), d² × d² (You et al. 2023, App. B.1): how evenly the generators point in all directions.
 * The first factor has the more significant index.
 *
 * @throws InputError above dimension 32.
 */
export function twirl(network: DenseNetwork, theta: Float64Array): Complex {
  const { dimension: d } = network.circuit;
  if (d > largestDimension)
    throw new InputError(`dimension: found ${d}, expected at most ${largestDimension}: Y has d⁴ entries`);
  const sum = new Float64Array(2 * d ** 4);
  for (const h of heisenberg(network, theta).generators) addSquare(sum, h, d);
  return sum.map((value) => value / network.strength);
}

/** Y* = W − 1/d with W the swap: Y of infinitely many Haar-random generators. */
function perfectTwirl(d: number): Complex {
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
export function twirlDeviation(y: Complex): number {
  return twirlDistance(y, perfectTwirl(Math.round((y.length / 2) ** 0.25)));
}

/** ‖Y − Y′‖_op. */
export function twirlDistance(y: Complex, other: Complex): number {
  return hermitianNorm(y.map((value, i) => value - other[i]));
}

/** sum ← sum + H ⊗ H. */
function addSquare(sum: Float64Array, h: Complex, d: number): void {
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
