// Products of matrices, m rows of n numbers, and a vector: four rows at a time, each number of a matrix read once.

import { word } from './header';
import { addMultiple, dot } from './vectors';

/** y ← A·x. */
export function matrixVector(a: usize, m: usize, n: usize, x: usize, y: usize): void {
  const row = n << 3;
  rowsTimes(a, row, row, m, x, y);
}

/** Products with four vectors of `row` bytes. */
function fourProducts(at: usize, at1: usize, at2: usize, at3: usize, row: usize, x: usize, y: usize): void {
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
  store<f64>(y, f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1));
  store<f64>(y, f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1), 8);
  store<f64>(y, f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1), 16);
  store<f64>(y, f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1), 24);
  if (whole === row) return;
  const last = load<f64>(x + whole);
  store<f64>(y, load<f64>(y) + load<f64>(at + whole) * last);
  store<f64>(y, load<f64>(y, 8) + load<f64>(at1 + whole) * last, 8);
  store<f64>(y, load<f64>(y, 16) + load<f64>(at2 + whole) * last, 16);
  store<f64>(y, load<f64>(y, 24) + load<f64>(at3 + whole) * last, 24);
}

/** y ← y + Aᵀ·x. */
export function addTransposedMatrixVector(a: usize, m: usize, n: usize, x: usize, y: usize): void {
  const row = n << 3;
  addRows(a, row, row, m, x, y);
}

/** y ← y + the sum of four vectors of `row` bytes, each by its factor of x. */
function addFourRows(at: usize, at1: usize, at2: usize, at3: usize, row: usize, x: usize, y: usize): void {
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
 * With C = Σ_a c_a·(A_a B_a) of `count` matrices A_a, m × n, each with a few columns B_a beside it, and x of as many
 * numbers as both have: r ← y − C·x, product ← Cᵀ·r, and overlaps_a ← rᵀ·(A_a B_a)·x. Rows of all matrices are read once, and stay in
 * the first cache from the one product to the other.
 *
 * @param matrices - list of their addresses.
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
  const part = width << 3;
  const images = scratch;
  const more = images + (count << 3);
  const factors = more + (count << 3);
  memory.fill(product, 0, row + part);
  memory.fill(overlaps, 0, count << 3);
  for (let i: usize = 0; i < m; i++) {
    const near = beside + i * count * part;
    listedTimes(matrices, i * row, row, count, x, images);
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
    addListed(matrices, i * row, row, count, factors, product);
    addRows(near, part, part, count, factors, product + row);
  }
}

/** y ← products of `count` vectors of `row` bytes, `stride` bytes apart, with x. */
function rowsTimes(at: usize, stride: usize, row: usize, count: usize, x: usize, y: usize): void {
  let a: usize = 0;
  for (; a + 4 <= count; a += 4) {
    const first = at + a * stride;
    fourProducts(first, first + stride, first + 2 * stride, first + 3 * stride, row, x, y + (a << 3));
  }
  for (; a < count; a++) store<f64>(y + (a << 3), dot(at + a * stride, x, row >> 3));
}

/** y ← y + the sum of `count` such vectors, each by its factor. */
function addRows(at: usize, stride: usize, row: usize, count: usize, factors: usize, y: usize): void {
  let a: usize = 0;
  for (; a + 4 <= count; a += 4) {
    const first = at + a * stride;
    addFourRows(first, first + stride, first + 2 * stride, first + 3 * stride, row, factors + (a << 3), y);
  }
  for (; a < count; a++) addMultiple(y, load<f64>(factors + (a << 3)), at + a * stride, row >> 3);
}

/** The same of vectors that begin `from` bytes behind each address of a list. */
function listedTimes(list: usize, from: usize, row: usize, count: usize, x: usize, y: usize): void {
  let a: usize = 0;
  for (; a + 4 <= count; a += 4) {
    const to = y + (a << 3);
    fourProducts(
      listed(list, a, from),
      listed(list, a + 1, from),
      listed(list, a + 2, from),
      listed(list, a + 3, from),
      row,
      x,
      to,
    );
  }
  for (; a < count; a++) store<f64>(y + (a << 3), dot(listed(list, a, from), x, row >> 3));
}

function addListed(list: usize, from: usize, row: usize, count: usize, factors: usize, y: usize): void {
  let a: usize = 0;
  for (; a + 4 <= count; a += 4) {
    const x = factors + (a << 3);
    addFourRows(
      listed(list, a, from),
      listed(list, a + 1, from),
      listed(list, a + 2, from),
      listed(list, a + 3, from),
      row,
      x,
      y,
    );
  }
  for (; a < count; a++) addMultiple(y, load<f64>(factors + (a << 3)), listed(list, a, from), row >> 3);
}

function listed(list: usize, index: usize, from: usize): usize {
  return word(list, index) + from;
}
