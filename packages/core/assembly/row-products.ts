// Products A·Bᵀ of matrices with rows of n numbers, of which one has few: a row of either stays where it is, and nothing is packed.

import { dot } from './vectors';

/** Numbers of a row that are taken at a time, so that these parts of all rows stay in the first cache. */
const PART: usize = 512;

/** C ← A·Bᵀ for A (m × n) and B (count × n); C is m × count. */
export function rowProducts(a: usize, m: usize, n: usize, b: usize, count: usize, c: usize): void {
  const row = n << 3;
  memory.fill(c, 0, (m * count) << 3);
  for (let first: usize = 0; first < n; first += PART) {
    const length = min<usize>(PART, n - first);
    const left = a + (first << 3);
    const right = b + (first << 3);
    let i: usize = 0;
    for (; i + 4 <= m; i += 4) fourRows(left + i * row, row, right, count, length, c + ((i * count) << 3));
    for (; i < m; i++)
      for (let j: usize = 0; j < count; j++)
        addNumber(c + ((i * count + j) << 3), dot(left + i * row, right + j * row, length));
  }
}

function fourRows(at: usize, row: usize, b: usize, count: usize, length: usize, to: usize): void {
  const step = count << 3;
  let j: usize = 0;
  for (; j + 2 <= count; j += 2) fourByTwo(at, row, b + j * row, length, to + (j << 3), step);
  if (j === count) return;
  for (let k: usize = 0; k < 4; k++) addNumber(to + k * step + (j << 3), dot(at + k * row, b + j * row, length));
}

/** Adds the products of four rows with two. */
function fourByTwo(at: usize, row: usize, b: usize, length: usize, to: usize, step: usize): void {
  const at1 = at + row;
  const at2 = at1 + row;
  const at3 = at2 + row;
  const b1 = b + row;
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const whole = (length << 3) & ~15;
  for (let p: usize = 0; p < whole; p += 16) {
    const x = v128.load(b + p);
    const y = v128.load(b1 + p);
    const a0 = v128.load(at + p);
    c00 = f64x2.add(c00, f64x2.mul(a0, x));
    c01 = f64x2.add(c01, f64x2.mul(a0, y));
    const a1 = v128.load(at1 + p);
    c10 = f64x2.add(c10, f64x2.mul(a1, x));
    c11 = f64x2.add(c11, f64x2.mul(a1, y));
    const a2 = v128.load(at2 + p);
    c20 = f64x2.add(c20, f64x2.mul(a2, x));
    c21 = f64x2.add(c21, f64x2.mul(a2, y));
    const a3 = v128.load(at3 + p);
    c30 = f64x2.add(c30, f64x2.mul(a3, x));
    c31 = f64x2.add(c31, f64x2.mul(a3, y));
  }
  addSums(to, c00, c01);
  addSums(to + step, c10, c11);
  addSums(to + 2 * step, c20, c21);
  addSums(to + 3 * step, c30, c31);
  if (whole === length << 3) return;
  for (let k: usize = 0; k < 4; k++) {
    const last = load<f64>(at + k * row + whole);
    addNumber(to + k * step, last * load<f64>(b + whole));
    addNumber(to + k * step + 8, last * load<f64>(b1 + whole));
  }
}

function addSums(to: usize, x: v128, y: v128): void {
  addNumber(to, f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1));
  addNumber(to + 8, f64x2.extract_lane(y, 0) + f64x2.extract_lane(y, 1));
}

function addNumber(to: usize, value: f64): void {
  store<f64>(to, load<f64>(to) + value);
}
