/**
 * Real training: gradient descent, Adam, L-BFGS and the gradient flow.
 *
 * @module
 */
export { optimizerNamed, optimizers } from '../train/index.ts';
export { type KernelRecord, kernelAlong } from '../train/kernel-along.ts';
export { type Block, type Points, preparePoints } from '../train/points.ts';
export { train } from '../train/train.ts';
export type { Optimizer, RateMeaning, Training, TrainingOptions } from '../train/training.ts';
