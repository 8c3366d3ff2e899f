import { runSync, type Work } from '../progress.ts';
import { dopri5 } from './dopri5.ts';
import { createIntegrator } from './runge-kutta.ts';

/** dx/dt of an autonomous system. */
export type Derivative = (x: Float64Array) => Float64Array;

/** Solution of an ordinary differential equation. */
export interface Solution {
  /** x at each of the times asked for. */
  readonly states: readonly Float64Array[];
  /** Evaluations of the derivative. */
  readonly evaluations: number;
}

/**
 * Solves dx/dt = f(x) by the Runge-Kutta pair of Dormand and Prince, orders 5 and 4. The estimated error of a step stays
 * below `tolerance` times the largest of 1 and ‖x‖, in Euclidean norm.
 *
 * @param f - may keep what it is given no longer than the call.
 * @param times - ascending, from 0 on, where x = x0.
 * @throws InputError where the solution cannot be followed to the end, or is not finite.
 */
export function solve(f: Derivative, x0: Float64Array, times: Float64Array, tolerance: number): Solution {
  return runSync(solving(f, x0, times, tolerance));
}

/** The same as work, with an event after every evaluation. */
export function* solving(f: Derivative, x0: Float64Array, times: Float64Array, tolerance: number): Work<Solution> {
  const states: Float64Array[] = [];
  const follow = createIntegrator(dopri5, (x, out) => out.set(f(x)), x0.length, 'evaluations');
  const { evaluations } = yield* follow(x0, times, tolerance, {
    accept: () => true,
    record(_, x) {
      states.push(x.slice());
      return true;
    },
  });
  return { states, evaluations };
}
