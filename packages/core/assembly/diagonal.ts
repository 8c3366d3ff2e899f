// Diagonal operators Π_S exp(−iα_S χ_S), χ_S(k) = (−1)^|k ∧ S| for a mask S of qubits: any product of RZ, P, RZZ, CZ, …
// They are multiplied out into a table first. Their derivatives are 2 Σ_k χ_S(k) w_k with w_k = Im(conj(λ_k) ψ_k), the same
// w for all of them.

import { plane, points, qubits, row, step, storeSums } from './state';

/**
 * Builds a table of 2^n real parts and 2^n imaginary parts. `terms` are `count` triples of words (mask, address of
 * cos α and sin α, unused) sorted by highest qubit, so that the table doubles with every qubit.
 */
export function buildTable(table: usize, terms: usize, count: i32, coefficients: usize): void {
  const imaginary = usize(8) << qubits;
  store<f64>(table, 1);
  store<f64>(table + imaginary, 0);
  let term: i32 = 0;
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
    turn(table + i, imaginary, cos, -s);
    turn(table + half + i, imaginary, cos, s);
  }
}

/** Multiplies the complex number at `at` by cos + i·sin. */
function turn(at: usize, imaginary: usize, cos: f64, sin: f64): void {
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
    turn(table + i + j, plane, cos, -sin);
    turn(table + half + i + j, plane, cos, sin);
  }
}

/** dst ← table · src, or its conjugate for sign −1, with one entry of the table for every row. */
export function applyTable(src: usize, dst: usize, table: usize, sign: f64): void {
  if (points === 1) {
    applyTableEach(src, dst, table, sign);
    return;
  }
  const imaginary = usize(8) << qubits;
  const turned = f64x2.splat(sign);
  for (let k: usize = 0, r: usize = 0; r < plane; k += 8, r += row) {
    const c = v128.load_splat<f64>(table + k);
    const s = f64x2.mul(turned, v128.load_splat<f64>(table + imaginary + k));
    for (let i = r; i < r + row; i += 16) multiply(src + i, dst + i, c, s);
  }
}

/** The same with one entry for every number of the state. */
export function applyTableEach(src: usize, dst: usize, table: usize, sign: f64): void {
  const turned = f64x2.splat(sign);
  for (let i: usize = 0; i < plane; i += 16)
    multiply(src + i, dst + i, v128.load(table + i), f64x2.mul(turned, v128.load(table + plane + i)));
}

function multiply(from: usize, to: usize, c: v128, s: v128): void {
  const re = v128.load(from);
  const im = v128.load(from + plane);
  v128.store(to, f64x2.sub(f64x2.mul(c, re), f64x2.mul(s, im)));
  v128.store(to + plane, f64x2.add(f64x2.mul(c, im), f64x2.mul(s, re)));
}

/** w ← Im(conj(λ) ψ), 2^n rows. */
export function overlap(psi: usize, lambda: usize, w: usize): void {
  for (let i: usize = 0; i < plane; i += 16) {
    const up = f64x2.mul(v128.load(lambda + i), v128.load(psi + plane + i));
    const down = f64x2.mul(v128.load(lambda + plane + i), v128.load(psi + i));
    v128.store(w + i, f64x2.sub(up, down));
  }
}

/** dst ← lower half + sign · upper half of 2^(q+1) rows. */
export function fold(src: usize, dst: usize, q: usize, sign: f64): void {
  const half = row << q;
  if (half < 16) {
    store<f64>(dst, load<f64>(src) + sign * load<f64>(src + half));
    return;
  }
  const s = f64x2.splat(sign);
  for (let i: usize = 0; i < half; i += 16)
    v128.store(dst + i, f64x2.add(v128.load(src + i), f64x2.mul(s, v128.load(src + half + i))));
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
