import type { MinimizeOptions, Minimum, Objective } from '../optimize/objective.ts';
import { descend } from './descend.ts';

/** Gradient descent θ ← θ − η∇L at a fixed rate η. */
export function gradientDescent(
  objective: Objective,
  theta0: Float64Array,
  options: MinimizeOptions & { readonly rate: number },
): Minimum {
  return descend(objective, theta0, options, (gradient) => gradient.map((value) => -options.rate * value));
}
