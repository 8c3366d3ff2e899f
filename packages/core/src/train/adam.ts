import type { MinimizeOptions, Minimum, Objective } from '../optimize/objective.ts';
import { descend } from './descend.ts';

/** Decay of the two running means, and what keeps the quotient finite: Kingma and Ba's values. */
const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/**
 * Adam (Kingma and Ba 2015, Algorithm 1): θ ← θ − η·m̂/(√v̂ + ε), with m̂ and v̂ the running means of ∇L and of its
 * square, corrected for their start at 0. No angle moves by much more than η a step, whatever the gradient's size.
 */
export function adam(
  objective: Objective,
  theta0: Float64Array,
  options: MinimizeOptions & { readonly rate: number },
): Minimum {
  const mean = new Float64Array(theta0.length);
  const square = new Float64Array(theta0.length);
  return descend(objective, theta0, options, (gradient, iteration) => {
    const weight1 = 1 - beta1 ** iteration;
    const weight2 = 1 - beta2 ** iteration;
    return gradient.map((value, i) => {
      mean[i] = beta1 * mean[i] + (1 - beta1) * value;
      square[i] = beta2 * square[i] + (1 - beta2) * value * value;
      return (-options.rate * (mean[i] / weight1)) / (Math.sqrt(square[i] / weight2) + epsilon);
    });
  });
}
