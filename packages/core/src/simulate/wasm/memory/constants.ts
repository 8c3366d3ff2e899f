import type { Batch } from '../../engine.ts';
import type { Constants } from '../compile/operands.ts';
import type { SlotAngle } from '../compile/primitives.ts';
import type { Preparation } from '../compile/stages.ts';

/** Angle of a gate for a point of a batch. */
function angleAt(angle: SlotAngle, batch: Batch, point: number): number {
  let value = angle.constant;
  const shared = batch.shared.length;
  for (const { slot, weight } of angle.slots)
    value += weight * (slot < shared ? batch.shared[slot] : batch.perPoint[(slot - shared) * batch.points + point]);
  return value;
}

/** The last block is filled up with copies of the last point. */
export const pointAt = (batch: Batch, index: number): number => Math.min(index, batch.points - 1);

/** Below this the product of two cosines is not left to a table: several such scales could overflow. */
const smallestScale = 1e-6;

/** Writes the constants of a point. */
export function writeConstants(list: readonly Constants[], batch: Batch, point: number, to: Float64Array): void {
  for (const { kind, at, angles } of list) {
    const first = angleAt(angles[0], batch, point);
    if (kind === 'phase') {
      to[at] = Math.cos(first);
      to[at + 1] = Math.sin(first);
    } else if (angles.length === 1) {
      to[at] = Math.cos(first / 2);
      to[at + 1] = Math.sin(first / 2);
    } else {
      writeRotations(first / 2, angleAt(angles[1], batch, point) / 2, kind === 'scaled', to, at);
    }
  }
}

/**
 * Two rotations: cosine and sine of the first times the cosine of the second, and the second's tangent. `scaled`: 1 and the
 * first tangent instead, and the product of both cosines.
 */
function writeRotations(first: number, second: number, scaled: boolean, to: Float64Array, at: number): void {
  const cos1 = Math.cos(first);
  const cos2 = Math.cos(second);
  const scale = cos1 * cos2;
  const leavesScale = scaled && Math.abs(scale) > smallestScale;
  to[at] = leavesScale ? 1 : scale;
  to[at + 1] = Math.sin(first) * (leavesScale ? 1 / cos1 : cos2);
  to[at + 2] = Math.sin(second) / cos2;
  to[at + 3] = leavesScale ? scale : 1;
}

/** Writes rows of cosines and sines for the points from `first` on; `width` points fit in a row. */
export function writeRows(
  list: readonly Constants[],
  batch: Batch,
  first: number,
  width: number,
  to: Float64Array,
): void {
  for (const { kind, at, angles } of list) {
    const half = kind === 'rotation' ? 0.5 : 1;
    for (let i = 0; i < width; i++) {
      const angle = half * angleAt(angles[0], batch, pointAt(batch, first + i));
      to[at * width + i] = Math.cos(angle);
      to[(at + 1) * width + i] = Math.sin(angle);
    }
  }
}

/** Writes the starting state of every qubit: rows of a, Re b and Im b of a|0⟩ + b|1⟩ with a real. */
export function writePreparations(
  preparations: readonly Preparation[],
  batch: Batch,
  first: number,
  width: number,
  to: Float64Array,
): void {
  const written = new Map<Preparation, number>();
  preparations.forEach((preparation, qubit) => {
    const at = 3 * qubit * width;
    const same = written.get(preparation);
    if (same === undefined) writePreparation(preparation, batch, first, width, to.subarray(at));
    else to.copyWithin(at, same, same + 3 * width);
    written.set(preparation, at);
  });
}

function writePreparation(
  preparation: Preparation,
  batch: Batch,
  first: number,
  width: number,
  to: Float64Array,
): void {
  for (let i = 0; i < width; i++) {
    const [a, re, im] = preparedState(preparation, batch, pointAt(batch, first + i));
    to[i] = a;
    to[width + i] = re;
    to[2 * width + i] = im;
  }
}

/** The state of one qubit, its global phase chosen so that the amplitude of |0⟩ is real. */
function preparedState(preparation: Preparation, batch: Batch, point: number): [number, number, number] {
  let [ar, ai, br, bi] = [1, 0, 0, 0];
  for (const { kind, angle } of preparation) {
    const value = angleAt(angle, batch, point);
    if (kind === 'rotation') {
      const c = Math.cos(value / 2);
      const s = Math.sin(value / 2);
      [ar, ai, br, bi] = [c * ar - s * br, c * ai - s * bi, s * ar + c * br, s * ai + c * bi];
    } else {
      const c = Math.cos(value);
      const s = Math.sin(value);
      [ar, ai, br, bi] = [c * ar + s * ai, c * ai - s * ar, c * br - s * bi, c * bi + s * br];
    }
  }
  const a = Math.sqrt(ar * ar + ai * ai);
  if (a === 0) return [0, br, bi];
  return [a, (br * ar + bi * ai) / a, (bi * ar - br * ai) / a];
}
