import { dot } from '../../linalg/matrix.ts';
import { parametersSide } from './parameters-side.ts';
import { rowsSide } from './rows-side.ts';
import type { Sample, Second } from './sample.ts';
import type { Side } from './side.ts';

/**
 * The network with its Jacobian interpolated linearly between two samples a and b: J(σ) = (1 − σ)·J_a + σ·J_b, where σ is
 * the coordinate along the chord from a (σ = 0) to b (σ = 1). Its flow needs no further Jacobian; docs/flow.md has the
 * derivation.
 */
export interface Interpolant {
  readonly a: Sample;
  /** Absent where there is one sample only: J is the same everywhere. */
  readonly second: Second | undefined;
  readonly side: Side;
  /** The power of two near the largest entry of the Gram matrices. */
  readonly unit: number;
}

/** The interpolant of two samples of m training rows; of one, or of two at the same θ, the constant Jacobian. */
export function interpolate(m: number, a: Sample, b?: Sample): Interpolant {
  const chord = b?.theta.map((value, k) => value - a.theta[k]);
  const second = b && chord?.some((value) => value !== 0) ? { b, chord } : undefined;
  const sideOf = m <= a.theta.length ? rowsSide : parametersSide;
  const unit = Math.max(unitOf(a), second ? unitOf(second.b) : 0);
  return { a, second, side: sideOf(m, a, second), unit };
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
