/**
 * Real training: gradient descent, Adam, L-BFGS and the gradient flow; minimisers as generators, for objectives of one's own.
 *
 * @module
 */
export { type CurvaturePair, lbfgsMinimizer } from '../optimize/lbfgs.ts';
export {
  type Evaluation,
  type MinimizeOptions,
  type Minimizer,
  type MinimizerEvent,
  type Minimum,
  minimize,
  type Objective,
  type Stopped,
} from '../optimize/objective.ts';
export { type BatchOptions, batches, checkBatchSize } from '../train/batches.ts';
export { type DescendOptions, descend, type FirstOrderRule, type Move } from '../train/descend.ts';
export { type KernelRecord, kernelAlong } from '../train/kernel-along.ts';
export { optimizerNamed, optimizers } from '../train/optimizers.ts';
export { type Block, type Points, preparePoints } from '../train/points.ts';
export { outputsAtRecord, scoreTraining, type TrainingScores } from '../train/scores.ts';
export { train, training } from '../train/train.ts';
export type { Optimizer, RateMeaning, Training, TrainingOptions, TrainingProgress } from '../train/training.ts';
