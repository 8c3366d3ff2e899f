import { dot, norm } from '../linalg/matrix.ts';
import { addScaled, combined, difference, scaled } from '../linalg/vector.ts';
import { type LinePoint, lineSearch } from './line-search.ts';
import {
  type Evaluation,
  isUsable,
  type MinimizeOptions,
  type Minimizer,
  type MinimizerEvent,
  type Minimum,
  minimize,
  type Objective,
  type Stopped,
} from './objective.ts';

/** Pairs of step and change of gradient that are kept. */
const memory = 10;

/** The gradient counts as gone when it is this much smaller than at the start: about as far as doubles reach. */
const gone = 1e-12;

/** One remembered step s and the change y of the gradient along it, ρ = 1/(sᵀy). */
export interface CurvaturePair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** Part of a minimiser. */
type Asking<Result> = Generator<MinimizerEvent, Result, Evaluation>;

/** A θ with what the objective is there. */
interface Place extends Evaluation {
  readonly theta: Float64Array;
}

interface Point extends LinePoint, Place {}

/**
 * L-BFGS with ten pairs and a strong Wolfe line search (Nocedal and Wright 2006, Algorithms 7.4
 * and 7.5). An iteration is one accepted step. Directions are always downhill, so that where a search finds nothing, what
 * is left is rounding.
 */
export function lbfgs(objective: Objective, theta0: Float64Array, options: MinimizeOptions): Minimum {
  return minimize(lbfgsMinimizer(theta0, options), objective, options.observe);
}

/**
 * The same as a generator that asks for the objective.
 *
 * @param options - `pairs` is what it remembers of its way to θ₀; nothing where left out.
 */
export function* lbfgsMinimizer(
  theta0: Float64Array,
  { steps, pairs: known = [] }: Pick<MinimizeOptions, 'steps'> & { readonly pairs?: readonly CurvaturePair[] },
): Minimizer {
  const p = theta0.length;
  const zero = new Float64Array(p);
  let evaluations = 0;
  let iterations = 0;
  function* pointAt(origin: Float64Array, direction: Float64Array, step: number): Asking<Point> {
    const theta = combined(origin, step, direction);
    evaluations++;
    const at = yield { kind: 'evaluate', theta, iteration: iterations };
    return { step, theta, ...at, slope: dot(at.gradient, 0, direction, 0, p) };
  }
  let current = yield* pointAt(theta0, zero, 0);
  let pairs = known;
  const tolerance = gone * norm(current.gradient);

  function* move(): Asking<Point | undefined> {
    const direction = newton(pairs, current.gradient);
    const slope = dot(direction, 0, current.gradient, 0, p);
    if (!(slope < 0)) return undefined;
    // Without any memory the length of the gradient says nothing about the step: one radian at most.
    const first = pairs.length === 0 ? Math.min(1, 1 / norm(current.gradient)) : 1;
    return yield* lineSearch((step) => pointAt(current.theta, direction, step), { ...current, step: 0, slope }, first);
  }
  const ended = (): Stopped | undefined => {
    if (!isUsable(current)) return 'not-finite';
    if (norm(current.gradient) <= tolerance) return 'gradient';
    return iterations >= steps ? 'steps' : undefined;
  };

  yield { kind: 'iterate', iteration: 0, theta: current.theta, at: current };
  let stopped = ended();
  while (stopped === undefined) {
    const next = yield* move();
    if (next) {
      pairs = remembered(pairs, current, next);
      current = next;
      iterations++;
      yield { kind: 'iterate', iteration: iterations, theta: current.theta, at: current };
      stopped = ended();
    } else stopped = 'round-off';
  }
  const { theta, loss, gradient } = current;
  return { theta, loss, gradient, iterations, evaluations, stopped };
}

/** −H∇L with the inverse Hessian H of the remembered pairs, oldest first, by the two-loop recursion from (sᵀy/yᵀy)·1. */
export function newton(pairs: readonly CurvaturePair[], gradient: Float64Array): Float64Array {
  const p = gradient.length;
  const direction = scaled(gradient, -1);
  const alphas = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, rho } = pairs[k];
    alphas[k] = rho * dot(s, 0, direction, 0, p);
    addScaled(direction, -alphas[k], y);
  }
  const last = pairs.at(-1);
  if (last) {
    const size = 1 / (last.rho * dot(last.y, 0, last.y, 0, p));
    direction.set(scaled(direction, size));
  }
  pairs.forEach(({ s, y, rho }, k) => {
    addScaled(direction, alphas[k] - rho * dot(y, 0, direction, 0, p), s);
  });
  return direction;
}

/** The pairs with the last step added and the oldest dropped; a step without positive curvature would spoil H. */
export function remembered(pairs: readonly CurvaturePair[], from: Place, to: Place): CurvaturePair[] {
  const s = difference(to.theta, from.theta);
  const y = difference(to.gradient, from.gradient);
  const sy = dot(s, 0, y, 0, s.length);
  if (!(sy > Number.EPSILON * norm(s) * norm(y))) return [...pairs];
  return [...pairs, { s, y, rho: 1 / sy }].slice(-memory);
}
