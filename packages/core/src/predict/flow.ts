import { norm } from '../linalg/matrix.ts';
import { lossOf, residual } from '../model/loss.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { FlowSystem } from './flow-system.ts';
import { fastestRate, follow, type Path, type Secant, sampleAt, secantThrough, thetaAfter } from './secant.ts';

export interface FlowOptions {
  /** Times t = η × steps at which outputs are wanted, ascending. */
  readonly times: Float64Array;
  /** Largest ‖f(θ) − model‖/‖r‖ at the end of a step, over the training rows. */
  readonly tolerance: number;
  /** The run ends where the training loss falls below; that end is its last record. */
  readonly stopLoss?: number;
  /** The run ends where so many Jacobians are spent; that end is its last record. */
  readonly mostJacobians?: number;
  /** Records hold the training loss alone: outputs of many rows at many times take much memory. */
  readonly lossOnly?: boolean;
}

/** Gradient flow, followed with few Jacobians. */
export interface Flow {
  readonly trajectory: Trajectory;
  /** Whether it came to the last time, to `stopLoss` or to rest, with the Jacobians it was given. */
  readonly complete: boolean;
  /** Parameters at the end, and at each record (records × P). */
  readonly theta: Float64Array;
  readonly thetas: Float64Array;
  /** Jacobians and plain evaluations on all rows that it took. */
  readonly jacobians: number;
  readonly evaluations: number;
  /** Accepted steps: where they ended and how far the network had left its model there, relative to the residual. */
  readonly steps: readonly { readonly t: number; readonly deviation: number }[];
}

/** A step may be so many times longer than the last. */
const growth = 50;
/** Attempts to shorten a step with the Jacobians at hand before a new one is taken. */
const attempts = 3;
/** Below this share of the first residual the rest is not followed any more. */
const negligible = 1e-9;
/** Deviations below this share of the outputs' norm are rounding, not curvature. */
const rounding = 1e-13;
/** The flow is at rest when within so many steps the loss rose so often and its least value fell by less than this × tolerance. */
const rest = { steps: 20, rises: 5, share: 0.01 };

/**
 * Follows dθ/dt = w·Jᵀr by a stiff integrator whose cost is Jacobians, not steps: the rates may lie 10⁷ apart.
 *
 * Each step takes one Jacobian, in its middle, reached with the model of the last step; the whole step follows the flow
 * of the network whose Jacobian is linear between the last two middles (secant.ts), and one plain evaluation at its end
 * says how far the network has left that model. A step is accepted where that deviation is at most `tolerance`·‖r‖.
 * Between steps the model is the dense output, with the deviation at the end shared out by the cube of the distance.
 * Where the flow ends in a minimum that does not fit the labels, r·∇²f bounds the step for ever, and the path only
 * trembles within the tolerance: it is taken to be at rest, since the loss of the true flow never rises.
 * Second order, see docs/flow.md for the derivation and for what it costs beside the exponential midpoint rule.
 */
export function followFlow(system: FlowSystem, options: FlowOptions): Flow {
  const { y, weight, trainRows, points, loss } = system;
  const first = system.jacobian(system.theta0);
  const residualOf = (f: Float64Array) => residual(y, f.subarray(0, trainRows));
  const lossOfOutputs = (f: Float64Array) => lossOf(loss, residualOf(f), points);
  const recorder = new Records(options, weight, lossOfOutputs);
  const small = negligible * norm(residualOf(first.f));
  const end = options.times[options.times.length - 1] * weight;
  const steps: { t: number; deviation: number }[] = [];

  let at: Path = { theta: system.theta0, f: first.f };
  let newest = sampleAt(system.theta0, first.J, trainRows);
  let model = secantThrough(trainRows, newest);
  let s = 0;
  // Half the decay time of the fastest mode; a network without gradient stays where it is in one step.
  let h = Math.min(0.5 / fastestRate(model), end);
  let jacobians = 1;
  let evaluations = 0;
  const stopped = () => lossOfOutputs(at.f) < (options.stopLoss ?? 0);
  const negligibleLeft = () => norm(residualOf(at.f)) <= small;
  const spent = () => jacobians >= (options.mostJacobians ?? Number.POSITIVE_INFINITY);
  const losses: number[] = [lossOfOutputs(at.f)];
  const resting = () => negligibleLeft() || trembles(losses, options.tolerance);
  recorder.takeUntil(0, (times) => times.map(() => at));

  while (!recorder.full && !stopped() && !resting() && !spent()) {
    h = Math.min(h, end - s);
    const middle = thetaAfter(model, y, at, h / 2);
    const sample = sampleAt(middle, system.jacobian(middle).J, trainRows);
    jacobians++;
    model = secantThrough(trainRows, newest, sample);
    newest = sample;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const expected = follow(model, y, at, [h])[0];
      const found = system.outputs(expected.theta);
      evaluations++;
      const curved = Math.max(0, distance(found, expected.f, trainRows) - rounding * norm(found));
      const off = curved / (norm(residualOf(at.f)) + small);
      const factor = 0.9 * Math.cbrt(options.tolerance / Math.max(off, Number.MIN_VALUE));
      if (off > options.tolerance) {
        h *= Math.max(0.1, factor);
        continue;
      }
      const next = h >= end - s ? end : s + h;
      recorder.takeUntil(next, (times) =>
        denseOutput(
          model,
          y,
          at,
          { expected, found, length: h },
          times.map((time) => time - s),
        ),
      );
      steps.push({ t: next / weight, deviation: off });
      at = { theta: expected.theta, f: found };
      losses.push(lossOfOutputs(found));
      s = next;
      h *= Math.min(growth, factor);
      break;
    }
  }
  const complete = recorder.full || stopped() || resting();
  if (stopped() || !complete) recorder.closeWith(s, at);
  // Where only rounding is left of the residual, or the gradient is gone, nothing moves any more.
  else if (resting()) recorder.takeUntil(end, (times) => times.map(() => at));
  return { ...recorder.finish(trainRows), complete, theta: at.theta, jacobians, evaluations, steps };
}

