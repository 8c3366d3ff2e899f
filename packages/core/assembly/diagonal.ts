// Diagonal operators Π_S exp(−iα_S χ_S), χ_S(k) = (−1)^|k ∧ S| for a mask S of qubits: any product of RZ, P, RZZ, CZ, …
// They are multiplied out into a table first. Their derivatives are 2 Σ_k χ_S(k) w_k with w_k = Im(conj(λ_k) ψ_k), the same
// w for all of them.

import { first, last, plane, points, qubits, row, step, storeSums } from './state';

/**
 * Builds a table of 2^n real parts and 2^n imaginary parts. `terms` are `count` pairs of words (mask, index of cos α and
 * sin α) sorted by highest qubit, so that the table doubles with every qubit. An empty mask stands for a scale.
 */
export function buildTable(table: usize, terms: usize, count: i32, coefficients: usize): void {
  const imaginary = usize(8) << qubits;
  let scale: f64 = 1;
  let term: i32 = 0;
  for (; term < count && load<i32>(terms + 8 * usize(term)) === 0; term++)
    scale *= load<f64>(coefficients + 8 * usize(load<i32>(terms + 8 * usize(term), 4)));
  store<f64>(table, scale);
  store<f64>(table + imaginary, 0);
  for (let q: usize = 0; q < qubits; q++) {
    const half = usize(8) << q;
    memory.copy(table + half, table, half);
    memory.copy(table + imaginary + half, table + imaginary, half);
    while (term < count && load<i32>(terms + 8 * usize(term)) < 2 << i32(q)) {
      const mask = load<i32>(terms + 8 * usize(term));
      const at = coefficients + 8 * usize(load<i32>(terms + 8 * usize(term), 4));
      multiplyTerm(table, imaginary, half, mask, load<f64>(at), load<f64>(at, 8));
      term++;
    }
  }
}

function multiplyTerm(table: usize, imaginary: usize, half: usize, mask: i32, cos: f64, sin: f64): void {
  for (let i: usize = 0; i < half; i += 8) {
    const s = i32.popcnt(i32(i >> 3) & mask) & 1 ? -sin : sin;
    multiplyNumber(table + i, imaginary, cos, -s);
    multiplyNumber(table + half + i, imaginary, cos, s);
  }
}

/** Multiplies the complex number at `at` by cos + i·sin. */
function multiplyNumber(at: usize, imaginary: usize, cos: f64, sin: f64): void {
  const re = load<f64>(at);
  const im = load<f64>(at + imaginary);
  store<f64>(at, cos * re - sin * im);
  store<f64>(at + imaginary, cos * im + sin * re);
}

/** The same with angles of every point: the table has the layout of a state, and coefficients are a row each. */
export function buildTableEach(table: usize, terms: usize, count: i32, coefficients: usize): void {
  for (let i: usize = 0; i < row; i += 8) {
    store<f64>(table + i, 1);
    store<f64>(table + plane + i, 0);
  }
  let term: i32 = 0;
  for (let q: usize = 0; q < qubits; q++) {
    const half = row << q;
    memory.copy(table + half, table, half);
    memory.copy(table + plane + half, table + plane, half);
    while (term < count && load<i32>(terms + 8 * usize(term)) < 2 << i32(q)) {
      const mask = load<i32>(terms + 8 * usize(term));
      const at = coefficients + row * usize(load<i32>(terms + 8 * usize(term), 4));
      for (let i: usize = 0; i < half; i += row) multiplyRow(table, i, half, mask, at);
      term++;
    }
  }
}

function multiplyRow(table: usize, i: usize, half: usize, mask: i32, at: usize): void {
  const sign: f64 = i32.popcnt(i32(i / row) & mask) & 1 ? -1 : 1;
  for (let j: usize = 0; j < row; j += 8) {
    const cos = load<f64>(at + j);
    const sin = sign * load<f64>(at + row + j);
    multiplyNumber(table + i + j, plane, cos, -sin);
    multiplyNumber(table + half + i + j, plane, cos, sin);
  }
}

/** dst ← table · src, or its conjugate for sign −1, with one entry of the table for every row. */
export function applyTable(src: usize, dst: usize, table: usize, sign: f64): void {
  if (points === 1) {
    applyTableEach(src, dst, table, sign);
    return;
  }
  const imaginary = usize(8) << qubits;
  const signs = f64x2.splat(sign);
  for (let k = (first / row) << 3, r = first; r < last; k += 8, r += row) {
    const c = v128.load_splat<f64>(table + k);
    const s = f64x2.mul(signs, v128.load_splat<f64>(table + imaginary + k));
    for (let i = r; i < r + row; i += 16) multiply(src + i, dst + i, c, s);
  }
}

/** The same with one entry for every number of the state. */
export function applyTableEach(src: usize, dst: usize, table: usize, sign: f64): void {
  const signs = f64x2.splat(sign);
  for (let i = first; i < last; i += 16)
    multiply(src + i, dst + i, v128.load(table + i), f64x2.mul(signs, v128.load(table + plane + i)));
}

