import { InputError } from '../errors.ts';
import { norm } from '../linalg/matrix.ts';
import { checkFinite } from '../magnitude.ts';
import { lossOf, residual } from '../model/loss.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { type Progress, runSync, type Work } from '../progress.ts';
import { shown } from '../wording.ts';
import { fastestRate, flowPath, flowTheta, statesOf } from './exponential/flow.ts';
import { type Interpolant, interpolate } from './exponential/interpolant.ts';
import { Records } from './exponential/records.ts';
import { sampleAt } from './exponential/sample.ts';
import type { Displacement, FlowState } from './exponential/state.ts';
import type { FlowSystem } from './flow-system.ts';
import { checkTimes } from './law.ts';

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

/** An event of a flow: which share of it is done, by the records or the Jacobians that it may have, and the loss there. */
export interface FlowProgress extends Progress {
  readonly loss: number;
}

/** A step may be so many times longer than the last. */
const growth = 50;
/** Attempts to shorten a step with the Jacobians at hand before a new one is taken. */
const attempts = 3;
/** Below this share of the first residual the rest is not followed any more. */
const negligible = 1e-9;
/** Deviations below this share of the outputs' norm are rounding, not curvature. */
const rounding = 1e-13;
/** The flow is at rest when within so many steps the loss rose so often and its least value fell by less than this × tolerance, or never changed. */
const rest = { steps: 20, rises: 5, share: 0.01 };

/**
 * Follows dθ/dt = w·Jᵀr by an exponential integrator with interpolated Jacobian (Hochbruck and Ostermann 2010 review
 * the family), whose cost is Jacobians, not steps: the rates may lie 10⁷ apart.
 *
 * Each step takes one Jacobian, in its middle, reached with the model of the last step; the whole step follows the flow
 * of the network whose Jacobian is linear between the last two middles (exponential/), and one plain evaluation at its
 * end says how far the network has left that model. A step is accepted where that deviation is at most `tolerance`·‖r‖.
 * Between steps the model is the dense output, with the deviation at the end shared out by the cube of the distance.
 * Where the flow ends in a minimum that does not fit the labels, r·∇²f bounds the step for ever, and the path only
 * fluctuates within the tolerance: it is taken to be at rest, since the loss of the true flow never rises.
 * Second order, see docs/flow.md for the derivation and for what it costs beside the exponential midpoint rule.
 */
export function followFlow(system: FlowSystem, options: FlowOptions): Flow {
  return runSync(followingFlow(system, options));
}

/**
 * The same as work with an event after every Jacobian, the first at the start.
 *
 * @throws InputError where the tolerance is not above 0, θ₀ is not finite, or there are no times or none that ascend from 0.
 */
export function* followingFlow(system: FlowSystem, options: FlowOptions): Work<Flow, FlowProgress> {
  const { y, weight, trainRows, points, loss } = system;
  if (!(options.tolerance > 0))
    throw new InputError({ where: 'tolerance', found: shown(options.tolerance), expected: 'a number above 0' });
  checkFinite('theta0', system.theta0);
  checkTimes(options.times);
  const first = system.jacobian(system.theta0);
  const residualOf = (f: Float64Array) => residual(y, f.subarray(0, trainRows));
  const lossOfOutputs = (f: Float64Array) => lossOf(loss, residualOf(f), points);
  const recorder = new Records(options, weight, lossOfOutputs);
  const small = negligible * norm(residualOf(first.f));
  const end = options.times[options.times.length - 1] * weight;
  const steps: { t: number; deviation: number }[] = [];

  let at: FlowState = { theta: system.theta0, f: first.f };
  let newest = sampleAt(system.theta0, first.J, trainRows);
  let model = interpolate(trainRows, newest);
  let s = 0;
  // Half the decay time of the fastest mode; a network without gradient stays where it is in one step.
  let h = Math.min(0.5 / fastestRate(model), end);
  let jacobians = 1;
  let evaluations = 0;
  const stopped = () => lossOfOutputs(at.f) < (options.stopLoss ?? 0);
  const negligibleLeft = () => norm(residualOf(at.f)) <= small;
  const spent = () => jacobians >= (options.mostJacobians ?? Number.POSITIVE_INFINITY);
  const losses: number[] = [lossOfOutputs(at.f)];
  const resting = () => negligibleLeft() || fluctuates(losses, options.tolerance);
  recorder.takeUntil(0, (times) => times.map(() => at));
  const event = (): FlowProgress => ({
    label: 'flow',
    done: Math.max(recorder.share, jacobians / (options.mostJacobians ?? Number.POSITIVE_INFINITY)),
    total: 1,
    loss: losses[losses.length - 1],
  });
  yield event();

  while (!recorder.full && !stopped() && !resting() && !spent()) {
    h = Math.min(h, end - s);
    const middle = flowTheta(model, y, at, h / 2);
    const sample = sampleAt(middle, system.jacobian(middle).J, trainRows);
    jacobians++;
    yield event();
    model = interpolate(trainRows, newest, sample);
    newest = sample;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const next = h >= end - s ? end : s + h;
      const path = flowPath(model, y, at, [...recorder.wantedUntil(next).map((time) => time - s), h]);
      const expected = statesOf(model, at, path.slice(-1))[0];
      const found = system.outputs(expected.theta);
      evaluations++;
      const curved = Math.max(0, distance(found, expected.f, trainRows) - rounding * norm(found));
      const off = curved / (norm(residualOf(at.f)) + small);
      const factor = 0.9 * Math.cbrt(options.tolerance / Math.max(off, Number.MIN_VALUE));
      if (off > options.tolerance) {
        h *= Math.max(0.1, factor);
        continue;
      }
      recorder.takeUntil(next, () => denseOutput(model, at, { expected, found }, path.slice(0, -1)));
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

/**
 * Whether the losses at the ends of the steps go up and down without getting lower, or are the same to the last bit: outputs that move within the
 * rounding of far larger labels.
 */
function fluctuates(losses: readonly number[], tolerance: number): boolean {
  if (losses.length <= rest.steps) return false;
  const before = Math.min(...losses.slice(0, -rest.steps));
  const recent = losses.slice(-rest.steps - 1);
  const rises = recent.filter((loss, k) => k > 0 && loss > recent[k - 1]).length;
  if (recent.every((loss) => loss === recent[0])) return true;
  return rises >= rest.rises && Math.min(...recent) > before * (1 - rest.share * tolerance);
}

/** Euclidean distance over the first m entries. */
function distance(a: Float64Array, b: Float64Array, m: number): number {
  return norm(a.slice(0, m).map((value, i) => value - b[i]));
}

/** The states along the path of an accepted step. */
function denseOutput(
  model: Interpolant,
  start: FlowState,
  end: { expected: FlowState; found: Float64Array },
  path: readonly Displacement[],
): FlowState[] {
  const moved = (state: FlowState) => distance(state.theta, start.theta, start.theta.length);
  const whole = moved(end.expected) || 1;
  return statesOf(model, start, path).map((state) => {
    const share = Math.min(1, moved(state) / whole) ** 3;
    const f = state.f.map((value, i) => value + share * (end.found[i] - end.expected.f[i]));
    return { theta: state.theta, f };
  });
}