/** Whether the losses at the ends of the steps go up and down without getting lower. */
function trembles(losses: readonly number[], tolerance: number): boolean {
  if (losses.length <= rest.steps) return false;
  const before = Math.min(...losses.slice(0, -rest.steps));
  const recent = losses.slice(-rest.steps - 1);
  const rises = recent.filter((loss, k) => k > 0 && loss > recent[k - 1]).length;
  return rises >= rest.rises && Math.min(...recent) > before * (1 - rest.share * tolerance);
}

/** Euclidean distance over the first m entries. */
function distance(a: Float64Array, b: Float64Array, m: number): number {
  return norm(a.slice(0, m).map((value, i) => value - b[i]));
}

/** The path at times within an accepted step, counted from its start. */
function denseOutput(
  model: Secant,
  y: Float64Array,
  start: Path,
  end: { expected: Path; found: Float64Array; length: number },
  times: readonly number[],
): Path[] {
  if (times.length === 0) return [];
  const moved = (path: Path) => distance(path.theta, start.theta, start.theta.length);
  const whole = moved(end.expected) || 1;
  return follow(model, y, start, [...times, end.length])
    .slice(0, -1)
    .map((path) => {
      const share = Math.min(1, moved(path) / whole) ** 3;
      const f = path.f.map((value, i) => value + share * (end.found[i] - end.expected.f[i]));
      return { theta: path.theta, f };
    });
}

/** Collects losses, parameters and outputs at the wanted times as steps pass them. */
class Records {
  readonly #wanted: Float64Array;
  readonly #weight: number;
  readonly #loss: (f: Float64Array) => number;
  readonly #lossOnly: boolean;
  readonly #times: number[] = [];
  readonly #losses: number[] = [];
  readonly #paths: Path[] = [];

  constructor({ times, lossOnly }: FlowOptions, weight: number, loss: (f: Float64Array) => number) {
    this.#wanted = times;
    this.#weight = weight;
    this.#loss = loss;
    this.#lossOnly = lossOnly === true;
  }

  get full(): boolean {
    return this.#times.length >= this.#wanted.length;
  }

  /** Records the wanted times up to `next`; `at` gives the path at a list of kernel times. */
  takeUntil(next: number, at: (times: number[]) => readonly Path[]): void {
    const left = this.#wanted.subarray(this.#times.length);
    const beyond = left.findIndex((t) => t * this.#weight > next);
    const now = Array.from(beyond < 0 ? left : left.subarray(0, beyond));
    const paths = at(now.map((t) => t * this.#weight));
    for (const [k, path] of paths.entries()) this.#take(now[k], path);
  }

  /** Records one last path at the kernel time s. */
  closeWith(s: number, path: Path): void {
    this.#take(s / this.#weight, path);
  }

  #take(time: number, path: Path): void {
    this.#times.push(time);
    this.#losses.push(this.#loss(path.f));
    if (!this.#lossOnly) this.#paths.push(path);
  }

  finish(trainRows: number): { trajectory: Trajectory; thetas: Float64Array } {
    const joined = (part: (path: Path) => Float64Array) => {
      const parts = this.#paths.map(part);
      const all = new Float64Array(parts.reduce((length, each) => length + each.length, 0));
      let at = 0;
      for (const each of parts) {
        all.set(each, at);
        at += each.length;
      }
      return all;
    };
    return {
      trajectory: {
        clock: 't',
        times: Float64Array.from(this.#times),
        trainLoss: Float64Array.from(this.#losses),
        train: joined(({ f }) => f.subarray(0, trainRows)),
        test: joined(({ f }) => f.subarray(trainRows)),
      },
      thetas: joined(({ theta }) => theta),
    };
  }
}
