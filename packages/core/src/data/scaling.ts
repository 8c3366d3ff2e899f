/**
 * Brings a feature to [low, high] by the affine map that takes the smallest and largest value among the training rows
 * to the ends; test points may fall outside. A feature that is constant there tells nothing and goes to the middle.
 */
export function scaledToRange(values: Float64Array, train: Int32Array, [low, high]: readonly number[]): Float64Array {
  let least = Infinity;
  let most = -Infinity;
  for (const row of train) {
    least = Math.min(least, values[row]);
    most = Math.max(most, values[row]);
  }
  if (least === most) return new Float64Array(values.length).fill((low + high) / 2);
  // Halved where the difference of two large values would overflow.
  const unit = Number.isFinite(most - least) ? 1 : 0.5;
  const width = unit * most - unit * least;
  return values.map((value) => {
    const share = (unit * value - unit * least) / width;
    // From the nearer end, so that both are met exactly.
    return share < 0.5 ? low + share * (high - low) : high - (1 - share) * (high - low);
  });
}
