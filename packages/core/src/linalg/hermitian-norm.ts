import { random } from '../random/random.ts';
import { type Complex, order, times } from './complex.ts';
import { symmetricEigen } from './eigen.ts';

/** Length of what is left of the eigenvalue equation, as a share of the norm; the norm's own error is far less. */
const enough = 1e-6;

/** Lanczos steps between two looks at the eigenvalue. */
const stride = 10;

/**
 * ‖A‖_op of a Hermitian matrix, its largest eigenvalue in absolute value, by Lanczos steps from a random vector, each
 * orthogonalised against all before. O(n²) a step, some fifty to a hundred steps, whatever n.
 */
export function hermitianNorm(a: Complex): number {
  const n = order(a);
  let v = normalised(normalVector(2 * n));
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const below: number[] = [];
  for (;;) {
    basis.push(v);
    const next = times(a, v);
    diagonal.push(inner(v, next)[0]);
    for (let round = 0; round < 2; round++) for (const other of basis) removeComponent(next, other);
    const size = Math.sqrt(inner(next, next)[0]);
    const done = basis.length === n || size === 0;
    if (done || basis.length % stride === 0) {
      const { norm, tail } = tridiagonalNorm(diagonal, below);
      if (done || size * tail <= enough * norm) return norm;
    }
    below.push(size);
    v = next.map((value) => value / size);
  }
}

/** The outermost eigenvalue of a tridiagonal matrix and the last entry of its vector, in absolute value. */
function tridiagonalNorm(diagonal: readonly number[], below: readonly number[]): { norm: number; tail: number } {
  const n = diagonal.length;
  const matrix = new Float64Array(n * n);
  diagonal.forEach((value, i) => {
    matrix[i * n + i] = value;
    if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = below[i - 1];
  });
  const { values, vectors } = symmetricEigen(matrix, n);
  const j = values[0] >= -values[n - 1] ? 0 : n - 1;
  return { norm: Math.abs(values[j]), tail: Math.abs(vectors[(n - 1) * n + j]) };
}

function normalVector(length: number): Float64Array {
  const draw = random(length);
  return Float64Array.from({ length }, () => draw.normal());
}

function normalised(v: Float64Array): Float64Array {
  const size = Math.sqrt(inner(v, v)[0]);
  return v.map((value) => value / size);
}

/** ⟨a|b⟩. */
function inner(a: Float64Array, b: Float64Array): [number, number] {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.length; i += 2) {
    re += a[i] * b[i] + a[i + 1] * b[i + 1];
    im += a[i] * b[i + 1] - a[i + 1] * b[i];
  }
  return [re, im];
}

/** v ← v − w·⟨w|v⟩. */
function removeComponent(v: Float64Array, w: Float64Array): void {
  const [re, im] = inner(w, v);
  for (let i = 0; i < v.length; i += 2) {
    v[i] -= re * w[i] - im * w[i + 1];
    v[i + 1] -= re * w[i + 1] + im * w[i];
  }
}
