// Householder reduction of a symmetric matrix to tridiagonal form, as src/linalg/householder.ts does it row by row, here a
// panel of rows at a time: within a panel the rest of the matrix stays as it was, and what its reflectors do to it is one
// product behind the panel (Dongarra et al. 1989). Half of the work remains: the product of the matrix and each reflector.

import { TRIDIAGONAL_WIDTH } from '../src/wasm/codes';
import { addProduct, productOperands } from './product';
import { addMultiple, dot, scaleBy } from './vectors';

const WIDTH: usize = TRIDIAGONAL_WIDTH;
/** Squares below this have lost digits to underflow; the largest entry of the matrix is near 1. */
const NOTHING: f64 = 1e-280;

let a: usize = 0;
/** Bytes of a row. */
let row: usize = 0;
/** The reflectors of a panel, and what each adds to the matrix: rows as long as those of the matrix. */
let vs: usize = 0;
let ws: usize = 0;

/**
 * A = Q·T·Qᵀ for the symmetric matrix of order n whose lower triangle is at `matrix`, which the reflectors replace. `panel` is
 * room for 3·32·n numbers.
 */
export function tridiagonalise(
  matrix: usize,
  n: usize,
  diagonal: usize,
  below: usize,
  tau: usize,
  panel: usize,
  scratch: usize,
): void {
  a = matrix;
  row = n << 3;
  vs = panel;
  let end = n;
  while (end > 1) {
    const width = min<usize>(WIDTH, end - 1);
    ws = panel + width * row;
    for (let p: usize = 0; p < width; p++) reduceRow(end - 1 - p, p, diagonal, below, tau);
    end -= width;
    // A ← A − V·Wᵀ − W·Vᵀ as one product: what follows V is W, and what follows W is V once more.
    memory.copy(ws + width * row, vs, width * row);
    productOperands(vs, 8, row, ws, row, 8, a, row);
    addProduct(end, 2 * width, end, -1, true, scratch);
  }
  store<f64>(diagonal, load<f64>(a));
  store<f64>(below + row - 8, 0);
  store<f64>(tau, 0);
}

/** Reduces row i, number p of its panel. */
function reduceRow(i: usize, p: usize, diagonal: usize, below: usize, tau: usize): void {
  const at = a + i * row;
  for (let q: usize = 0; q < p; q++) {
    const vq = vs + q * row;
    const wq = ws + q * row;
    addMultiple(at, -load<f64>(vq + (i << 3)), wq, i + 1);
    addMultiple(at, -load<f64>(wq + (i << 3)), vq, i + 1);
  }
  store<f64>(diagonal + (i << 3), load<f64>(at + (i << 3)));
  const v = vs + p * row;
  const w = ws + p * row;
  memory.fill(v, 0, row);
  memory.fill(w, 0, row);
  const t = makeReflector(at, i);
  const pivot = (i - 1) << 3;
  store<f64>(tau + (i << 3), t);
  store<f64>(below + pivot, load<f64>(at + pivot));
  if (t === 0) return;
  memory.copy(v, at, i << 3);
  store<f64>(v + pivot, 1);
  symmetricProduct(i, v, w);
  for (let q: usize = 0; q < p; q++) {
    const vq = vs + q * row;
    const wq = ws + q * row;
    const byW = dot(wq, v, i);
    const byV = dot(vq, v, i);
    addMultiple(w, -byW, vq, i);
    addMultiple(w, -byV, wq, i);
  }
  scaleBy(w, t, i);
  addMultiple(w, -0.5 * t * dot(w, v, i), v, i);
}

/** Turns n numbers into a reflector whose pivot, where the image is put, is the last one; returns its τ. */
function makeReflector(x: usize, n: usize): f64 {
  const pivot = x + ((n - 1) << 3);
  const square = dot(x, x, n);
  if (!(square > NOTHING)) {
    memory.fill(x, 0, n << 3);
    return 0;
  }
  const entry = load<f64>(pivot);
  const image = entry > 0 ? -sqrt(square) : sqrt(square);
  scaleBy(x, 1 / (entry - image), n - 1);
  store<f64>(pivot, image);
  return (image - entry) / image;
}

/** w ← B·v for the leading block B of order n, from its lower triangle: numbers serve a row and its mirror image. */
function symmetricProduct(n: usize, v: usize, w: usize): void {
  let r: usize = 0;
  for (; r + 4 <= n; r += 4) fourRows(a + r * row, r, v, w);
  for (; r < n; r++) addTriangleRow(a + r * row, 0, r, v, w);
}

/** Entries from column `from` to the diagonal of row r. */
function addTriangleRow(at: usize, from: usize, r: usize, v: usize, w: usize): void {
  const vr = load<f64>(v + (r << 3));
  let sum = load<f64>(at + (r << 3)) * vr;
  for (let c = from << 3; c < r << 3; c += 8) {
    const entry = load<f64>(at + c);
    sum += entry * load<f64>(v + c);
    store<f64>(w + c, load<f64>(w + c) + entry * vr);
  }
  store<f64>(w + (r << 3), load<f64>(w + (r << 3)) + sum);
}

function fourRows(at: usize, r: usize, v: usize, w: usize): void {
  const own = v + (r << 3);
  const v0 = v128.load64_splat(own);
  const v1 = v128.load64_splat(own, 8);
  const v2 = v128.load64_splat(own, 16);
  const v3 = v128.load64_splat(own, 24);
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const at1 = at + row;
  const at2 = at1 + row;
  const at3 = at2 + row;
  for (let c: usize = 0; c < r << 3; c += 16) {
    const x = v128.load(v + c);
    const a0 = v128.load(at + c);
    const a1 = v128.load(at1 + c);
    s0 = f64x2.add(s0, f64x2.mul(a0, x));
    s1 = f64x2.add(s1, f64x2.mul(a1, x));
    const first = f64x2.add(f64x2.mul(a0, v0), f64x2.mul(a1, v1));
    const a2 = v128.load(at2 + c);
    const a3 = v128.load(at3 + c);
    s2 = f64x2.add(s2, f64x2.mul(a2, x));
    s3 = f64x2.add(s3, f64x2.mul(a3, x));
    const second = f64x2.add(f64x2.mul(a2, v2), f64x2.mul(a3, v3));
    v128.store(w + c, f64x2.add(v128.load(w + c), f64x2.add(first, second)));
  }
  addSum(w + (r << 3), s0);
  addSum(w + (r << 3) + 8, s1);
  addSum(w + (r << 3) + 16, s2);
  addSum(w + (r << 3) + 24, s3);
  for (let k: usize = 0; k < 4; k++) addTriangleRow(at + k * row, r, r + k, v, w);
}

function addSum(to: usize, s: v128): void {
  store<f64>(to, load<f64>(to) + f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1));
}
