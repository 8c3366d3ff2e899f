import type { Observable } from '../../../circuit/observable.ts';
import type { Primitive } from './primitives.ts';

/** What remains of a circuit that the observables depend on. */
export interface LightCone {
  readonly primitives: readonly Primitive[];
  /** Qubits still needed. */
  readonly qubits: readonly number[];
}

/** How an observable, carried back through the circuit, acts on a qubit: not at all, by 1 and Z only, or in any way. */
const idle = 0;
const diagonal = 1;
const any = 2;

/**
 * Drops what commutes with all observables as they are carried back from the end: it changes no value, and the
 * derivatives of its angles are exactly 0. Only the supports are followed, so nothing is approximated.
 */
export function lightCone(
  primitives: readonly Primitive[],
  observables: readonly Observable[],
  qubits: number,
): LightCone {
  const action = initialAction(observables, qubits);
  const inside: Primitive[] = [];
  for (let i = primitives.length - 1; i >= 0; i--) if (carryBack(primitives[i], action)) inside.push(primitives[i]);
  const needed = [...action.keys()].filter((qubit) => action[qubit] !== idle);
  return { primitives: inside.reverse(), qubits: needed.length > 0 ? needed : [0] };
}

function initialAction(observables: readonly Observable[], qubits: number): Uint8Array {
  const action = new Uint8Array(qubits);
  for (const { terms } of observables)
    for (const { x, z } of terms)
      for (let qubit = 0; qubit < qubits; qubit++) {
        if ((x >> qubit) & 1) action[qubit] = any;
        else if ((z >> qubit) & 1) action[qubit] = Math.max(action[qubit], diagonal);
      }
  return action;
}

/** Updates `action` for a primitive that is passed; false where it commutes. */
function carryBack(primitive: Primitive, action: Uint8Array): boolean {
  const wires = wiresOf(primitive);
  const strongest = Math.max(...wires.map((wire) => action[wire]));
  const keepsDiagonal = primitive.kind === 'phase' || primitive.kind === 'permutation';
  if (strongest === idle || (primitive.kind === 'phase' && strongest === diagonal)) return false;
  // A phase leaves the action on each wire as it is, except that idle wires are drawn in through their Z.
  const least = keepsDiagonal ? diagonal : any;
  for (const wire of wires) {
    if (primitive.kind === 'permutation') action[wire] = strongest;
    else action[wire] = Math.max(action[wire], least);
  }
  return true;
}

/** Qubits a primitive acts on. */
export function wiresOf(primitive: Primitive): readonly number[] {
  if (primitive.kind === 'rotation') return [primitive.qubit];
  if (primitive.kind === 'phase') return bitsOf(primitive.mask);
  return primitive.wires;
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 32 - Math.clz32(mask) }, (_, bit) => bit).filter((bit) => (mask >> bit) & 1);
}

/** The same primitives on qubits renumbered 0, 1, … in the order of `qubits`. */
export function renumber(primitives: readonly Primitive[], qubits: readonly number[]): Primitive[] {
  const place = new Map(qubits.map((qubit, index) => [qubit, index]));
  const of = (qubit: number) => place.get(qubit) as number;
  return primitives.map((primitive) => {
    if (primitive.kind === 'rotation') return { ...primitive, qubit: of(primitive.qubit) };
    if (primitive.kind === 'phase') return { ...primitive, mask: renumberMask(primitive.mask, qubits) };
    return { ...primitive, wires: primitive.wires.map(of) };
  });
}

/** A mask of qubits after the renumbering. */
export function renumberMask(mask: number, qubits: readonly number[]): number {
  return qubits.reduce((bits, qubit, index) => bits | (((mask >> qubit) & 1) << index), 0);
}
