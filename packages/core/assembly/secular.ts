// Eigenvectors of a rank-one update D + ρzzᵀ, as src/linalg/wasm/secular.ts says and does without haste. Quotients go two at a time, sums in
// its order: numbers are the same to the last bit.

/** As there. */
const MOST_ITERATIONS: i32 = 120;

/** Sums of the secular equation at one point, of the poles up to the root's and of those above it, and their derivatives. */
let low: f64 = 0;
let lowSlope: f64 = 0;
let high: f64 = 0;
let highSlope: f64 = 0;

/**
 * Eigenvalues, ascending, to `roots`, and eigenvectors, one a row of k, their entries in the order of `places` (words of 32 bits), to `vectors`.
 * Poles, z and roots are k numbers; `gaps` has room for k × k, `scratch` for 2k.
 */
export function secular(
  k: i32,
  rho: f64,
  poles: usize,
  z: usize,
  places: usize,
  roots: usize,
  gaps: usize,
  vectors: usize,
  scratch: usize,
): void {
  const row = k << 3;
  for (let j = 0; j < k; j++) store<f64>(roots + (j << 3), rootAbove(k, rho, poles, z, j, gaps + j * row));
  exactZ(k, poles, z, gaps, scratch);
  const vector = scratch + row;
  for (let j = 0; j < k; j++) {
    const scale = 1 / sqrt(quotients(k, scratch, gaps + j * row, vector));
    const to = vectors + j * row;
    for (let i = 0; i < k; i++)
      store<f64>(to + (i << 3), load<f64>(vector + (load<u32>(places + (i << 2)) << 3)) * scale);
  }
}

/** vector ← z/gap, entry by entry; gives the sum of squares. */
function quotients(k: i32, z: usize, gap: usize, vector: usize): f64 {
  let square: f64 = 0;
  let i = 0;
  for (; i + 2 <= k; i += 2) {
    const at = i << 3;
    const entries = f64x2.div(v128.load(z + at), v128.load(gap + at));
    v128.store(vector + at, entries);
    const squares = f64x2.mul(entries, entries);
    square += f64x2.extract_lane(squares, 0);
    square += f64x2.extract_lane(squares, 1);
  }
  if (i < k) {
    const entry = load<f64>(z + (i << 3)) / load<f64>(gap + (i << 3));
    store<f64>(vector + (i << 3), entry);
    square += entry * entry;
  }
  return square;
}

function rootAbove(k: i32, rho: f64, poles: usize, z: usize, j: i32, gap: usize): f64 {
  const last = j === k - 1;
  const pole = poles + (j << 3);
  const width = last ? rho * squareOf(z, k) : load<f64>(pole, 8) - load<f64>(pole);
  gapsFrom(k, poles, j, gap);
  evaluate(k, gap, z, width / 2, j);
  const inLowerHalf = last || 1 / rho + low + high >= 0;
  const origin = inLowerHalf ? j : j + 1;
  if (!inLowerHalf) gapsFrom(k, poles, origin, gap);
  let left = inLowerHalf ? 0 : -width / 2;
  let right = last ? width : inLowerHalf ? width / 2 : 0;
  let at = last ? width / 2 : (left + right) / 2;
  const first = gap + ((last ? k - 2 : j) << 3);
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    evaluate(k, gap, z, at, last ? k - 2 : j);
    const value = 1 / rho + low + high;
    const slopes = lowSlope + highSlope;
    const rounding = 8 * (abs(low) + abs(high)) + 1 / rho + abs(at) * slopes;
    if (abs(value) <= f64.EPSILON * rounding) break;
    if (value < 0) left = at;
    else right = at;
    const next = at + (k > 1 ? step(value, load<f64>(first) - at, load<f64>(first, 8) - at, last) : NaN);
    const middle = left + (right - left) / 2;
    const chosen = next > left && next < right ? next : middle;
    if (chosen === at || middle === left || middle === right) break;
    at = chosen;
  }
  for (let i = 0; i < k; i++) store<f64>(gap + (i << 3), load<f64>(gap + (i << 3)) - at);
  return load<f64>(poles + (origin << 3)) + at;
}

function squareOf(z: usize, k: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < k; i++) sum += load<f64>(z + (i << 3)) * load<f64>(z + (i << 3));
  return sum;
}

