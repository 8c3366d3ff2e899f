import { lanczos } from '../../linalg/lanczos.ts';
import { dot, multiplyVector } from '../../linalg/matrix.ts';
import { random } from '../../random/random.ts';
import { coordinate, type Interpolant } from './interpolant.ts';
import { sumOf } from './side.ts';
import type { Displacement, FlowState } from './state.ts';
import { advanced, freezeAt, shiftAfter, substepLength } from './substep.ts';

/** Substeps after which the rest of the time is taken in one. */
const mostSubsteps = 40;

/** Displacements whose outputs are found together, each number of the Jacobian being read once for all of them. */
const batch = 16;

/**
 * The path that dθ/ds = J(σ(θ))ᵀr of an interpolant takes from a state, at the times s (ascending, counted from it). Training
 * rows, those that have a label in `y`, come first in the state's outputs.
 */
export function flowPath(
  model: Interpolant,
  y: Float64Array,
  from: FlowState,
  times: readonly number[],
): Displacement[] {
  const end = times[times.length - 1];
  const { side, second } = model;
  const squared = second ? dot(second.chord, 0, second.chord, 0, second.chord.length) : 1;
  const drivingAfter = side.drivingTerms(y, from);
  const startsAt = coordinate(model, from.theta);
  const found: Displacement[] = [];
  let moved: Displacement = {
    sums: side.weights(0).map(() => new Float64Array(side.order)),
    learned: new Float64Array(side.order),
  };
  let s = 0;
  // J is frozen for a substep at a time, at the middle of its way along the chord.
  for (let count = 0; found.length < times.length; count++) {
    const position = startsAt + (second ? side.alongChord(moved) / squared : 0);
    const driving = drivingAfter(moved);
    const start = freezeAt(model, position, driving, end - s);
    const length = count < mostSubsteps ? substepLength(start, end - s) : end - s;
    const middle = second ? freezeAt(model, position + shiftAfter(start, length / 2), driving, length) : start;
    const last = length >= end - s;
    while (found.length < times.length && (last || times[found.length] <= s + length))
      found.push(advanced(moved, middle, times[found.length] - s));
    moved = advanced(moved, middle, length);
    s += length;
  }
  return found;
}

/** States along a path from `from`. */
export function statesOf({ side }: Interpolant, from: FlowState, path: readonly Displacement[]): FlowState[] {
  const states: FlowState[] = [];
  for (let first = 0; first < path.length; first += batch) {
    const some = path.slice(first, first + batch);
    const outputs = side.outputChanges(some);
    for (const [t, change] of side.parameterChanges(some).entries())
      states.push({ theta: sumOf(from.theta, change), f: sumOf(from.f, outputs[t]) });
  }
  return states;
}

/** θ of a flow after one time s; outputs of many rows would take longer than the flow itself. */
export function flowTheta(model: Interpolant, y: Float64Array, from: FlowState, s: number): Float64Array {
  return sumOf(from.theta, model.side.parameterChanges(flowPath(model, y, from, [s]))[0]);
}

/** Largest eigenvalue of the kernel at sample a: the fastest rate of the flow there. */
export function fastestRate({ a, side, unit }: Interpolant): number {
  const draw = random(1);
  const start = Float64Array.from({ length: side.order }, () => draw.normal());
  const image = (v: Float64Array) => multiplyVector(a.gram, v, side.order, side.order).map((value) => value / unit);
  return Math.max(0, lanczos(image, start, 'outermost', rateTolerance).value) * unit;
}

/** Share of the eigenvalue that its Lanczos residual may leave: its own error is of the order of the square. */
const rateTolerance = 1e-7;
