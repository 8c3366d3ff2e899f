// Products of dense real matrices, C ← C ± A·B. A and B may be transposed, as both strides of either are given; rows of C
// are contiguous. Blocks of A and B are packed into panels of four rows and of four columns, so that the innermost loop
// reads what it needs one after the other; it holds a 4 × 4 tile of C in registers.

import { TILE_COLUMNS, TILE_DEPTH, TILE_ROWS } from '../src/wasm/codes';

/** Two panels of this depth fit into the first cache, the packed blocks of a tile into the second. */
const DEPTH: usize = TILE_DEPTH;
/** Bytes of the packed blocks; behind them is room for a tile of C that is not whole. */
const PACKED_A: usize = TILE_ROWS * DEPTH * 8;
const PACKED_B: usize = TILE_COLUMNS * DEPTH * 8;

/** Where entry (0, 0) is, and bytes from row to row and from column to column. */
let a: usize = 0;
let aRow: usize = 0;
let aColumn: usize = 0;
let b: usize = 0;
let bRow: usize = 0;
let bColumn: usize = 0;
let c: usize = 0;
let cRow: usize = 0;
let sign: f64 = 1;

/** Sets the operands. */
export function productOperands(
  aAt: usize,
  aRowBytes: usize,
  aColumnBytes: usize,
  bAt: usize,
  bRowBytes: usize,
  bColumnBytes: usize,
  cAt: usize,
  cRowBytes: usize,
): void {
  a = aAt;
  aRow = aRowBytes;
  aColumn = aColumnBytes;
  b = bAt;
  bRow = bRowBytes;
  bColumn = bColumnBytes;
  c = cAt;
  cRow = cRowBytes;
}

/**
 * Adds (α = 1) or subtracts (α = −1) the whole product, m × k by k × n, on this thread. With `lowerOnly` tiles above the
 * diagonal of C are left as they are.
 */
export function addProduct(m: usize, k: usize, n: usize, alpha: f64, lowerOnly: bool, scratch: usize): void {
  for (let i: usize = 0; i < m; i += TILE_ROWS)
    for (let j: usize = 0; j < n; j += TILE_COLUMNS) addTile(i, j, m, k, n, alpha, lowerOnly, scratch);
}

/** The part of it in the tile of C that begins at (i0, j0). */
export function addTile(
  i0: usize,
  j0: usize,
  m: usize,
  k: usize,
  n: usize,
  alpha: f64,
  lowerOnly: bool,
  scratch: usize,
): void {
  const rows = min<usize>(TILE_ROWS, m - i0);
  const columns = min<usize>(TILE_COLUMNS, n - j0);
  if (lowerOnly && j0 > i0 + rows - 1) return;
  sign = alpha;
  const packedB = scratch + PACKED_A;
  for (let first: usize = 0; first < k; first += DEPTH) {
    const depth = min<usize>(DEPTH, k - first);
    pack(b + first * bRow + j0 * bColumn, bColumn, bRow, columns, depth, packedB);
    pack(a + i0 * aRow + first * aColumn, aRow, aColumn, rows, depth, scratch);
    for (let j: usize = 0; j < columns; j += 4)
      for (let i: usize = 0; i < rows; i += 4) {
        if (lowerOnly && j0 + j > i0 + i + 3) continue;
        const to = c + (i0 + i) * cRow + ((j0 + j) << 3);
        const left = scratch + i * (depth << 3);
        const right = packedB + j * (depth << 3);
        if (i + 4 <= rows && j + 4 <= columns) multiplyPanels(left, right, depth, to, cRow);
        else addCorner(left, right, depth, to, min<usize>(4, rows - i), min<usize>(4, columns - j), packedB + PACKED_B);
      }
  }
}

/** Panels of four lines (rows of A, columns of B), entry after entry; lines that are missing are 0. */
function pack(from: usize, line: usize, entry: usize, lines: usize, depth: usize, to: usize): void {
  for (let l: usize = 0; l < lines; l += 4) {
    const present = min<usize>(4, lines - l);
    const start = from + l * line;
    if (present < 4) {
      memory.fill(to, 0, depth << 5);
      for (let p: usize = 0; p < depth; p++)
        for (let r: usize = 0; r < present; r++)
          store<f64>(to + (p << 5) + (r << 3), load<f64>(start + r * line + p * entry));
    } else if (line === 8) {
      for (let p: usize = 0; p < depth; p++) {
        v128.store(to + (p << 5), v128.load(start + p * entry));
        v128.store(to + (p << 5), v128.load(start + p * entry, 16), 16);
      }
    } else {
      for (let p: usize = 0; p < depth; p++) {
        const at = start + p * entry;
        store<f64>(to + (p << 5), load<f64>(at));
        store<f64>(to + (p << 5), load<f64>(at + line), 8);
        store<f64>(to + (p << 5), load<f64>(at + 2 * line), 16);
        store<f64>(to + (p << 5), load<f64>(at + 3 * line), 24);
      }
    }
    to += depth << 5;
  }
}

/** Adds ± left·right to four rows of four numbers. */
function multiplyPanels(left: usize, right: usize, depth: usize, to: usize, stride: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = left + (depth << 5);
  while (left < end) {
    const b0 = v128.load(right);
    const b1 = v128.load(right, 16);
    const a0 = v128.load64_splat(left);
    c00 = f64x2.add(c00, f64x2.mul(a0, b0));
    c01 = f64x2.add(c01, f64x2.mul(a0, b1));
    const a1 = v128.load64_splat(left, 8);
    c10 = f64x2.add(c10, f64x2.mul(a1, b0));
    c11 = f64x2.add(c11, f64x2.mul(a1, b1));
    const a2 = v128.load64_splat(left, 16);
    c20 = f64x2.add(c20, f64x2.mul(a2, b0));
    c21 = f64x2.add(c21, f64x2.mul(a2, b1));
    const a3 = v128.load64_splat(left, 24);
    c30 = f64x2.add(c30, f64x2.mul(a3, b0));
    c31 = f64x2.add(c31, f64x2.mul(a3, b1));
    left += 32;
    right += 32;
  }
  addTo(to, c00, c01);
  addTo(to + stride, c10, c11);
  addTo(to + 2 * stride, c20, c21);
  addTo(to + 3 * stride, c30, c31);
}

function addTo(to: usize, x: v128, y: v128): void {
  const s = f64x2.splat(sign);
  v128.store(to, f64x2.add(v128.load(to), f64x2.mul(s, x)));
  v128.store(to, f64x2.add(v128.load(to, 16), f64x2.mul(s, y)), 16);
}

/** A tile that C does not have room for. */
function addCorner(
  left: usize,
  right: usize,
  depth: usize,
  to: usize,
  rows: usize,
  columns: usize,
  corner: usize,
): void {
  memory.fill(corner, 0, 128);
  multiplyPanels(left, right, depth, corner, 32);
  for (let r: usize = 0; r < rows; r++)
    for (let j: usize = 0; j < columns; j++) {
      const at = to + r * cRow + (j << 3);
      store<f64>(at, load<f64>(at) + load<f64>(corner + (r << 5) + (j << 3)));
    }
}
