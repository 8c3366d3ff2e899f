// QR decomposition with column pivoting, as src/linalg/qr.ts says and does without haste. Columns are contiguous.

import { addMultiple, dot, scaleBy } from './vectors';

/** Columns shorter than this are 0: 2⁻⁹⁰⁰. */
const NOTHING: f64 = 1.1830521861667747e-271;

/** A·P = Q·R for n columns of length m at q; column k of A·P is column pivots[k] of A (words of 32 bits). */
export function factor(q: usize, m: usize, n: usize, tau: usize, pivots: usize, norms: usize): void {
  const exact = norms + (n << 3);
  const column = m << 3;
  for (let j: usize = 0; j < n; j++) {
    store<u32>(pivots + (j << 2), <u32>j);
    const size = norm(q + j * column, m);
    store<f64>(norms + (j << 3), size);
    store<f64>(exact + (j << 3), size);
  }
  for (let k: usize = 0; k < n; k++) {
    bringLargest(q, column, n, k, pivots, norms, exact);
    const at = q + k * column + (k << 3);
    const t = makeReflector(at, m - k);
    store<f64>(tau + (k << 3), t);
    for (let j = k + 1; j < n; j++) {
      const to = q + j * column + (k << 3);
      reflect(at, t, to, m - k);
      shorten(norms + (j << 3), exact + (j << 3), to, m - k);
    }
  }
}

/** Exchanges column k for the longest of those from it on. */
function bringLargest(q: usize, column: usize, n: usize, k: usize, pivots: usize, norms: usize, exact: usize): void {
  let largest = k;
  for (let j = k + 1; j < n; j++) if (load<f64>(norms + (j << 3)) > load<f64>(norms + (largest << 3))) largest = j;
  if (largest === k) return;
  const a = q + k * column;
  const b = q + largest * column;
  for (let i: usize = 0; i < column; i += 8) {
    const kept = load<f64>(a + i);
    store<f64>(a + i, load<f64>(b + i));
    store<f64>(b + i, kept);
  }
  const pivot = load<u32>(pivots + (k << 2));
  store<u32>(pivots + (k << 2), load<u32>(pivots + (largest << 2)));
  store<u32>(pivots + (largest << 2), pivot);
  store<f64>(norms + (largest << 3), load<f64>(norms + (k << 3)));
  store<f64>(exact + (largest << 3), load<f64>(exact + (k << 3)));
}

/** Takes the first entry of a column out of its norm. */
function shorten(normAt: usize, exactAt: usize, column: usize, length: usize): void {
  const size = load<f64>(normAt);
  if (size === 0) return;
  const share = load<f64>(column) / size;
  const left = max<f64>(0, 1 - share * share);
  const ratio = size / load<f64>(exactAt);
  // Subtracting squares loses digits; once half of them are gone the norm is computed afresh.
  if (left * ratio * ratio > 1.5e-8) {
    store<f64>(normAt, size * sqrt(left));
    return;
  }
  const fresh = norm(column + 8, length - 1);
  store<f64>(normAt, fresh);
  store<f64>(exactAt, fresh);
}

/** Replaces the reflectors by the first n columns of Q. */
export function formQ(q: usize, m: usize, n: usize, tau: usize): void {
  const column = m << 3;
  for (let k = n; k > 0; ) {
    k--;
    const t = load<f64>(tau + (k << 3));
    const at = q + k * column + (k << 3);
    for (let j = k + 1; j < n; j++) reflect(at, t, q + j * column + (k << 3), m - k);
    memory.fill(q + k * column, 0, k << 3);
    store<f64>(at, 1 - t);
    scaleBy(at + 8, -t, m - k - 1);
  }
}

/** Turns n numbers into a reflector whose pivot, where the image is put, is the first one; returns its τ. */
function makeReflector(x: usize, n: usize): f64 {
  const size = norm(x, n);
  if (!(size > NOTHING)) {
    memory.fill(x, 0, n << 3);
    return 0;
  }
  const entry = load<f64>(x);
  const image = entry > 0 ? -size : size;
  const divisor = entry - image;
  for (let i: usize = 1; i < n; i++) store<f64>(x + (i << 3), load<f64>(x + (i << 3)) / divisor);
  store<f64>(x, image);
  return (image - entry) / image;
}

/** Applies a reflector, its pivot an implied 1, to n numbers. */
function reflect(v: usize, tau: f64, x: usize, n: usize): void {
  if (tau === 0) return;
  const amount = tau * (load<f64>(x) + dot(v + 8, x + 8, n - 1));
  store<f64>(x, load<f64>(x) - amount);
  addMultiple(x + 8, -amount, v + 8, n - 1);
}

/** Euclidean norm, right wherever it is itself a double. */
function norm(x: usize, n: usize): f64 {
  const sum = dot(x, x, n);
  if (sum > 1e-280 && sum < f64.MAX_VALUE) return sqrt(sum);
  let largest: f64 = 0;
  const end = x + (n << 3);
  for (let at = x; at < end; at += 8) largest = max(largest, abs(load<f64>(at)));
  if (largest === 0) return 0;
  let scaled: f64 = 0;
  for (let at = x; at < end; at += 8) {
    const entry = load<f64>(at) / largest;
    scaled += entry * entry;
  }
  return largest * sqrt(scaled);
}
