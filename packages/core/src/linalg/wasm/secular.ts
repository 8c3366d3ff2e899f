/** D + ρzzᵀ, D diagonal: ascending entries, no two equal, no z is 0, ρ > 0. */
export interface RankOneUpdate {
  readonly poles: Float64Array;
  readonly z: Float64Array;
  readonly rho: number;
}

/** Steps take four to eight iterations; this many bisections end anywhere. */
const mostIterations = 120;

/**
 * Eigenvalues of a rank-one update, ascending, one above each pole. Row j of `gaps` (k × k) becomes poles − values[j], each
 * difference right to rounding of itself: an eigenvalue is found as its distance from the nearest pole.
 *
 * Roots of 1/ρ + Σ z²/(pole − λ) by rational interpolation that treats both neighbouring poles alike, "the middle way" of Li 1993,
 * and by bisection where it leads out of what is known to hold the root.
 */
export function secularRoots(update: RankOneUpdate, gaps: Float64Array): Float64Array {
  const k = update.poles.length;
  return Float64Array.from({ length: k }, (_, j) => rootAbove(update, j, gaps.subarray(j * k, (j + 1) * k)));
}

/** Sums of the secular equation at one point, of the poles up to the root's and of those above it, and their derivatives. */
interface Sums {
  low: number;
  lowSlope: number;
  high: number;
  highSlope: number;
}

function rootAbove({ poles, z, rho }: RankOneUpdate, j: number, gap: Float64Array): number {
  const k = poles.length;
  const last = j === k - 1;
  const sums: Sums = { low: 0, lowSlope: 0, high: 0, highSlope: 0 };
  // Poles as distances from the one that is nearer to the root: that half of the interval in which the function changes sign.
  const width = last ? rho * z.reduce((sum, entry) => sum + entry * entry, 0) : poles[j + 1] - poles[j];
  const shift = (origin: number) => {
    for (let i = 0; i < k; i++) gap[i] = poles[i] - poles[origin];
  };
  shift(j);
  evaluate(gap, z, width / 2, j, sums);
  const inLowerHalf = last || 1 / rho + sums.low + sums.high >= 0;
  const origin = inLowerHalf ? j : j + 1;
  if (!inLowerHalf) shift(origin);
  let [low, high] = last ? [0, width] : inLowerHalf ? [0, width / 2] : [-width / 2, 0];
  let at = last ? width / 2 : (low + high) / 2;
  // The pair of poles whose neighbourhood shapes the function: for the last root the two below it.
  const [first, second] = last ? [k - 2, k - 1] : [j, j + 1];
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    evaluate(gap, z, at, last ? k - 2 : j, sums);
    const value = 1 / rho + sums.low + sums.high;
    const slopes = sums.lowSlope + sums.highSlope;
    const rounding = 8 * (Math.abs(sums.low) + Math.abs(sums.high)) + 1 / rho + Math.abs(at) * slopes;
    if (Math.abs(value) <= Number.EPSILON * rounding) break;
    if (value < 0) low = at;
    else high = at;
    const next = at + (k > 1 ? step(value, gap[first] - at, gap[second] - at, sums, last) : Number.NaN);
    const middle = low + (high - low) / 2;
    const chosen = next > low && next < high ? next : middle;
    if (chosen === at || middle === low || middle === high) break;
    at = chosen;
  }
  for (let i = 0; i < k; i++) gap[i] -= at;
  return poles[origin] + at;
}

/** Sums at a distance `at` from the origin; `split` is the last pole of the lower ones. */
function evaluate(gap: Float64Array, z: Float64Array, at: number, split: number, sums: Sums): void {
  let [sum, slope] = [0, 0];
  for (let i = 0; i <= split; i++) {
    const share = z[i] / (gap[i] - at);
    sum += z[i] * share;
    slope += share * share;
  }
  sums.low = sum;
  sums.lowSlope = slope;
  sum = slope = 0;
  for (let i = gap.length - 1; i > split; i--) {
    const share = z[i] / (gap[i] - at);
    sum += z[i] * share;
    slope += share * share;
  }
  sums.high = sum;
  sums.highSlope = slope;
}

/** To the root of c + s₁/(d₁ − η) + s₂/(d₂ − η), which has the function's value and both slopes; d are distances of the poles. */
function step(value: number, d1: number, d2: number, { lowSlope, highSlope }: Sums, last: boolean): number {
  const c = value - d1 * lowSlope - d2 * highSlope;
  const a = (d1 + d2) * value - d1 * d2 * (lowSlope + highSlope);
  const b = d1 * d2 * value;
  const root = Math.sqrt(Math.max(0, a * a - 4 * b * c));
  if (last) return a >= 0 ? (a + root) / (2 * c) : (2 * b) / (a - root);
  return a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
}

/**
 * z for which the computed eigenvalues are exact, by Löwner's formula: with it, eigenvectors are orthogonal to rounding however
 * close eigenvalues lie (Gu and Eisenstat 1995).
 */
export function exactZ({ poles, z }: RankOneUpdate, gaps: Float64Array): Float64Array {
  const k = poles.length;
  const product = new Float64Array(k).fill(1);
  for (let j = 0; j < k; j++) {
    const pole = poles[j];
    const at = j * k;
    for (let i = 0; i < j; i++) product[i] *= gaps[at + i] / (poles[i] - pole);
    product[j] *= gaps[at + j];
    for (let i = j + 1; i < k; i++) product[i] *= gaps[at + i] / (poles[i] - pole);
  }
  return product.map((value, i) => (z[i] < 0 ? -1 : 1) * Math.sqrt(Math.abs(value)));
}
