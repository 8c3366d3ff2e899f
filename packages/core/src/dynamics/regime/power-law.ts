/** y ≈ factor·x^exponent. */
export interface PowerLaw {
  readonly exponent: number;
  /** Standard error of the exponent; null with fewer than three points. */
  readonly error: number | null;
  readonly factor: number;
}

/**
 * Least squares on logarithms, all points with the same weight.
 *
 * @param x - above 0, at least two different values.
 * @param y - above 0, as many.
 * @throws RangeError where a logarithm or the slope is undefined.
 */
export function powerLaw(x: ArrayLike<number>, y: ArrayLike<number>): PowerLaw {
  const n = x.length;
  const u = Float64Array.from(x, Math.log);
  const v = Float64Array.from(y, Math.log);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const [uMean, vMean] = [mean(u), mean(v)];
  const spread = u.reduce((sum, value) => sum + (value - uMean) ** 2, 0);
  const exponent = u.reduce((sum, value, i) => sum + (value - uMean) * (v[i] - vMean), 0) / spread;
  if (y.length !== n || !Number.isFinite(exponent))
    throw new RangeError('a power law needs positive numbers, as many x as y, and two different x');
  const rest = v.reduce((sum, value, i) => sum + (value - vMean - exponent * (u[i] - uMean)) ** 2, 0);
  return {
    exponent,
    error: n > 2 ? Math.sqrt(rest / (n - 2) / spread) : null,
    factor: Math.exp(vMean - exponent * uMean),
  };
}
