import { norm } from '../linalg/matrix.ts';
import { isUsable, type Minimizer, type Stopped } from '../optimize/objective.ts';

/** What a step changes θ by, and the state after it. */
export interface Move<State> {
  readonly change: Float64Array;
  readonly state: State;
}

/**
 * An optimiser that needs the gradient and what it remembers, and no value: a pure state machine, so that a caller may keep
 * a state and go on from it again. States are never changed in place.
 */
export interface FirstOrderRule<State = unknown> {
  /** The state before the first step of `parameters` parameters. */
  start(parameters: number): State;
  move(state: State, gradient: Float64Array): Move<State>;
}

export interface DescendOptions {
  /** Number of steps. */
  readonly steps: number;
  /** The gradient is that of some of the points: that it is 0 does not end the run. */
  readonly sampled?: boolean;
}

/** Repeats θ ← θ + change(∇L): one evaluation an iteration and one at the start, no decrease asked for. */
export function* descend<State>(
  theta0: Float64Array,
  { steps, sampled = false }: DescendOptions,
  rule: FirstOrderRule<State>,
): Minimizer {
  let theta = theta0.slice();
  let state = rule.start(theta.length);
  let iteration = 0;
  let at = yield { kind: 'evaluate', theta, iteration };
  const ended = (): Stopped | undefined => {
    if (!isUsable(at)) return 'not-finite';
    if (!sampled && norm(at.gradient) === 0) return 'gradient';
    return iteration >= steps ? 'steps' : undefined;
  };
  yield { kind: 'iterate', theta, iteration, at };
  let stopped = ended();
  while (stopped === undefined) {
    const move = rule.move(state, at.gradient);
    state = move.state;
    iteration++;
    theta = theta.map((value, i) => value + move.change[i]);
    at = yield { kind: 'evaluate', theta, iteration };
    yield { kind: 'iterate', theta, iteration, at };
    stopped = ended();
  }
  return { theta, loss: at.loss, gradient: at.gradient, iterations: iteration, evaluations: iteration + 1, stopped };
}
