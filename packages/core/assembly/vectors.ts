// Vectors of real numbers, two a register.

/** x·y, n numbers. */
export function dot(x: usize, y: usize, n: usize): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const end = x + (n << 3);
  const whole = end - 56;
  for (; x < whole; x += 64, y += 64) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
  }
  s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (; x < end; x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

/** y ← y + factor·x. */
export function addMultiple(y: usize, factor: f64, x: usize, n: usize): void {
  const f = f64x2.splat(factor);
  const end = y + (n << 3);
  const whole = end - 24;
  for (; y < whole; y += 32, x += 32) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(f, v128.load(x))));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(f, v128.load(x, 16))), 16);
  }
  for (; y < end; y += 8, x += 8) store<f64>(y, load<f64>(y) + factor * load<f64>(x));
}

/** x ← factor·x. */
export function scaleBy(x: usize, factor: f64, n: usize): void {
  const end = x + (n << 3);
  for (; x < end; x += 8) store<f64>(x, factor * load<f64>(x));
}
