/**
 * Loops over vectors, each a small function of its own: V8 optimises it once for all who call it, while loops within larger functions
 * make it optimise these again and again, which takes longer than what they compute.
 */

/** a − b. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] - b[i];
  return out;
}

/** a + factor·b. */
export function combined(a: Float64Array, factor: number, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] + factor * b[i];
  return out;
}

/** a + share·(b − a). */
export function between(a: Float64Array, b: Float64Array, share: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] + share * (b[i] - a[i]);
  return out;
}

/** (a − b)·(b − c). */
export function turn(a: Float64Array, b: Float64Array, c: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (b[i] - c[i]);
  return sum;
}

/** factor·a. */
export function scaled(a: Float64Array, factor: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = factor * a[i];
  return out;
}

/** a/divisor. */
export function divided(a: Float64Array, divisor: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] / divisor;
  return out;
}

/** target ← target + factor·a. */
export function addScaled(target: Float64Array, factor: number, a: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * a[i];
}

/** target ← target + factor·(a − b). */
export function addScaledDifference(target: Float64Array, factor: number, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * (a[i] - b[i]);
}

/** ‖a − b‖². */
export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

/** Whether no number is infinite or NaN. */
export function allFinite(a: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}
