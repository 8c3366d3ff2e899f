// Cholesky factors of blocks, and equations with a triangular block; src/linalg/wasm/cholesky.ts puts blocks together by
// products. Rows are `row` bytes apart, and only the lower triangle is read.

import { dot } from './vectors';

/** Columns of a right-hand side that are solved for together, one row of them after the other: four registers. */
const STRIP: usize = 8;
const STRIP_BYTES: usize = 64;

/** A = L·Lᵀ in place. Returns 0, or 1 + the place of the first pivot that is not positive; that entry is then the pivot. */
export function factorBlock(a: usize, row: usize, n: usize): usize {
  for (let i: usize = 0; i < n; i++) {
    const at = a + i * row;
    for (let j: usize = 0; j < i; j++) {
      const other = a + j * row;
      const to = at + (j << 3);
      store<f64>(to, (load<f64>(to) - dot(at, other, j)) / load<f64>(other + (j << 3)));
    }
    const pivot = at + (i << 3);
    const left = load<f64>(pivot) - dot(at, at, i);
    store<f64>(pivot, left > 0 ? sqrt(left) : left);
    if (!(left > 0)) return i + 1;
  }
  return 0;
}

/**
 * X of L·X = B, or of Lᵀ·X = B, in the place of B, n × columns, whose entry (i, c) is at b + i·bRow + c·bColumn.
 *
 * @param strip - room for n rows of a strip.
 */
export function solveTriangle(
  l: usize,
  row: usize,
  n: usize,
  transposed: bool,
  b: usize,
  bRow: usize,
  bColumn: usize,
  columns: usize,
  strip: usize,
): void {
  for (let c: usize = 0; c < columns; c += STRIP) {
    const at = b + c * bColumn;
    const width = min<usize>(STRIP, columns - c);
    take(at, bRow, bColumn, n, width, strip);
    if (transposed) backward(l, row, n, strip);
    else forward(l, row, n, strip);
    put(at, bRow, bColumn, n, width, strip);
  }
}

function forward(l: usize, row: usize, n: usize, strip: usize): void {
  for (let i: usize = 0; i < n; i++)
    solveRow(l + i * row, 8, i, l + i * row + (i << 3), strip, strip + i * STRIP_BYTES);
}

function backward(l: usize, row: usize, n: usize, strip: usize): void {
  for (let i = n; i > 0; ) {
    i--;
    const pivot = l + i * row + (i << 3);
    const next = strip + (i + 1) * STRIP_BYTES;
    solveRow(pivot + row, row, n - i - 1, pivot, next, strip + i * STRIP_BYTES);
  }
}

/** The row at `to` less `count` others by their factors, `step` bytes apart, over the pivot. */
function solveRow(factors: usize, step: usize, count: usize, pivot: usize, others: usize, to: usize): void {
  let x0 = v128.load(to);
  let x1 = v128.load(to, 16);
  let x2 = v128.load(to, 32);
  let x3 = v128.load(to, 48);
  const end = others + count * STRIP_BYTES;
  for (; others < end; others += STRIP_BYTES, factors += step) {
    const f = v128.load64_splat(factors);
    x0 = f64x2.sub(x0, f64x2.mul(f, v128.load(others)));
    x1 = f64x2.sub(x1, f64x2.mul(f, v128.load(others, 16)));
    x2 = f64x2.sub(x2, f64x2.mul(f, v128.load(others, 32)));
    x3 = f64x2.sub(x3, f64x2.mul(f, v128.load(others, 48)));
  }
  const p = v128.load64_splat(pivot);
  v128.store(to, f64x2.div(x0, p));
  v128.store(to, f64x2.div(x1, p), 16);
  v128.store(to, f64x2.div(x2, p), 32);
  v128.store(to, f64x2.div(x3, p), 48);
}

/** Copies a strip of B; columns that are missing are 0. */
function take(at: usize, bRow: usize, bColumn: usize, n: usize, width: usize, strip: usize): void {
  if (width < STRIP) memory.fill(strip, 0, n * STRIP_BYTES);
  if (bColumn === 8) {
    for (let i: usize = 0; i < n; i++) memory.copy(strip + i * STRIP_BYTES, at + i * bRow, width << 3);
    return;
  }
  for (let c: usize = 0; c < width; c++)
    for (let i: usize = 0; i < n; i++)
      store<f64>(strip + i * STRIP_BYTES + (c << 3), load<f64>(at + i * bRow + c * bColumn));
}

function put(at: usize, bRow: usize, bColumn: usize, n: usize, width: usize, strip: usize): void {
  if (bColumn === 8) {
    for (let i: usize = 0; i < n; i++) memory.copy(at + i * bRow, strip + i * STRIP_BYTES, width << 3);
    return;
  }
  for (let c: usize = 0; c < width; c++)
    for (let i: usize = 0; i < n; i++)
      store<f64>(at + i * bRow + c * bColumn, load<f64>(strip + i * STRIP_BYTES + (c << 3)));
}
