import { counted } from '../wording.ts';
import { multiplyColumns, multiplyRows, worthMoving } from './wasm/multiply.ts';

/**
 * Dense real algebra. Large products are taken in WebAssembly (wasm/), small ones here. Matrices are Float64Arrays in row-major order; the sizes are passed next to them.
 *
 * The loops take four rows (or four terms) at a time: each number read is used four times, and four independent sums
 * keep the floating point units busy where one running sum would wait for its own last addition.
 */

/** A·B for A (m×k) and B (k×n): m×n. Throws a RangeError if a length does not fit. */
export function multiply(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  requireLength('a', a, m * k);
  requireLength('b', b, k * n);
  if (worthMoving(m, k, n)) return multiplyRows(a, b, { m, k, n });
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) addCombination(out, i * n, a, i * k, 1, b, k, n);
  return out;
}

/** Aᵀ·B for A (k×m) and B (k×n): m×n. Throws a RangeError if a length does not fit. */
export function transposeMultiply(a: Float64Array, b: Float64Array, k: number, m: number, n: number): Float64Array {
  requireLength('a', a, k * m);
  requireLength('b', b, k * n);
  if (worthMoving(m, k, n)) return multiplyColumns(a, b, { m, k, n });
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) addCombination(out, i * n, a, i, m, b, k, n);
  return out;
}

/** Aᵀ·A for A (k×n): n×n, exactly symmetric. Throws a RangeError if the length does not fit. */
export function transposeGram(a: Float64Array, k: number, n: number): Float64Array {
  requireLength('a', a, k * n);
  if (worthMoving(n, k, n)) return multiplyColumns(a, a, { m: n, k, n }, true);
  return transposeMultiply(a, a, k, n, n);
}

/** A·Bᵀ for A (m×k) and B (n×k): m×n. Throws a RangeError if a length does not fit. */
export function multiplyTransposed(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  requireLength('a', a, m * k);
  requireLength('b', b, n * k);
  if (worthMoving(m, k, n)) return multiplyRows(a, b, { m, k, n }, { byTranspose: true });
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) rowProducts(out, i * n, a, i * k, b, k, n);
  return out;
}

/** A·Bᵀ for A and B (m×k) of which it is known to be symmetric, as A is B with factors on its columns: half of the work, exactly symmetric. */
export function symmetricProduct(a: Float64Array, b: Float64Array, m: number, k: number): Float64Array {
  requireLength('a', a, m * k);
  requireLength('b', b, m * k);
  if (worthMoving(m, k, m)) return multiplyRows(a, b, { m, k, n: m }, { byTranspose: true, symmetric: true });
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    rowProducts(out, i * m, a, i * k, b, k, i + 1);
    for (let j = 0; j < i; j++) out[j * m + i] = out[i * m + j];
  }
  return out;
}

/** A·Aᵀ for A (m×n): m×m, exactly symmetric. Throws a RangeError if the length does not fit. */
export function gram(a: Float64Array, m: number, n: number): Float64Array {
  return symmetricProduct(a, a, m, n);
}

/** A·x for A (m×n) and x (n): m. Throws a RangeError if a length does not fit. */
export function multiplyVector(a: Float64Array, x: Float64Array, m: number, n: number): Float64Array {
  return multiplyTransposed(x, a, 1, n, m);
}

/** Aᵀ·x for A (m×n) and x (m): n. Throws a RangeError if a length does not fit. */
export function transposeMultiplyVector(a: Float64Array, x: Float64Array, m: number, n: number): Float64Array {
  return multiply(x, a, 1, m, n);
}

/** Aᵀ for A (m×n): n×m. Throws a RangeError if the length does not fit. */
export function transpose(a: Float64Array, m: number, n: number): Float64Array {
  requireLength('a', a, m * n);
  const out = new Float64Array(m * n);
  // Square tiles: a whole column would miss the cache at every step.
  const tile = 32;
  for (let top = 0; top < m; top += tile) {
    const bottom = Math.min(top + tile, m);
    for (let left = 0; left < n; left += tile) {
      const right = Math.min(left + tile, n);
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) out[j * m + i] = a[i * n + j];
    }
  }
  return out;
}

