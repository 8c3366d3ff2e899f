import { InputError } from '../../errors.ts';
import { type Complex, order, times } from '../../linalg/complex.ts';
import { dot } from '../../linalg/matrix.ts';
import type { Random } from '../../random/random.ts';

/**
 * How global minima are weighted. `directions`: You et al.'s, the directions of the inputs' parts in the positive
 * eigenspace are independent and uniform, as far as minima exist for them. `haar`: M is Haar-random, under the
 * condition ŷ = y.
 */
export const minimaMeasures = ['directions', 'haar'] as const;
export type MinimaMeasure = (typeof minimaMeasures)[number];

/** Minima of L = 0 for m orthogonal pure inputs, a traceless readout ±γ in dimension d. */
export interface MinimaSetting {
  /** d, even, at least 2m. */
  readonly dimension: number;
  /** y, each within ±γ. */
  readonly labels: Float64Array;
  readonly gamma: number;
  readonly measure: MinimaMeasure;
}

/** Sweeps before the first sample, and between two. A sweep goes over all rows with m − 1 directions each. */
const sweeps = { first: 20, between: 2 };

/**
 * Random global minima, each as P = V†Π₊V (m × m) with V the inputs and Π₊ the positive eigenspace of M(t): outputs are
 * γ(2P − 1) on the diagonal, so that P_jj = (1 + y_j/γ)/2 is fixed and only the rest is random.
 *
 * P has the density det(P)^(d/2−m) on 0 ≤ P ≤ 1 for independent directions (a Gram matrix of given norms), times
 * det(1−P)^(d/2−m) for a Haar-random M (the complex matrix Beta law), both with the diagonal fixed. Along a line both
 * determinants are quadratics, so slice sampling (Neal 2003) needs no tuning: the
 * chain's law is exact, its samples are weakly dependent. Nothing depends on d but an exponent.
 *
 * @throws InputError where d is odd or below 2m, or a label is not strictly within ±γ.
 */
export function sampleMinima(setting: MinimaSetting, count: number, draw: Random): Complex[] {
  return [...drawMinima(setting, count, draw)];
}

/** The same one by one, for where all of them take too much memory. */
export function* drawMinima(setting: MinimaSetting, count: number, draw: Random): Generator<Complex, void> {
  const { dimension, labels, gamma, measure } = setting;
  const m = labels.length;
  if (!(dimension % 2 === 0 && dimension >= 2 * m))
    throw new InputError({
      where: 'dimension',
      found: `${dimension}`,
      expected: `an even number of at least 2m = ${2 * m}`,
    });
  labels.forEach((label, j) => {
    if (!(Math.abs(label) < gamma))
      throw new InputError({
        where: `labels[${j}]`,
        found: `${label}`,
        expected: `a number strictly within ±gamma = ±${gamma}`,
      });
  });
  const inside = dimension / 2 - m;
  const chain: Chain = { P: new Float64Array(2 * m * m), m, inside, outside: measure === 'haar' ? inside : 0 };
  labels.forEach((label, j) => {
    chain.P[2 * (j * m + j)] = (1 + label / gamma) / 2;
  });
  for (let k = 0; k < count; k++) {
    for (let left = k === 0 ? sweeps.first : sweeps.between; left > 0; left--) sweep(chain, draw);
    yield chain.P.slice();
  }
}

/** P and the exponents of det P and of det(1 − P). */
interface Chain {
  readonly P: Complex;
  readonly m: number;
  readonly inside: number;
  readonly outside: number;
}

/** Moves the off-diagonal part of each row, the rest fixed. */
function sweep(chain: Chain, draw: Random): void {
  const { P, m } = chain;
  if (m === 1) return;
  for (let i = 0; i < m; i++) {
    const others = Array.from({ length: m }, (_, j) => j).filter((j) => j !== i);
    const z = Float64Array.from(others.flatMap((j) => [P[2 * (j * m + i)], P[2 * (j * m + i) + 1]]));
    moveRow(chain, i, others, z, draw);
    others.forEach((j, k) => {
      P[2 * (j * m + i)] = P[2 * (i * m + j)] = z[2 * k];
      P[2 * (j * m + i) + 1] = z[2 * k + 1];
      P[2 * (i * m + j) + 1] = -z[2 * k + 1];
    });
  }
}

