import { allFinite } from '../linalg/vector.ts';

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

/** What a minimiser says to whoever drives it. */
export type MinimizerEvent =
  /** It asks for value and gradient at θ, on the way from iteration `iteration`, and goes on with the answer. */
  | { readonly kind: 'evaluate'; readonly theta: Float64Array; readonly iteration: number }
  /** It has come to θ after `iteration` iterations; any answer does. */
  | { readonly kind: 'iterate'; readonly theta: Float64Array; readonly iteration: number; readonly at: Evaluation };

/**
 * A minimiser as a generator, which knows nothing of the objective but the answers it is given: a caller may stop it, go on
 * later, count what it asks for, or answer from a model of the objective.
 */
export type Minimizer = Generator<MinimizerEvent, Minimum, Evaluation>;

/** Drives a minimiser to its end on an objective. */
export function minimize(minimizer: Minimizer, objective: Objective, observe?: MinimizeOptions['observe']): Minimum {
  let step = minimizer.next();
  while (!step.done) {
    const event = step.value;
    if (event.kind === 'iterate') observe?.(event.iteration, event.theta, event.at);
    step = minimizer.next(event.kind === 'iterate' ? event.at : objective(event.theta));
  }
  return step.value;
}

export interface MinimizeOptions {
  /** Most iterations. */
  readonly steps: number;
  /** Called at the start (iteration 0) and after every iteration; `theta` is only to be read during the call. */
  readonly observe?: (iteration: number, theta: Float64Array, at: Evaluation) => void;
}

/** Whether an evaluation can be used at all. */
export function isUsable({ loss, gradient }: Evaluation): boolean {
  return Number.isFinite(loss) && allFinite(gradient);
}
