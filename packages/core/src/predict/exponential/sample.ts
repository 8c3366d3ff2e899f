import { gram, transposeGram } from '../../linalg/matrix.ts';

/** A point of parameter space with its Jacobian on all rows (rows × P). */
export interface Sample {
  readonly theta: Float64Array;
  readonly J: Float64Array;
  /** JJᵀ or JᵀJ of the training rows, whichever is smaller. */
  readonly gram: Float64Array;
}

/** The other sample of an interpolant. */
export interface Second {
  readonly b: Sample;
  /** θ_b − θ_a. */
  readonly chord: Float64Array;
}

/** A sample with m training rows. */
export function sampleAt(theta: Float64Array, J: Float64Array, m: number): Sample {
  const P = theta.length;
  const training = J.subarray(0, m * P);
  return { theta, J, gram: m <= P ? gram(training, m, P) : transposeGram(training, m, P) };
}
