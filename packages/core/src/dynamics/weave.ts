import { type Complex, identity, order } from '../linalg/complex.ts';

/**
 * U = (P₁ ⊕ P₂)·Θ·Φ·(Q₁ ⊕ Q₂)† for a unitary of two equal blocks of n levels, a cosine-sine decomposition that ends after
 * n steps (after Sutton, Numerical Algorithms 50, 33, 2009). Θ turns levels (i, n + i) by real rotations [[c, −s], [s, c]],
 * Φ levels (i + 1, n + i). Where phases commute with the blocks, the Ps and Qs of neighbouring layers merge, which leaves
 * half the work of U.
 */
export interface Weave {
  /** P† and Q† of each block, n × n. */
  readonly left: readonly [Complex, Complex];
  readonly right: readonly [Complex, Complex];
  /** Cosine and sine of each rotation of Θ and Φ, 2n; the last of Φ is none. */
  readonly theta: Float64Array;
  readonly phi: Float64Array;
}

/** The decomposition, from Householder reflections alone: as exact as U is unitary. */
export function weaveOf(unitary: Complex): Weave {
  const d = order(unitary);
  const n = d / 2;
  const x = unitary.slice();
  const left = [identity(n), identity(n)] as const;
  const right = [identity(n), identity(n)] as const;
  const theta = new Float64Array(2 * n);
  const phi = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    for (const b of [0, 1]) {
      const rows = b * n + i;
      const reflection = reflectionOf(columnOf(x, d, i, rows, n - i));
      reflectRows(x, d, rows, i, n, reflection);
      reflectRows(x, d, rows, n + i, d, reflection);
      reflectRows(left[b], n, i, 0, n, reflection);
    }
    setRotation(theta, i, x[2 * (i * d + i)], x[2 * ((n + i) * d + i)]);
    // Column i is settled, and so is row i, which stands in no further column; row n + i stays.
    turnRow(x, d, i, n, theta);
    for (const b of [0, 1]) {
      const columns = b * n + i + 1 - b;
      const count = n - i - 1 + b;
      if (count === 0) continue;
      const from = 2 * ((n + i) * d + columns);
      const reflection = reflectionOf(x.slice(from, from + 2 * count));
      reflectColumns(x, d, n + i, n + i + 1, columns, reflection);
      reflectColumns(x, d, i + 1, n, columns, reflection);
      reflectColumns(x, d, n + i + 1, d, columns, reflection);
      reflectRows(right[b], n, i + 1 - b, 0, n, conjugated(reflection));
    }
    const above = i + 1 < n ? x[2 * ((n + i) * d + i + 1)] : 0;
    setRotation(phi, i, x[2 * ((n + i) * d + n + i)], above);
    if (i + 1 < n) turnColumn(x, d, i, n, phi);
  }
  return { left, right, theta, phi };
}

/** D·(1 − τww†), D a phase of the first entry: takes a vector to its length times the first basis vector. */
interface Reflection {
  readonly w: Complex;
  readonly tau: number;
  readonly phase: readonly [number, number];
}

function reflectionOf(v: Complex): Reflection {
  const length = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  if (length === 0) return { w: v, tau: 0, phase: [1, 0] };
  const size = Math.hypot(v[0], v[1]);
  const phase = size === 0 ? [1, 0] : [v[0] / size, v[1] / size];
  const w = v.slice();
  w[0] += phase[0] * length;
  w[1] += phase[1] * length;
  return { w, tau: 1 / (length * (length + size)), phase: [-phase[0], phase[1]] };
}

const conjugated = ({ w, tau, phase }: Reflection): Reflection => ({
  w: w.map((value, i) => (i % 2 === 0 ? value : -value)),
  tau,
  phase: [phase[0], -phase[1]],
});

function columnOf(x: Complex, width: number, column: number, row: number, count: number): Complex {
  const values = new Float64Array(2 * count);
  for (let r = 0; r < count; r++) {
    const at = 2 * ((row + r) * width + column);
    values[2 * r] = x[at];
    values[2 * r + 1] = x[at + 1];
  }
  return values;
}

/** Applies a reflection from the left to the rows from `row` on, in columns [from, to). */
function reflectRows(
  x: Complex,
  width: number,
  row: number,
  from: number,
  to: number,
  { w, tau, phase }: Reflection,
): void {
  const count = to - from;
  const first = row * width + from;
  const sums = new Float64Array(2 * count);
  for (let r = 0, at = first; 2 * r < w.length; r++, at += width)
    addMultiple(sums, 0, w[2 * r], -w[2 * r + 1], x, at, count);
  for (let r = 0, at = first; 2 * r < w.length; r++, at += width)
    addMultiple(x, at, -tau * w[2 * r], -tau * w[2 * r + 1], sums, 0, count);
  for (let k = 0; k < count; k++) scale(x, first + k, phase);
}

/** Applies its transpose from the right to the columns from `column` on, in rows [from, to). */
function reflectColumns(
  x: Complex,
  width: number,
  from: number,
  to: number,
  column: number,
  { w, tau, phase }: Reflection,
): void {
  for (let r = from; r < to; r++) {
    const first = r * width + column;
    let re = 0;
    let im = 0;
    for (let i = 0; i < w.length; i += 2) {
      const a = x[2 * first + i];
      const b = x[2 * first + i + 1];
      re += w[i] * a + w[i + 1] * b;
      im += w[i] * b - w[i + 1] * a;
    }
    addMultiple(x, first, -tau * re, -tau * im, w, 0, w.length / 2);
    scale(x, first, phase);
  }
}

/** `count` numbers of `to` += (re + i·im)·those of `values`, from indices on. */
function addMultiple(
  to: Complex,
  toFirst: number,
  re: number,
  im: number,
  values: Complex,
  first: number,
  count: number,
): void {
  const shift = 2 * (toFirst - first);
  for (let i = 2 * first; i < 2 * (first + count); i += 2) {
    const a = values[i];
    const b = values[i + 1];
    to[i + shift] += re * a - im * b;
    to[i + shift + 1] += re * b + im * a;
  }
}

function scale(values: Complex, at: number, [re, im]: readonly [number, number]): void {
  const a = values[2 * at];
  const b = values[2 * at + 1];
  values[2 * at] = re * a - im * b;
  values[2 * at + 1] = re * b + im * a;
}

/** The rotation that takes (1, 0) to (c, s). */
function setRotation(to: Float64Array, i: number, c: number, s: number): void {
  const length = Math.hypot(c, s);
  to[2 * i] = c / length;
  to[2 * i + 1] = s / length;
}

/** Row n + i ← −s·(row i) + c·(row n + i), in the columns that are left. */
function turnRow(x: Complex, d: number, i: number, n: number, theta: Float64Array): void {
  const [c, s] = theta.subarray(2 * i);
  for (const [from, to] of [
    [i + 1, n],
    [n + i, d],
  ])
    for (let at = 2 * from; at < 2 * to; at++)
      x[2 * (n + i) * d + at] = c * x[2 * (n + i) * d + at] - s * x[2 * i * d + at];
}

/** Column i + 1 ← c·(column i + 1) − s·(column n + i), in the rows that are left. */
function turnColumn(x: Complex, d: number, i: number, n: number, phi: Float64Array): void {
  const [c, s] = phi.subarray(2 * i);
  for (const [from, to] of [
    [i + 1, n],
    [n + i + 1, d],
  ])
    for (let r = from; r < to; r++)
      for (const part of [0, 1]) {
        const at = 2 * (r * d + i + 1) + part;
        x[at] = c * x[at] - s * x[2 * (r * d + n + i) + part];
      }
}
