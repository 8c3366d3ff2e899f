import { adjoint, type Complex, identity, order } from './complex.ts';

/** Eigenvalues, descending, and eigenvectors of a Hermitian matrix: column j of `vectors` belongs to values[j]. */
export interface HermitianEigen {
  readonly values: Float64Array;
  readonly vectors: Complex;
}

/** Two dozen sweeps are three times what any matrix takes. */
const mostSweeps = 24;

/**
 * Eigenvalues and orthonormal eigenvectors of a Hermitian matrix (n × n) by cyclic Jacobi rotations: right to rounding
 * times the largest eigenvalue, O(n³) a sweep, six to eight sweeps. Equal eigenvalues need no care.
 *
 * @throws RangeError at a matrix that is not Hermitian to 1e-8 of its norm, or not finite.
 */
export function hermitianEigen(matrix: Complex): HermitianEigen {
  const n = order(matrix);
  const a = hermitianMean(matrix, n);
  // Row j becomes the conjugate of eigenvector j.
  const rows = identity(n);
  const negligible = Number.EPSILON * Math.sqrt(squares(a)) || Number.MIN_VALUE;
  for (let sweep = 0; outside(a, n) > negligible; sweep++) {
    if (sweep === mostSweeps) throw new Error('hermitianEigen: the rotations did not converge');
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) annihilate(a, rows, n, p, q);
  }
  const level = (j: number) => a[2 * (j * n + j)];
  const sorted = Array.from({ length: n }, (_, j) => j).sort((i, j) => level(j) - level(i));
  const ordered = new Float64Array(rows.length);
  sorted.forEach((j, to) => {
    ordered.set(rows.subarray(2 * j * n, 2 * (j + 1) * n), 2 * to * n);
  });
  return { values: Float64Array.from(sorted, level), vectors: adjoint(ordered) };
}

function squares(a: Complex): number {
  return a.reduce((sum, value) => sum + value * value, 0);
}

/** Norm of what stands off the diagonal. */
function outside(a: Complex, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) if (i !== j) sum += a[2 * (i * n + j)] ** 2 + a[2 * (i * n + j) + 1] ** 2;
  return Math.sqrt(sum);
}

function hermitianMean(matrix: Complex, n: number): Complex {
  const mirrored = adjoint(matrix);
  const mean = matrix.map((value, i) => (value + mirrored[i]) / 2);
  const apart = Math.sqrt(squares(matrix.map((value, i) => value - mirrored[i])));
  if (!(apart <= 1e-8 * Math.sqrt(squares(matrix))))
    throw new RangeError(`the ${n} × ${n} matrix is not Hermitian: it is ${apart} from its adjoint, or not finite`);
  return mean;
}

/** A ← QAQ† and rows ← Q·rows with the rotation Q of levels p and q that makes A(p, q) vanish. */
function annihilate(a: Complex, rows: Complex, n: number, p: number, q: number): void {
  const re = a[2 * (p * n + q)];
  const im = a[2 * (p * n + q) + 1];
  const size = Math.hypot(re, im);
  if (size === 0) return;
  const half = (a[2 * (q * n + q)] - a[2 * (p * n + p)]) / 2;
  // The smaller of the two angles: no cancellation.
  const tangent = (half >= 0 ? size : -size) / (Math.abs(half) + Math.hypot(half, size));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = { re: (tangent * cosine * re) / size, im: (tangent * cosine * im) / size };
  rotateRows(a, n, p, q, cosine, sine);
  rotateColumns(a, n, p, q, cosine, sine);
  rotateRows(rows, n, p, q, cosine, sine);
  for (const at of [p * n + q, q * n + p]) a.fill(0, 2 * at, 2 * at + 2);
}

interface Entry {
  readonly re: number;
  readonly im: number;
}

/** (row p, row q) ← (c·row p − s·row q, s̄·row p + c·row q). */
function rotateRows(x: Complex, n: number, p: number, q: number, c: number, { re, im }: Entry): void {
  for (let k = 0; k < n; k++) {
    const i = 2 * (p * n + k);
    const j = 2 * (q * n + k);
    const [a, b, e, f] = [x[i], x[i + 1], x[j], x[j + 1]];
    x[i] = c * a - (re * e - im * f);
    x[i + 1] = c * b - (re * f + im * e);
    x[j] = c * e + (re * a + im * b);
    x[j + 1] = c * f + (re * b - im * a);
  }
}

/** The same from the right, with the adjoint rotation. */
function rotateColumns(x: Complex, n: number, p: number, q: number, c: number, { re, im }: Entry): void {
  for (let k = 0; k < n; k++) {
    const i = 2 * (k * n + p);
    const j = 2 * (k * n + q);
    const [a, b, e, f] = [x[i], x[i + 1], x[j], x[j + 1]];
    x[i] = c * a - (re * e + im * f);
    x[i + 1] = c * b - (re * f - im * e);
    x[j] = c * e + (re * a - im * b);
    x[j + 1] = c * f + (re * b + im * a);
  }
}
