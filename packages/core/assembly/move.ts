// Starting states, permutations of basis states and dense matrices.

import { loadRow, plane, qubits, row, storeRow } from './state';

/**
 * The product of one-qubit states a|0⟩ + b|1⟩ with a real. `vectors` has for every qubit three rows: a and the real and
 * imaginary parts of b.
 */
export function productState(dst: usize, vectors: usize): void {
  for (let i: usize = 0; i < row; i += 8) {
    store<f64>(dst + i, 1);
    store<f64>(dst + plane + i, 0);
  }
  for (let q: usize = 0; q < qubits; q++) {
    const half = row << q;
    const at = vectors + 3 * q * row;
    for (let j: usize = 0; j < row; j += 16) {
      const a = loadRow(at + j);
      const br = loadRow(at + row + j);
      const bi = loadRow(at + 2 * row + j);
      for (let i = dst + j; i < dst + half; i += row) {
        const re = loadRow(i);
        const im = loadRow(i + plane);
        storeRow(i, f64x2.mul(re, a));
        storeRow(i + plane, f64x2.mul(im, a));
        storeRow(i + half, f64x2.sub(f64x2.mul(re, br), f64x2.mul(im, bi)));
        storeRow(i + plane + half, f64x2.add(f64x2.mul(re, bi), f64x2.mul(im, br)));
      }
    }
  }
}

/** Row k of dst ← row source[k] of src, or the inverse: row source[k] of dst ← row k of src. */
export function permute(src: usize, dst: usize, source: usize, inverse: bool): void {
  const rows = usize(1) << qubits;
  for (let k: usize = 0; k < rows; k++) {
    const other = usize(load<u32>(source + 4 * k)) * row;
    const here = k * row;
    const from = src + (inverse ? here : other);
    const to = dst + (inverse ? other : here);
    for (let j: usize = 0; j < row; j += 16) {
      storeRow(to + j, loadRow(from + j));
      storeRow(to + plane + j, loadRow(from + plane + j));
    }
  }
}

/**
 * A 2^k × 2^k matrix on k qubits. `matrix` is row-major and interleaved, `offsets` has the 2^k row offsets of a group
 * of basis states, `mask` the qubits, `scratch` room for a group.
 */
export function applyDense(
  src: usize,
  dst: usize,
  order: usize,
  mask: usize,
  offsets: usize,
  matrix: usize,
  scratch: usize,
): void {
  const rows = usize(1) << qubits;
  for (let base: usize = 0; base < rows; base++) {
    if (base & mask) continue;
    for (let j: usize = 0; j < row; j += 16)
      applyGroup(src + base * row + j, dst + base * row + j, order, offsets, matrix, scratch);
  }
}

function applyGroup(src: usize, dst: usize, order: usize, offsets: usize, matrix: usize, scratch: usize): void {
  for (let c: usize = 0; c < order; c++) {
    const at = src + row * usize(load<u32>(offsets + 4 * c));
    v128.store(scratch + 32 * c, loadRow(at));
    v128.store(scratch + 32 * c, loadRow(at + plane), 16);
  }
  for (let r: usize = 0; r < order; r++) {
    let re = f64x2.splat(0);
    let im = f64x2.splat(0);
    for (let c: usize = 0; c < order; c++) {
      const at = matrix + 16 * (r * order + c);
      const a = v128.load_splat<f64>(at);
      const b = v128.load_splat<f64>(at, 8);
      const x = v128.load(scratch + 32 * c);
      const y = v128.load(scratch + 32 * c, 16);
      re = f64x2.add(re, f64x2.sub(f64x2.mul(a, x), f64x2.mul(b, y)));
      im = f64x2.add(im, f64x2.add(f64x2.mul(a, y), f64x2.mul(b, x)));
    }
    const to = dst + row * usize(load<u32>(offsets + 4 * r));
    storeRow(to, re);
    storeRow(to + plane, im);
  }
}
