import { lbfgs } from '../optimize/lbfgs.ts';
import { adam } from './adam.ts';
import { flow } from './flow.ts';
import { gradientDescent } from './gd.ts';
import { minimizing, stabilityLimit } from './minimizing.ts';
import type { Optimizer } from './training.ts';

/** Every optimiser a SPEC can name. One that is no minimiser of an objective has a `train` of its own. */
export const optimizers: readonly Optimizer[] = [
  minimizing({
    name: 'gd',
    summary: 'gradient descent at a fixed rate, by default half the largest stable one',
    clock: 't',
    // At half the limit the first mode is gone in one step and no mode overshoots, while λmax may double on the way.
    defaultRate: (problem) => {
      const limit = stabilityLimit(problem);
      // Without any gradient every rate does the same.
      return Number.isFinite(limit) ? limit / 2 : 1;
    },
    minimize: gradientDescent,
  }),
  minimizing({
    name: 'adam',
    summary: 'Adam, by default at rate 0.01',
    clock: 'iterations',
    // An angle moves by about the rate in a step: 0.01 rad resolves the loss and crosses a period in some 600 steps.
    defaultRate: () => 0.01,
    minimize: adam,
  }),
  minimizing({
    name: 'lbfgs',
    summary: 'L-BFGS with a strong Wolfe line search, as Scala et al. 2025 train',
    clock: 'iterations',
    minimize: lbfgs,
  }),
  flow,
];