function multiply(from: usize, to: usize, c: v128, s: v128): void {
  const re = v128.load(from);
  const im = v128.load(from + plane);
  v128.store(to, f64x2.sub(f64x2.mul(c, re), f64x2.mul(s, im)));
  v128.store(to + plane, f64x2.add(f64x2.mul(c, im), f64x2.mul(s, re)));
}

/** λ ← conj(table) · λ, then w ← Im(conj(λ) ψ), where ψ is the state before the table was applied. */
export function undoTable(psi: usize, lambda: usize, table: usize, w: usize): void {
  if (points === 1) {
    undoTableEach(psi, lambda, table, w);
    return;
  }
  const imaginary = usize(8) << qubits;
  for (let k: usize = 0, r: usize = 0; r < plane; k += 8, r += row) {
    const c = v128.load_splat<f64>(table + k);
    const s = v128.load_splat<f64>(table + imaginary + k);
    for (let i = r; i < r + row; i += 16) multiplyBack(psi + i, lambda + i, w + i, c, s);
  }
}

/** The same with one entry for every number of the state. */
export function undoTableEach(psi: usize, lambda: usize, table: usize, w: usize): void {
  for (let i: usize = 0; i < plane; i += 16)
    multiplyBack(psi + i, lambda + i, w + i, v128.load(table + i), v128.load(table + plane + i));
}

function multiplyBack(psi: usize, lambda: usize, w: usize, c: v128, s: v128): void {
  const re = v128.load(lambda);
  const im = v128.load(lambda + plane);
  const x = f64x2.add(f64x2.mul(c, re), f64x2.mul(s, im));
  const y = f64x2.sub(f64x2.mul(c, im), f64x2.mul(s, re));
  v128.store(lambda, x);
  v128.store(lambda + plane, y);
  v128.store(w, f64x2.sub(f64x2.mul(x, v128.load(psi + plane)), f64x2.mul(y, v128.load(psi))));
}

/** dst ← lower half + sign · upper half of 2^(q+1) rows. */
export function butterfly(src: usize, dst: usize, q: usize, sign: f64): void {
  const half = row << q;
  if (half < 16) {
    store<f64>(dst, load<f64>(src) + sign * load<f64>(src + half));
    return;
  }
  const s = f64x2.splat(sign);
  for (let i: usize = 0; i < half; i += 16)
    v128.store(dst + i, f64x2.add(v128.load(src + i), f64x2.mul(s, v128.load(src + half + i))));
}

/**
 * Settles the three highest qubits of 2^(q+3) rows: the sums signed by each go to the rows `low`, `middle`, `high`, what
 * is added up over all three to 2^q rows at dst.
 */
export function split3(src: usize, dst: usize, q: usize, low: usize, middle: usize, high: usize): void {
  const part = row << q;
  for (let j: usize = 0; j < row; j += 16) {
    let sum1 = f64x2.splat(0);
    let sum2 = f64x2.splat(0);
    let sum4 = f64x2.splat(0);
    for (let i = src + j, to = dst + j; i < src + part; i += step, to += step) {
      const k = i + 4 * part;
      const w0 = v128.load(i);
      const w1 = v128.load(i + part);
      const w2 = v128.load(i + 2 * part);
      const w3 = v128.load(i + 3 * part);
      const w4 = v128.load(k);
      const w5 = v128.load(k + part);
      const w6 = v128.load(k + 2 * part);
      const w7 = v128.load(k + 3 * part);
      const even = f64x2.add(f64x2.add(w0, w2), f64x2.add(w4, w6));
      const odd = f64x2.add(f64x2.add(w1, w3), f64x2.add(w5, w7));
      const lower = f64x2.add(f64x2.add(w0, w1), f64x2.add(w2, w3));
      const upper = f64x2.add(f64x2.add(w4, w5), f64x2.add(w6, w7));
      const outer = f64x2.sub(f64x2.add(w0, w1), f64x2.add(w2, w3));
      sum1 = f64x2.add(sum1, f64x2.sub(even, odd));
      sum2 = f64x2.add(sum2, f64x2.add(outer, f64x2.sub(f64x2.add(w4, w5), f64x2.add(w6, w7))));
      sum4 = f64x2.add(sum4, f64x2.sub(lower, upper));
      v128.store(to, f64x2.add(lower, upper));
    }
    storeSums(low + j, sum1);
    storeSums(middle + j, sum2);
    storeSums(high + j, sum4);
  }
}

/** Sum over 2^q rows. */
export function total(src: usize, q: usize, to: usize): void {
  const size = row << q;
  if (size < 16) {
    store<f64>(to, load<f64>(src));
    return;
  }
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f64x2.splat(0);
    for (let i = j; i < size; i += step) sum = f64x2.add(sum, v128.load(src + i));
    storeSums(to + j, sum);
  }
}
