import { symmetricEigen } from '../../linalg/eigen.ts';
import { dot, gram, multiplyTransposed, transposeGram, transposeMultiply } from '../../linalg/matrix.ts';

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
  /** Eigenvalues and eigenvectors of the Gram matrix at σ; attempts and dense output ask for the same ones again. */
  readonly eigenAt: (sigma: number) => Eigen;
}

interface SecondSample {
  readonly b: Sample;
  /** θ_b − θ_a. */
  readonly chord: Float64Array;
  /** J_aJ_bᵀ or J_aᵀJ_b of the training rows. */
  readonly mixed: Float64Array;
}

type Eigen = ReturnType<typeof symmetricEigen>;

/** A sample with m training rows. */
export function sampleAt(theta: Float64Array, J: Float64Array, m: number): Sample {
  const P = theta.length;
  const training = J.subarray(0, m * P);
  return { theta, J, gram: m <= P ? gram(training, m, P) : transposeGram(training, m, P) };
}

/** The interpolant of two samples of m training rows; of one, or of two at the same θ, the constant Jacobian. */
export function interpolate(m: number, a: Sample, b?: Sample): Interpolant {
  const chord = b?.theta.map((value, k) => value - a.theta[k]);
  const size = Math.min(m, a.theta.length);
  if (!b || !chord || chord.every((value) => value === 0)) {
    const eigen = memoised(size, () => symmetricEigen(a.gram, size));
    return { a, second: undefined, eigenAt: () => eigen(0) };
  }
  const P = a.theta.length;
  const [first, other] = [a, b].map(({ J }) => J.subarray(0, m * P));
  const mixed = m <= P ? multiplyTransposed(first, other, m, P, m) : transposeMultiply(first, other, m, P, P);
  const second = { b, chord, mixed };
  return { a, second, eigenAt: memoised(size, (sigma) => symmetricEigen(gramAt(a, second, sigma), size)) };
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

/** The Gram matrix of J(σ): a quadratic in σ, so that many σ cost no more than the products of the samples. */
function gramAt(a: Sample, { b, mixed }: SecondSample, sigma: number): Float64Array {
  const size = Math.sqrt(mixed.length);
  const [aa, ab, bb] = [(1 - sigma) ** 2, (1 - sigma) * sigma, sigma ** 2];
  const out = new Float64Array(mixed.length);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      out[at] = aa * a.gram[at] + ab * (mixed[at] + mixed[j * size + i]) + bb * b.gram[at];
    }
  return out;
}

/** Numbers that memoised eigenvectors may take: 64 MiB. */
const mostMemoised = 2 ** 23;

/** Eigensystems by σ, found once each as long as they fit in memory. */
function memoised(size: number, find: (sigma: number) => Eigen): (sigma: number) => Eigen {
  const known = new Map<number, Eigen>();
  return (sigma) => {
    const found = known.get(sigma) ?? find(sigma);
    if ((known.size + 1) * size ** 2 <= mostMemoised) known.set(sigma, found);
    return found;
  };
}