/** gap ← poles − that of the origin. */
function gapsFrom(k: i32, poles: usize, origin: i32, gap: usize): void {
  const from = load<f64>(poles + (origin << 3));
  for (let i = 0; i < k; i++) store<f64>(gap + (i << 3), load<f64>(poles + (i << 3)) - from);
}

/** Sums at a distance `at` from the origin; `split` is the last pole of the lower ones. */
function evaluate(k: i32, gap: usize, z: usize, at: f64, split: i32): void {
  const there = f64x2.splat(at);
  let sum: f64 = 0;
  let slope: f64 = 0;
  let i = 0;
  for (; i + 1 <= split; i += 2) {
    const entries = v128.load(z + (i << 3));
    const shares = f64x2.div(entries, f64x2.sub(v128.load(gap + (i << 3)), there));
    const parts = f64x2.mul(entries, shares);
    const squares = f64x2.mul(shares, shares);
    sum += f64x2.extract_lane(parts, 0);
    sum += f64x2.extract_lane(parts, 1);
    slope += f64x2.extract_lane(squares, 0);
    slope += f64x2.extract_lane(squares, 1);
  }
  if (i <= split) {
    const entry = load<f64>(z + (i << 3));
    const share = entry / (load<f64>(gap + (i << 3)) - at);
    sum += entry * share;
    slope += share * share;
  }
  low = sum;
  lowSlope = slope;
  sum = 0;
  slope = 0;
  for (i = k - 1; i - 1 > split; i -= 2) {
    const before = (i - 1) << 3;
    const entries = v128.load(z + before);
    const shares = f64x2.div(entries, f64x2.sub(v128.load(gap + before), there));
    const parts = f64x2.mul(entries, shares);
    const squares = f64x2.mul(shares, shares);
    sum += f64x2.extract_lane(parts, 1);
    sum += f64x2.extract_lane(parts, 0);
    slope += f64x2.extract_lane(squares, 1);
    slope += f64x2.extract_lane(squares, 0);
  }
  if (i > split) {
    const entry = load<f64>(z + (i << 3));
    const share = entry / (load<f64>(gap + (i << 3)) - at);
    sum += entry * share;
    slope += share * share;
  }
  high = sum;
  highSlope = slope;
}

/** To the root of c + s₁/(d₁ − η) + s₂/(d₂ − η), which has the function's value and both slopes; d are distances of the poles. */
function step(value: f64, d1: f64, d2: f64, last: boolean): f64 {
  const c = value - d1 * lowSlope - d2 * highSlope;
  const a = (d1 + d2) * value - d1 * d2 * (lowSlope + highSlope);
  const b = d1 * d2 * value;
  const root = sqrt(max<f64>(0, a * a - 4 * b * c));
  if (last) return a >= 0 ? (a + root) / (2 * c) : (2 * b) / (a - root);
  return a <= 0 ? (a - root) / (2 * c) : (2 * b) / (a + root);
}

/** z for which the computed eigenvalues are exact, by Löwner's formula. */
function exactZ(k: i32, poles: usize, z: usize, gaps: usize, to: usize): void {
  for (let i = 0; i < k; i++) store<f64>(to + (i << 3), 1);
  for (let j = 0; j < k; j++) {
    const pole = load<f64>(poles + (j << 3));
    const gap = gaps + ((j * k) << 3);
    multiplyBy(0, j, pole, poles, gap, to);
    const own = to + (j << 3);
    store<f64>(own, load<f64>(own) * load<f64>(gap + (j << 3)));
    multiplyBy(j + 1, k, pole, poles, gap, to);
  }
  for (let i = 0; i < k; i++) {
    const at = i << 3;
    const size = sqrt(abs(load<f64>(to + at)));
    store<f64>(to + at, load<f64>(z + at) < 0 ? -size : size);
  }
}

/** to ← to·gap/(poles − pole), entries from…end. */
function multiplyBy(from: i32, end: i32, pole: f64, poles: usize, gap: usize, to: usize): void {
  const there = f64x2.splat(pole);
  let i = from;
  for (; i + 2 <= end; i += 2) {
    const at = i << 3;
    const ratio = f64x2.div(v128.load(gap + at), f64x2.sub(v128.load(poles + at), there));
    v128.store(to + at, f64x2.mul(v128.load(to + at), ratio));
  }
  for (; i < end; i++) {
    const at = i << 3;
    store<f64>(to + at, load<f64>(to + at) * (load<f64>(gap + at) / (load<f64>(poles + at) - pole)));
  }
}