/** Euclidean norm, right wherever it is itself a double: squares neither overflow nor vanish. */
export function norm(x: Float64Array): number {
  return normOfPart(x, 0, x.length);
}

/** The same of `length` entries from `start`. */
export function normOfPart(x: Float64Array, start: number, length: number): number {
  const sum = dot(x, start, x, start, length);
  // Inside these bounds nothing overflowed, and what underflowed is too small to be seen in the sum.
  if (sum > 1e-280 && sum < Number.MAX_VALUE) return Math.sqrt(sum);
  let largest = 0;
  for (let i = start; i < start + length; i++) largest = Math.max(largest, Math.abs(x[i]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let scaled = 0;
  for (let i = start; i < start + length; i++) scaled += (x[i] / largest) ** 2;
  return largest * Math.sqrt(scaled);
}

/** Σᵢ a[aStart+i]·b[bStart+i] over `length` terms. The starts spare the callers' inner loops a view per vector. */
export function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += a[aStart + i] * b[bStart + i];
    s1 += a[aStart + i + 1] * b[bStart + i + 1];
    s2 += a[aStart + i + 2] * b[bStart + i + 2];
    s3 += a[aStart + i + 3] * b[bStart + i + 3];
  }
  for (; i < length; i++) s0 += a[aStart + i] * b[bStart + i];
  return s0 + s1 + (s2 + s3);
}

/** out[row…row+n) += Σₗ a[first + l·stride]·B[l, :], with the `k` rows of B (k×n). */
function addCombination(
  out: Float64Array,
  row: number,
  a: Float64Array,
  first: number,
  stride: number,
  b: Float64Array,
  k: number,
  n: number,
): void {
  let l = 0;
  for (; l + 3 < k; l += 4) {
    const at = first + l * stride;
    const a0 = a[at];
    const a1 = a[at + stride];
    const a2 = a[at + 2 * stride];
    const a3 = a[at + 3 * stride];
    const b0 = l * n;
    const b1 = b0 + n;
    const b2 = b1 + n;
    const b3 = b2 + n;
    for (let j = 0; j < n; j++) out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + (a2 * b[b2 + j] + a3 * b[b3 + j]);
  }
  for (; l < k; l++) {
    const factor = a[first + l * stride];
    for (let j = 0; j < n; j++) out[row + j] += factor * b[l * n + j];
  }
}

/** out[row + j] = (the k numbers of `a` from `start`) · (row j of B), for the first `n` rows of B (…×k). */
function rowProducts(
  out: Float64Array,
  row: number,
  a: Float64Array,
  start: number,
  b: Float64Array,
  k: number,
  n: number,
): void {
  let j = 0;
  for (; j + 3 < n; j += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    const b0 = j * k;
    const b1 = b0 + k;
    const b2 = b1 + k;
    const b3 = b2 + k;
    for (let l = 0; l < k; l++) {
      const value = a[start + l];
      s0 += value * b[b0 + l];
      s1 += value * b[b1 + l];
      s2 += value * b[b2 + l];
      s3 += value * b[b3 + l];
    }
    out[row + j] = s0;
    out[row + j + 1] = s1;
    out[row + j + 2] = s2;
    out[row + j + 3] = s3;
  }
  for (; j < n; j++) out[row + j] = dot(a, start, b, j * k, k);
}

/** Reads past the end of a typed array give NaN far from the mistake, so lengths are checked at the door. */
function requireLength(name: string, array: Float64Array, expected: number): void {
  if (array.length !== expected)
    throw new RangeError(`${name} has ${counted(array.length, 'number')}, expected ${expected}`);
}
