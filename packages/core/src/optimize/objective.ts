/** A function to minimise: its value and gradient at θ. Pure, so that a line search may ask in any order. */
export type Objective = (theta: Float64Array) => Evaluation;

/** Value and gradient (length P) of an objective at one θ. */
export interface Evaluation {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** Outputs on the training points behind the loss, points × outputs, where the objective is one of a network. */
  readonly outputs?: Float64Array;
}

/**
 * Why a minimiser came to its end: it had made all its steps; the gradient was gone; no further decrease can be seen
 * above rounding; or loss or gradient were no longer finite.
 */
export type Stopped = 'steps' | 'gradient' | 'round-off' | 'not-finite';

/** Where a minimiser came to. */
export interface Minimum extends Evaluation {
  readonly theta: Float64Array;
  readonly iterations: number;
  /** Evaluations of the objective, the one at the start included. */
  readonly evaluations: number;
  readonly stopped: Stopped;
}

export interface MinimizeOptions {
  /** Most iterations. */
  readonly steps: number;
  /** Called at the start (iteration 0) and after every iteration; `theta` is only to be read during the call. */
  readonly observe?: (iteration: number, theta: Float64Array, at: Evaluation) => void;
}

/** Whether an evaluation can be used at all. */
export function isUsable({ loss, gradient }: Evaluation): boolean {
  return Number.isFinite(loss) && gradient.every(Number.isFinite);
}
