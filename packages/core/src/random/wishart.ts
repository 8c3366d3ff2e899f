import type { Random } from './random.ts';

/**
 * A triangular factor T of a complex Wishart matrix T†T, n × n, of `degrees` degrees of freedom: the law of Z†Z for a
 * `degrees` × n matrix Z of complex normal numbers with E|z|² = 1. Bartlett's decomposition: entries right of the
 * diagonal are such numbers, |T_ii|² is a gamma variate of shape `degrees` − i, i from 0 on (Goodman 1963). The cost does not know the degrees of freedom; with fewer than n the matrix is singular.
 *
 * @returns min(degrees, n) rows of n entries, row-major, interleaved.
 */
export function wishartFactor(n: number, degrees: number, draw: Random): Float64Array {
  const rows = Math.min(degrees, n);
  const factor = new Float64Array(2 * rows * n);
  for (let i = 0; i < rows; i++) {
    factor[2 * (i * n + i)] = Math.sqrt(gammaVariate(degrees - i, draw));
    for (let at = 2 * (i * n + i + 1); at < 2 * (i + 1) * n; at++) factor[at] = Math.SQRT1_2 * draw.normal();
  }
  return factor;
}

/**
 * Gamma variate of a shape from 1 on and scale 1: d·(1 + x/√(9d))³ with x normal and d = shape − 1/3, accepted with
 * probability exp(−`lack`) (Marsaglia and Tsang 2000).
 */
export function gammaVariate(shape: number, draw: Random): number {
  const d = shape - 1 / 3;
  for (;;) {
    const e = draw.normal() / Math.sqrt(9 * d);
    // 1 − u lies in (0, 1], so that the logarithm is finite.
    if (e > -1 && Math.log(1 - draw.uniform()) < -lack(d, e)) return d * (1 + e) ** 3;
  }
}

/** −3d·(ln(1 + e) − e + e²/2 − e³/3): near 0 where e is small, with an error of the order √d·1e-16. */
function lack(d: number, e: number): number {
  return -3 * d * (Math.log1p(e) - e * (1 - e * (1 / 2 - e / 3)));
}
