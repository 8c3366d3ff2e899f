import { lanczos } from '../../linalg/lanczos.ts';
import { multiplyTransposed, multiplyVector } from '../../linalg/matrix.ts';
import { random } from '../../random/random.ts';
import { drivingTerms } from './driving-term.ts';
import { coordinate, type Interpolant } from './interpolant.ts';
import { type Displacement, displaced, type FlowState } from './state.ts';
import { advanced, freezeAt, shiftAfter, substepLength } from './substep.ts';

/** Substeps after which the rest of the time is taken in one. */
const mostSubsteps = 40;

/** Displacements whose outputs are found together, each number of the Jacobian being read once for all of them. */
const batch = 16;

/**
 * The flow dθ/ds = J(σ(θ))ᵀr of an interpolant, from the state `from`, at the times s (ascending, counted from it). Training
 * rows, those that have a label in `y`, come first.
 */
export function flowStates(
  model: Interpolant,
  y: Float64Array,
  from: FlowState,
  times: readonly number[],
): FlowState[] {
  const found = displacements(model, y, from, times);
  const states: FlowState[] = [];
  for (let first = 0; first < found.length; first += batch) {
    const some = found.slice(first, first + batch);
    const changes = outputChanges(model, some, from.f.length);
    for (const [t, moved] of some.entries())
      states.push({ theta: displaced(from.theta, moved), f: from.f.map((value, i) => value + changes[t][i]) });
  }
  return states;
}

/** θ of `flowStates` after one time s; outputs of many rows would take longer than the flow itself. */
export function flowTheta(model: Interpolant, y: Float64Array, from: FlowState, s: number): Float64Array {
  return displaced(from.theta, displacements(model, y, from, [s])[0]);
}

/** Largest eigenvalue of the kernel at sample a: the fastest rate of the flow there. */
export function fastestRate({ a, unit }: Interpolant): number {
  const size = Math.sqrt(a.gram.length);
  const draw = random(1);
  const start = Float64Array.from({ length: size }, () => draw.normal());
  const image = (v: Float64Array) => multiplyVector(a.gram, v, size, size).map((value) => value / unit);
  return Math.max(0, lanczos(image, start, 'outermost', rateTolerance).value) * unit;
}

/** Share of the eigenvalue that its Lanczos residual may leave: its own error is of the order of the square. */
const rateTolerance = 1e-7;

/** J is frozen for a substep at a time, at the middle of its way along the chord. */
function displacements(model: Interpolant, y: Float64Array, from: FlowState, times: readonly number[]): Displacement[] {
  const P = from.theta.length;
  const end = times[times.length - 1];
  const drivingAfter = drivingTerms(model, y, from);
  const found: Displacement[] = [];
  let moved: Displacement = { a: new Float64Array(P), b: new Float64Array(P) };
  let s = 0;
  for (let count = 0; found.length < times.length; count++) {
    const position = coordinate(model, displaced(from.theta, moved));
    const driving = drivingAfter(moved);
    const start = freezeAt(model, position, y.length, driving, end - s);
    const length = count < mostSubsteps ? substepLength(start, end - s) : end - s;
    const middle = model.second
      ? freezeAt(model, position + shiftAfter(start, length / 2), y.length, driving, length)
      : start;
    const last = length >= end - s;
    while (found.length < times.length && (last || times[found.length] <= s + length))
      found.push(advanced(moved, middle, times[found.length] - s));
    moved = advanced(moved, middle, length);
    s += length;
  }
  return found;
}

/** Changes of the outputs on all rows, of all displacements at once: many rows are read once. */
function outputChanges({ a, second }: Interpolant, moved: readonly Displacement[], rows: number): Float64Array[] {
  const P = a.theta.length;
  const along = (J: Float64Array, part: 'a' | 'b') => {
    if (moved.length === 1) return [multiplyVector(J, moved[0][part], rows, P)];
    const stacked = new Float64Array(moved.length * P);
    for (const [t, each] of moved.entries()) stacked.set(each[part], t * P);
    const product = multiplyTransposed(J, stacked, rows, P, moved.length);
    return moved.map((_, t) => Float64Array.from({ length: rows }, (_, i) => product[i * moved.length + t]));
  };
  const byA = along(a.J, 'a');
  if (!second) return byA;
  const byB = along(second.b.J, 'b');
  return byA.map((change, t) => change.map((value, i) => value + byB[t][i]));
}
