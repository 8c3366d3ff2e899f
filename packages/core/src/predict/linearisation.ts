import { kernelChange } from '../kernel/change.ts';
import type { Jacobian } from '../kernel/jacobian.ts';
import { logSpaced } from '../linalg/log-spaced.ts';
import { multiplyVector, norm } from '../linalg/matrix.ts';
import { residual } from '../model/loss.ts';
import { followFlow } from './flow.ts';
import type { FlowSystem } from './flow-system.ts';
import { flowLaw, type Law } from './law.ts';
import { type LinearModel, lossAt, residualLoss, timeOfLoss } from './linear.ts';

/** How well the linearisation at θ₀ still holds at the linear model's end point θ*, by one more Jacobian there. */
export interface EndPointCheck {
  /** ‖θ* − θ₀‖/‖θ₀‖ (Scala et al. 2025, Fig. 1c); null where θ₀ = 0. */
  readonly parameterChange: number | null;
  /** ‖K(θ*) − K(θ₀)‖/‖K(θ₀)‖, Frobenius; null where K(θ₀) = 0. */
  readonly kernelChange: number | null;
  /** ‖y − f(θ*)‖/‖y − f(θ₀)‖; null where there was nothing to learn. */
  readonly residualLeft: number | null;
}

/**
 * Follows the linear model to where training has come as far as `law` says, θ* = θ₀ + V·σ·gain/λ·c, and evaluates the
 * network there. θ moves along the right singular vectors of J above the cut-off only.
 *
 * @param first - f and J at θ₀ of the rows that `system` has, test rows behind the training rows.
 * @param linear - from the training rows of `first`.
 */
export function checkEndPoint(system: FlowSystem, first: Jacobian, linear: LinearModel, law: Law): EndPointCheck {
  const { spectrum, coefficients } = linear;
  const { values, rank, directions } = spectrum;
  const weights = coefficients.map((c, j) => c * Math.sqrt(values[j]) * law.gainOverLambda(values[j]));
  const moved = multiplyVector(directions ?? new Float64Array(0), weights, system.theta0.length, rank);
  const end = system.jacobian(system.theta0.map((value, k) => value + moved[k]));
  const left = norm(residual(system.y, end.f.subarray(0, system.trainRows)));
  return {
    parameterChange: ratio(norm(moved), norm(system.theta0)),
    kernelChange: kernelChange(first, end, system.trainRows),
    residualLeft: ratio(left, norm(residual(system.y, linear.f0))),
  };
}

/** Linearisation error seen in the training loss: how far the curve of the frozen kernel is from that of the flow. */
export interface LossDeviation {
  /** Largest max(L_flow/L_frozen, L_frozen/L_flow) − 1 up to `followed`, or null with a reason. */
  readonly value: number | null;
  readonly reason?: string;
  /** Time up to which the flow was followed, and whether that is all the way; else the value is a lower bound. */
  readonly followed: number;
  readonly complete: boolean;
  readonly jacobians: number;
}

/** Jacobians that are spent unasked. Where they do not suffice, a lower bound is known. */
const mostJacobians = 20;
const records = 80;

/**
 * Largest relative deviation between the frozen-kernel loss curve and the flow, either way, until the first of the two
 * has reached `reducedLoss`, or as far as the flow can be followed with 20 Jacobians, the one at θ₀
 * among them. The flow is followed at `tolerance`, before any training.
 */
export function lossDeviation(system: FlowSystem, linear: LinearModel, tolerance: number): LossDeviation {
  const { spectrum, weight } = linear;
  const none = (reason: string, jacobians = 0): LossDeviation => ({
    value: null,
    reason,
    followed: 0,
    complete: false,
    jacobians,
  });
  const target = reducedLoss(linear);
  const time = timeOfLoss(linear, target);
  if (time.t === null) return none(time.reason);
  if (time.t === 0) return none('there is nothing to learn');
  const start = Math.min(0.01 / (weight * spectrum.values[0]), time.t / 2);
  const times = logSpaced(start, time.t, records);
  const flow = followFlow(system, { times, tolerance, stopLoss: target, mostJacobians, lossOnly: true });
  const { trajectory, jacobians, complete } = flow;
  const followed = trajectory.times[trajectory.times.length - 1];
  if (followed === 0) return none(`${jacobians} Jacobians do not follow the flow for a single step`, jacobians);
  const compared = untilLoss(trajectory.times, trajectory.trainLoss, target);
  const ratios = compared.losses.map((loss, k) => loss / lossAt(linear, flowLaw(compared.times[k], weight)));
  const value = ratios.reduce((most, ratio) => Math.max(most, ratio, 1 / ratio), 1) - 1;
  return { value, followed, complete, jacobians };
}

/** A loss curve up to where it first falls to `target`; the crossing, where the last step went past it, is its last point. */
function untilLoss(times: Float64Array, losses: Float64Array, target: number) {
  const k = losses.findIndex((loss) => loss < target);
  if (k <= 0) return { times, losses };
  // Losses fall exponentially between records.
  const share = Math.log(losses[k - 1] / target) / Math.log(losses[k - 1] / losses[k]);
  const crossing = times[k - 1] + share * (times[k] - times[k - 1]);
  return {
    times: Float64Array.of(...times.subarray(0, k), crossing),
    losses: Float64Array.of(...losses.subarray(0, k), target),
  };
}

/** The excess loss over the residual of the frozen kernel is followed until it has fallen by this factor. */
const reduction = 100;

/** Training loss where the excess over the residual of the frozen kernel is a hundredth of what it was at θ₀. */
export function reducedLoss(linear: LinearModel): number {
  const least = residualLoss(linear);
  return least + (lossAt(linear, flowLaw(0, linear.weight)) - least) / reduction;
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
