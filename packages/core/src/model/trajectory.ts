/**
 * Outputs along a training run, real or forecast: the shape that plots, scores and tables take.
 *
 * Record k was taken at `times[k]`, which is t = η × steps for everything that follows the gradient flow, and the
 * number of iterations for an optimiser without a clock (L-BFGS, Adam).
 */
export interface Trajectory {
  readonly clock: 't' | 'iterations';
  readonly times: Float64Array;
  /** Training loss at each record. */
  readonly trainLoss: Float64Array;
  /** Outputs on the training points, records × (points·outputs). */
  readonly train: Float64Array;
  /** Outputs on the test points, records × (points·outputs). */
  readonly test: Float64Array;
}
