// Products of matrices, m rows of n numbers, and a vector: four rows at a time, each number of a matrix read once.

import { addMultiple, dot } from './vectors';

/** y ← A·x. */
export function matrixVector(a: usize, m: usize, n: usize, x: usize, y: usize): void {
  const row = n << 3;
  rowsTimes(a, row, row, m, x, y);
}

/** Products with four vectors of `row` bytes, `stride` bytes apart. */
function fourProducts(at: usize, stride: usize, row: usize, x: usize, y: usize): void {
  const at1 = at + stride;
  const at2 = at1 + stride;
  const at3 = at2 + stride;
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const whole = row & ~15;
  for (let c: usize = 0; c < whole; c += 16) {
    const v = v128.load(x + c);
    s0 = f64x2.add(s0, f64x2.mul(v128.load(at + c), v));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(at1 + c), v));
    s2 = f64x2.add(s2, f64x2.mul(v128.load(at2 + c), v));
    s3 = f64x2.add(s3, f64x2.mul(v128.load(at3 + c), v));
  }
  const last = whole < row ? load<f64>(x + whole) : 0;
  for (let k: usize = 0; k < 4; k++) {
    const s = k === 0 ? s0 : k === 1 ? s1 : k === 2 ? s2 : s3;
    const rest = whole < row ? load<f64>(at + k * stride + whole) * last : 0;
    store<f64>(y + (k << 3), f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1) + rest);
  }
}

/** y ← Aᵀ·x. */
export function transposedMatrixVector(a: usize, m: usize, n: usize, x: usize, y: usize): void {
  const row = n << 3;
  memory.fill(y, 0, row);
  addRows(a, row, row, m, x, y);
}

/** y ← y + the sum of four vectors of `row` bytes, `stride` bytes apart, each by its factor of x. */
function addFourRows(at: usize, stride: usize, row: usize, x: usize, y: usize): void {
  const at1 = at + stride;
  const at2 = at1 + stride;
  const at3 = at2 + stride;
  const x0 = v128.load64_splat(x);
  const x1 = v128.load64_splat(x, 8);
  const x2 = v128.load64_splat(x, 16);
  const x3 = v128.load64_splat(x, 24);
  const whole = row & ~15;
  for (let c: usize = 0; c < whole; c += 16) {
    const first = f64x2.add(f64x2.mul(v128.load(at + c), x0), f64x2.mul(v128.load(at1 + c), x1));
    const second = f64x2.add(f64x2.mul(v128.load(at2 + c), x2), f64x2.mul(v128.load(at3 + c), x3));
    v128.store(y + c, f64x2.add(v128.load(y + c), f64x2.add(first, second)));
  }
  if (whole === row) return;
  const first = load<f64>(at + whole) * load<f64>(x) + load<f64>(at1 + whole) * load<f64>(x + 8);
  const second = load<f64>(at2 + whole) * load<f64>(x + 16) + load<f64>(at3 + whole) * load<f64>(x + 24);
  store<f64>(y + whole, load<f64>(y + whole) + first + second);
}

/**
 * With C = Σ_a c_a·(A_a B_a) of `count` matrices A_a, m × n and one after the other, each with a few columns B_a beside it, and x of as many
 * numbers as both have: r ← y − C·x, product ← Cᵀ·r, and overlaps_a ← rᵀ·(A_a B_a)·x. Rows of all matrices are read once, and stay in
 * the first cache from the one product to the other.
 *
 * @param beside - rows of all B_a, `width` numbers each: those that stand beside the first rows, then those beside the second ones, ….
 * @param scratch - room for three numbers a matrix.
 */
export function fit(
  matrices: usize,
  count: usize,
  m: usize,
  n: usize,
  beside: usize,
  width: usize,
  x: usize,
  shares: usize,
  y: usize,
  r: usize,
  product: usize,
  overlaps: usize,
  scratch: usize,
): void {
  const row = n << 3;
  const stride = m * row;
  const part = width << 3;
  const images = scratch;
  const more = images + (count << 3);
  const factors = more + (count << 3);
  memory.fill(product, 0, row + part);
  memory.fill(overlaps, 0, count << 3);
  for (let i: usize = 0; i < m; i++) {
    const at = matrices + i * row;
    const near = beside + i * count * part;
    rowsTimes(at, stride, row, count, x, images);
    rowsTimes(near, part, part, count, x + row, more);
    let left = load<f64>(y + (i << 3));
    for (let a: usize = 0; a < count << 3; a += 8) {
      const image = load<f64>(images + a) + load<f64>(more + a);
      store<f64>(images + a, image);
      left -= load<f64>(shares + a) * image;
    }
    store<f64>(r + (i << 3), left);
    for (let a: usize = 0; a < count << 3; a += 8) {
      store<f64>(overlaps + a, load<f64>(overlaps + a) + left * load<f64>(images + a));
      store<f64>(factors + a, left * load<f64>(shares + a));
    }
    addRows(at, stride, row, count, factors, product);
    addRows(near, part, part, count, factors, product + row);
  }
}

/** y ← products of `count` vectors of `row` bytes, `stride` bytes apart, with x. */
function rowsTimes(at: usize, stride: usize, row: usize, count: usize, x: usize, y: usize): void {
  let a: usize = 0;
  for (; a + 4 <= count; a += 4) fourProducts(at + a * stride, stride, row, x, y + (a << 3));
  for (; a < count; a++) store<f64>(y + (a << 3), dot(at + a * stride, x, row >> 3));
}

/** y ← y + the sum of `count` such vectors, each by its factor. */
function addRows(at: usize, stride: usize, row: usize, count: usize, factors: usize, y: usize): void {
  let a: usize = 0;
  for (; a + 4 <= count; a += 4) addFourRows(at + a * stride, stride, row, factors + (a << 3), y);
  for (; a < count; a++) addMultiple(y, load<f64>(factors + (a << 3)), at + a * stride, row >> 3);
}
