import { norm } from '../linalg/matrix.ts';
import { isUsable, type MinimizeOptions, type Minimum, type Objective, type Stopped } from '../optimize/objective.ts';

/** The change of θ that follows from the gradient at iteration `iteration` (counted from 1). */
export type Rule = (gradient: Float64Array, iteration: number) => Float64Array;

/** Repeats θ ← θ + rule(∇L): one evaluation an iteration and one at the start, no decrease asked for. */
export function descend(objective: Objective, theta0: Float64Array, options: MinimizeOptions, rule: Rule): Minimum {
  let theta = theta0.slice();
  let at = objective(theta);
  let iteration = 0;
  const ended = (): Stopped | undefined => {
    if (!isUsable(at)) return 'not-finite';
    if (norm(at.gradient) === 0) return 'gradient';
    return iteration >= options.steps ? 'steps' : undefined;
  };
  options.observe?.(0, theta, at);
  let stopped = ended();
  while (stopped === undefined) {
    iteration++;
    const change = rule(at.gradient, iteration);
    theta = theta.map((value, i) => value + change[i]);
    at = objective(theta);
    options.observe?.(iteration, theta, at);
    stopped = ended();
  }
  return { theta, ...at, iterations: iteration, evaluations: iteration + 1, stopped };
}
