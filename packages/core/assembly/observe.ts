// λ = O|ψ⟩ and ⟨ψ|O|ψ⟩ for sums of Pauli products.

import { loadRow, plane, qubits, row, step, storeRow, storeSums } from './state';

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
