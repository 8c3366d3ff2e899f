// λ = O|ψ⟩ and ⟨ψ|O|ψ⟩ for sums of Pauli products. All products of Z make one diagonal; it is summed up first.

import { loadRow, plane, points, qubits, row, step, storeRow, storeSums } from './state';

/**
 * Builds a table of the 2^n real numbers Σ c·(−1)^|k ∧ mask|. `terms` are `count` pairs of words (mask, index of c) sorted
 * by mask, so that the table doubles with every qubit.
 */
export function buildWeights(table: usize, terms: usize, count: i32, constants: usize): void {
  store<f64>(table, 0);
  let term: i32 = 0;
  for (; term < count && load<i32>(terms + 8 * usize(term)) === 0; term++)
    store<f64>(table, load<f64>(table) + load<f64>(constants + 8 * usize(load<i32>(terms + 8 * usize(term), 4))));
  for (let q: usize = 0; q < qubits; q++) {
    const half = usize(8) << q;
    memory.copy(table + half, table, half);
    for (; term < count && load<i32>(terms + 8 * usize(term)) < 2 << i32(q); term++) {
      const mask = load<i32>(terms + 8 * usize(term));
      addCharacter(table, half, mask, load<f64>(constants + 8 * usize(load<i32>(terms + 8 * usize(term), 4))));
    }
  }
}

function addCharacter(table: usize, half: usize, mask: i32, weight: f64): void {
  for (let i: usize = 0; i < half; i += 8) {
    const signed = i32.popcnt(i32(i >> 3) & mask) & 1 ? -weight : weight;
    store<f64>(table + i, load<f64>(table + i) + signed);
    store<f64>(table + half + i, load<f64>(table + half + i) - signed);
  }
}

/** λ ← table · ψ. */
export function applyWeights(psi: usize, lambda: usize, table: usize): void {
  if (points === 1) {
    for (let i: usize = 0; i < plane; i += 16) weigh(psi + i, lambda + i, v128.load(table + i));
    return;
  }
  for (let r: usize = 0; r < plane; r += row, table += 8) {
    const weight = v128.load_splat<f64>(table);
    for (let i = r; i < r + row; i += 16) weigh(psi + i, lambda + i, weight);
  }
}

function weigh(psi: usize, lambda: usize, weight: v128): void {
  v128.store(lambda, f64x2.mul(weight, v128.load(psi)));
  v128.store(lambda + plane, f64x2.mul(weight, v128.load(psi + plane)));
}

/**
 * λ ← λ + (re + i·im)·X^x Z^z ψ. One of re and im is 0: the power of i that the Ys contribute.
 */
export function addPauli(psi: usize, lambda: usize, x: usize, z: i32, re: f64, im: f64): void {
  const rows = usize(1) << qubits;
  for (let k: usize = 0; k < rows; k++) {
    const odd = i32.popcnt(i32(k) & z) & 1;
    const a = f64x2.splat(odd ? -re : re);
    const b = f64x2.splat(odd ? -im : im);
    const from = psi + k * row;
    const to = lambda + (k ^ x) * row;
    for (let j: usize = 0; j < row; j += 16) {
      const pr = loadRow(from + j);
      const pi = loadRow(from + plane + j);
      const real = f64x2.sub(f64x2.mul(a, pr), f64x2.mul(b, pi));
      const imaginary = f64x2.add(f64x2.mul(a, pi), f64x2.mul(b, pr));
      storeRow(to + j, f64x2.add(loadRow(to + j), real));
      storeRow(to + plane + j, f64x2.add(loadRow(to + plane + j), imaginary));
    }
  }
}

/** Re⟨ψ|λ⟩ for every point. */
export function realInner(psi: usize, lambda: usize, to: usize): void {
  const size = plane << 1;
  for (let j: usize = 0; j < row; j += 16) {
    let sum = f64x2.splat(0);
    for (let i = j; i < size; i += step) sum = f64x2.add(sum, f64x2.mul(v128.load(psi + i), v128.load(lambda + i)));
    storeSums(to + j, sum);
  }
}
