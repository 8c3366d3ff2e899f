import {
  dot,
  gram,
  multiplyTransposed,
  multiplyVector,
  transposeGram,
  transposeMultiply,
} from '../../linalg/matrix.ts';

/** A point of parameter space with its Jacobian on all rows (rows × P). */
export interface Sample {
  readonly theta: Float64Array;
  readonly J: Float64Array;
  /** JJᵀ or JᵀJ of the training rows, whichever is smaller. */
  readonly gram: Float64Array;
}

/**
 * The network with its Jacobian interpolated linearly between two samples a and b: J(σ) = (1 − σ)·J_a + σ·J_b, where σ is
 * the coordinate along the chord from a (σ = 0) to b (σ = 1). Its flow needs no further Jacobian; docs/flow.md has the
 * derivation.
 */
export interface Interpolant {
  readonly a: Sample;
  /** Absent where there is one sample only: J is the same everywhere. */
  readonly second: SecondSample | undefined;
  /** The power of two near the largest entry of the Gram matrices. */
  readonly unit: number;
}

interface SecondSample {
  readonly b: Sample;
  /** θ_b − θ_a. */
  readonly chord: Float64Array;
  /** J_aJ_bᵀ or J_aᵀJ_b of the training rows. */
  readonly mixed: Float64Array;
  /** What the chord adds to the outputs of the training rows, by J_a and by J_b; absent where there are fewer parameters. */
  readonly images: { readonly a: Float64Array; readonly b: Float64Array } | undefined;
}

/** A sample with m training rows. */
export function sampleAt(theta: Float64Array, J: Float64Array, m: number): Sample {
  const P = theta.length;
  const training = J.subarray(0, m * P);
  return { theta, J, gram: m <= P ? gram(training, m, P) : transposeGram(training, m, P) };
}

/** The interpolant of two samples of m training rows; of one, or of two at the same θ, the constant Jacobian. */
export function interpolate(m: number, a: Sample, b?: Sample): Interpolant {
  const chord = b?.theta.map((value, k) => value - a.theta[k]);
  if (!b || !chord || chord.every((value) => value === 0)) return { a, second: undefined, unit: unitOf(a) };
  const P = a.theta.length;
  const [first, other] = [a, b].map(({ J }) => J.subarray(0, m * P));
  const byRows = m <= P;
  const mixed = byRows ? multiplyTransposed(first, other, m, P, m) : transposeMultiply(first, other, m, P, P);
  const along = (J: Float64Array) => multiplyVector(J, chord, m, P);
  const images = byRows ? { a: along(first), b: along(other) } : undefined;
  return { a, second: { b, chord, mixed, images }, unit: Math.max(unitOf(a), unitOf(b)) };
}

/** The power of two at the largest entry of a Gram matrix, which is on its diagonal; 1 where all are 0. */
function unitOf({ gram }: Sample): number {
  const size = Math.sqrt(gram.length);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, gram[i * size + i]);
  return largest === 0 ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** Coordinate σ of a point along the chord. */
export function coordinate({ a, second }: Interpolant, theta: Float64Array): number {
  if (!second) return 0;
  const { chord } = second;
  const offset = theta.map((value, k) => value - a.theta[k]);
  return dot(offset, 0, chord, 0, chord.length) / dot(chord, 0, chord, 0, chord.length);
}

/** (1 − σ)·x_a + σ·x_b of what is linear in the Jacobian; J(σ) itself is never formed. */
export function interpolated(
  { a, second }: Interpolant,
  sigma: number,
  of: (J: Float64Array) => Float64Array,
): Float64Array {
  const first = of(a.J);
  if (!second) return first;
  const other = of(second.b.J);
  return first.map((value, i) => (1 - sigma) * value + sigma * other[i]);
}

/** Puts down the lower triangle of the Gram matrix of J(σ), a quadratic in σ, in units of `unit`. */
export function writeGram({ a, second, unit }: Interpolant, sigma: number, to: Float64Array): void {
  const size = Math.sqrt(a.gram.length);
  const share = second ? 1 - sigma : 1;
  const [aa, ab, bb] = [(share * share) / unit, (share * sigma) / unit, (sigma * sigma) / unit];
  const mixed = second?.mixed;
  const other = second?.b.gram;
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const at = i * size + j;
      to[at] = aa * a.gram[at];
      if (mixed && other) to[at] += ab * (mixed[at] + mixed[j * size + i]) + bb * other[at];
    }
}
