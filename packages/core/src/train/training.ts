import type { Dataset } from '../model/dataset.ts';
import type { LossKind } from '../model/loss.ts';
import type { Model } from '../model/model.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { Stopped } from '../optimize/objective.ts';
import type { Progress, Work } from '../progress.ts';
import type { BatchOptions } from './batches.ts';
import type { FirstOrderRule } from './descend.ts';

/**
 * An event of a training: an iteration, and the loss there (of the minibatch, where there are any). The flow has no
 * iterations: `done` is its share of `total` by the records that it has taken.
 */
export interface TrainingProgress extends Progress {
  readonly loss: number;
}

/** How to train. P parameters. */
export interface TrainingOptions {
  readonly loss: LossKind;
  /** Most iterations. */
  readonly steps: number;
  /** Learning rate, for optimisers that have one; the default depends on the optimiser. */
  readonly rate?: number | undefined;
  /** Largest deviation of a step of the gradient flow from its model, relative to the residual; of `flow` only. */
  readonly tolerance?: number;
  /** Where to start, length P, radians. */
  readonly theta0: Float64Array;
  /** Iterations to record; the first and the last are always recorded. Log-spaced where left out. */
  readonly record?: readonly number[];
  /** Gradients of so many points each, in a random order; all points where left out. */
  readonly batch?: BatchOptions | undefined;
  /** Momentum β from 0 to 1, exclusive; none where left out. */
  readonly momentum?: number | undefined;
}

/** A real training run. */
export interface Training {
  /** Where it ended, length P. */
  readonly theta: Float64Array;
  /** Steps taken; of the integrator, not of the rate, for `flow`. */
  readonly iterations: number;
  /** Evaluations of loss and gradient, the one at the start included. */
  readonly evaluations: number;
  /** Jacobians among the evaluations, where others were plain outputs; of `flow` only. */
  readonly jacobians?: number;
  readonly stopped: Exclude<Stopped, 'not-finite'>;
  /** The learning rate used, also where it was the default; absent for optimisers without one. */
  readonly rate?: number;
  readonly trajectory: Trajectory;
  /** θ at each record of the trajectory, records × P: for the kernel along the way. */
  readonly thetas: Float64Array;
  /** ‖θ − θ₀‖/‖θ₀‖ (Scala et al. 2025, Fig. 1c); null where θ₀ = 0. */
  readonly parameterChange: number | null;
}

/**
 * What the learning rate η of a SPEC means to an optimiser: `flow-time`, a step of it is the time η of the gradient flow,
 * so that it shares the clock t = η × steps of the forecast; `step-length`, η bounds a step and says nothing of time;
 * `none`, it finds its step lengths itself.
 */
export type RateMeaning = 'flow-time' | 'step-length' | 'none';

/** One way to train, as one entry of the table in optimizers.ts; everything that is known of an optimiser stands there. */
export interface Optimizer {
  /** Its name in a SPEC. */
  readonly name: string;
  /** Its name in a sentence. */
  readonly label: string;
  readonly summary: string;
  readonly rate: RateMeaning;
  /** Options of a training that it takes beside the rate. */
  readonly takes: readonly ('batch' | 'momentum' | 'tolerance')[];
  /** Its step as a training of these options makes it, where that follows from the gradient and what it remembers. */
  rule?(model: Model, dataset: Dataset, options: TrainingOptions): FirstOrderRule;
  /** @throws InputError where the loss does not stay finite. */
  training(model: Model, dataset: Dataset, options: TrainingOptions): Work<Training, TrainingProgress>;
}
