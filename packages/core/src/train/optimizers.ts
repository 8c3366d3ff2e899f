import { lbfgsMinimizer } from '../optimize/lbfgs.ts';
import { adam, usualRate } from './adam.ts';
import { flow } from './flow.ts';
import { gradientDescent } from './gd.ts';
import { halfStabilityLimit, minimizing } from './minimizing.ts';
import type { Optimizer } from './training.ts';

/**
 * Every optimiser a SPEC can name, the only place that knows them: the schema, the check of a forecast by training, the
 * command line and the report read this table. One that is no minimiser of an objective has a `training` of its own.
 */
export const optimizers: readonly Optimizer[] = [
  minimizing({
    name: 'gd',
    label: 'gradient descent',
    summary: 'gradient descent at a fixed rate, by default half the largest stable one',
    rate: 'flow-time',
    takes: ['batch', 'momentum'],
    // At half the limit the first mode is gone in one step and no mode overshoots, while λmax may double on the way.
    defaultRate: halfStabilityLimit,
    rule: gradientDescent,
  }),
  minimizing({
    name: 'adam',
    label: 'Adam',
    summary: 'Adam, by default at rate 0.01',
    rate: 'step-length',
    takes: ['batch'],
    defaultRate: () => usualRate,
    rule: adam,
  }),
  minimizing({
    name: 'lbfgs',
    label: 'L‑BFGS',
    summary: 'L-BFGS with a strong Wolfe line search, as Scala et al. 2025 train',
    rate: 'none',
    takes: [],
    minimizer: lbfgsMinimizer,
  }),
  flow,
];

/** The entry of a name; undefined where there is none. */
export function optimizerNamed(name: string): Optimizer | undefined {
  return optimizers.find((entry) => entry.name === name);
}