/** Moves z, the column that row i shares with the others, along m − 1 random directions. */
function moveRow(chain: Chain, i: number, others: readonly number[], z: Float64Array, draw: Random): void {
  const { P, m, inside, outside } = chain;
  const diagonal = P[2 * (i * m + i)];
  const block = blockOf(P, m, others);
  const rest = block.map((value, at) => (at % (2 * m) === 0 ? 1 : 0) - value);
  // |P_ij|² cannot exceed P_ii·P_jj, nor what 1 − P leaves: each entry is moved in such a unit.
  const units = others.map((_, k) => Math.sqrt(block[2 * m * k] * rest[2 * m * k]));
  // det P = det A·(p − z†A⁻¹z) with A the block of the others; 1 − P likewise.
  const brackets = [bracketOf(block, diagonal, inside, z), bracketOf(rest, 1 - diagonal, outside, z)];
  for (let move = 0; move < others.length; move++) {
    const u = Float64Array.from({ length: z.length }, (_, k) => units[k >> 1] * draw.normal());
    const images = brackets.map(({ inverse }) => times(inverse, u));
    const lines = brackets.map(({ value, image, exponent }, b) => {
      return { value, slope: real(u, image), bend: real(u, images[b]), exponent };
    });
    const step = slice(lines, draw);
    for (let k = 0; k < z.length; k++) z[k] += step * u[k];
    brackets.forEach((bracket, b) => {
      bracket.value -= step * (2 * lines[b].slope + lines[b].bend * step);
      for (let k = 0; k < z.length; k++) bracket.image[k] += step * images[b][k];
    });
  }
}

/** p − z†A⁻¹z, to the power `exponent`. */
interface Bracket {
  readonly inverse: Complex;
  readonly exponent: number;
  value: number;
  /** A⁻¹z. */
  readonly image: Float64Array;
}

function bracketOf(A: Complex, p: number, exponent: number, z: Float64Array): Bracket {
  const inverse = inverted(A);
  const image = times(inverse, z);
  return { inverse, exponent, value: p - real(z, image), image };
}

/** (value − 2·slope·s − bend·s²)^exponent, 0 where the bracket is negative. */
interface Line {
  readonly value: number;
  readonly slope: number;
  readonly bend: number;
  readonly exponent: number;
}

/** Re a†b. */
function real(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}

/** A step s from 0 whose law leaves the density Π lines(s) as it is: slice sampling with shrinkage. */
function slice(lines: readonly Line[], draw: Random): number {
  const height = Math.log(1 - draw.uniform());
  // Where every bracket is positive: between the roots next to 0.
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (const { value, slope, bend } of lines) {
    const root = Math.sqrt(slope * slope + bend * value);
    low = Math.max(low, slope > 0 ? -(slope + root) / bend : -value / (root - slope));
    high = Math.min(high, slope > 0 ? value / (root + slope) : (root - slope) / bend);
  }
  for (;;) {
    const s = draw.uniform(low, high);
    if (logRatio(lines, s) >= height) return s;
    if (s < 0) low = s;
    else high = s;
  }
}

/** Logarithm of the density at s over that at 0. */
function logRatio(lines: readonly Line[], s: number): number {
  let sum = 0;
  for (const { value, slope, bend, exponent } of lines) {
    const change = (-s * (2 * slope + bend * s)) / value;
    if (!(change > -1)) return Number.NEGATIVE_INFINITY;
    sum += exponent * Math.log1p(change);
  }
  return sum;
}

function blockOf(P: Complex, m: number, rows: readonly number[]): Complex {
  return Float64Array.from(rows.flatMap((r) => rows.flatMap((c) => [P[2 * (r * m + c)], P[2 * (r * m + c) + 1]])));
}

/** A⁻¹ of a positive definite matrix: Gauss and Jordan, whose pivots need no search. */
function inverted(A: Complex): Complex {
  const n = order(A);
  const a = A.slice();
  for (let k = 0; k < n; k++) {
    const pivot = a[2 * (k * n + k)];
    for (let r = 0; r < n; r++) {
      if (r === k) continue;
      const re = a[2 * (r * n + k)] / pivot;
      const im = a[2 * (r * n + k) + 1] / pivot;
      for (let c = 0; c < n; c++) {
        const [at, from] = [2 * (r * n + c), 2 * (k * n + c)];
        a[at] -= re * a[from] - im * a[from + 1];
        a[at + 1] -= re * a[from + 1] + im * a[from];
      }
      a[2 * (r * n + k)] = -re;
      a[2 * (r * n + k) + 1] = -im;
    }
    for (let c = 0; c < 2 * n; c++) a[2 * k * n + c] /= pivot;
    a[2 * (k * n + k)] = 1 / pivot;
    a[2 * (k * n + k) + 1] = 0;
  }
  return a;
}
