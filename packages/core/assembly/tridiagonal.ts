// Householder reduction of a symmetric matrix to tridiagonal form, as src/linalg/householder.ts does it row by row, here a
// panel of rows at a time: within a panel the rest of the matrix stays as it was, and what its reflectors do to it is one
// product behind the panel (Dongarra et al. 1989). Half of the work remains: the product of the matrix and each reflector.

import { TRIDIAGONAL_WIDTH } from '../src/wasm/codes';
import { addProduct, productOperands } from './product';
import { symmetricProduct } from './symmetric';
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
  symmetricProduct(a, row, i, v, w);
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
