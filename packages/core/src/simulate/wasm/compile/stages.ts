import { InputError } from '../../../errors.ts';
import type { Complex } from '../../../linalg/complex.ts';
import { counted } from '../../../wording.ts';
import { wiresOf } from './light-cone.ts';
import type { Primitive, SlotAngle } from './primitives.ts';

/** Commuting primitives that are executed together. */
export type Stage =
  | { readonly kind: 'rotation'; readonly angles: Map<number, SlotAngle> }
  | { readonly kind: 'phase'; readonly angles: Map<number, SlotAngle> }
  | { readonly kind: 'permutation'; readonly source: Uint32Array }
  | { readonly kind: 'dense'; readonly wires: readonly number[]; readonly matrix: Complex };

/** One qubit's own gates at the start, from |0⟩: rotations and, with angle exp(−i·angle·Z), phases. */
export type Preparation = readonly { readonly kind: 'rotation' | 'phase'; readonly angle: SlotAngle }[];

/**
 * Splits off each qubit's gates before its first trainable or entangling one: they make a product state, which is
 * cheaper to write down than to compute gate by gate and never has to be undone.
 */
export function splitPreparation(
  primitives: readonly Primitive[],
  qubits: number,
  isTrainable: (angle: SlotAngle) => boolean,
): { preparations: readonly Preparation[]; rest: readonly Primitive[] } {
  const preparations: { kind: 'rotation' | 'phase'; angle: SlotAngle }[][] = Array.from({ length: qubits }, () => []);
  const closed = new Set<number>();
  const rest: Primitive[] = [];
  for (const primitive of primitives) {
    const wires = wiresOf(primitive);
    const opens = primitive.kind === 'rotation' || primitive.kind === 'phase';
    if (opens && wires.length === 1 && !closed.has(wires[0]) && !isTrainable(primitive.angle)) {
      preparations[wires[0]].push({ kind: primitive.kind, angle: primitive.angle });
    } else {
      for (const wire of wires) closed.add(wire);
      rest.push(primitive);
    }
  }
  return { preparations: shareEqual(preparations), rest };
}

/** Makes equal preparations one and the same, so that each is computed once. */
function shareEqual(preparations: readonly Preparation[]): Preparation[] {
  const known = new Map<string, Preparation>();
  return preparations.map((preparation) => {
    const key = JSON.stringify(preparation);
    const shared = known.get(key) ?? preparation;
    known.set(key, shared);
    return shared;
  });
}

/** A stage that is still being filled: the table of a permutation takes memory, so all are counted first. */
type Draft =
  | Exclude<Stage, { kind: 'permutation' }>
  | { readonly kind: 'permutation'; readonly moves: (Primitive & { kind: 'permutation' })[] };

/**
 * Puts every primitive into the earliest stage that it can reach past those it commutes with.
 *
 * @throws InputError where the tables of permutations take more than `room` bytes.
 */
export function stagesOf(primitives: readonly Primitive[], qubits: number, room: number): Stage[] {
  const drafts = draftsOf(primitives, qubits);
  const tables = drafts.filter(({ kind }) => kind === 'permutation').length;
  const bytes = tables * 4 * 2 ** qubits;
  if (tables > 0 && bytes > room)
    throw new InputError({
      where: 'circuit',
      found: `${counted(qubits, 'qubit')} and ${counted(tables, 'permutation')} (CX and the like between other gates), which need ${gib(bytes)} of tables`,
      expected: `at most ${gib(Math.max(0, room))} of tables, which is left beside the states`,
      advice: 'use fewer qubits or layers, or CZ, which needs no table',
    });
  return drafts.map((draft) =>
    draft.kind === 'permutation' ? { kind: 'permutation', source: sourceOf(draft.moves, qubits) } : draft,
  );
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

function draftsOf(primitives: readonly Primitive[], qubits: number): Draft[] {
  const stages: Draft[] = [];
  /** Last stage that touches a qubit, and last one that is not diagonal. */
  const last = new Int32Array(qubits).fill(-1);
  const lastSolid = new Int32Array(qubits).fill(-1);
  for (const primitive of primitives) {
    const wires = wiresOf(primitive);
    const blocking = primitive.kind === 'phase' ? lastSolid : last;
    const after = Math.max(...wires.map((wire) => blocking[wire]));
    const index = placeFor(primitive, stages, after);
    if (index === stages.length) stages.push(emptyStage(primitive));
    addTo(stages[index], primitive);
    for (const wire of wires) {
      last[wire] = Math.max(last[wire], index);
      if (primitive.kind !== 'phase') lastSolid[wire] = Math.max(lastSolid[wire], index);
    }
  }
  return stages;
}

/** The first fitting stage behind `after`, or `after` itself where the primitive can be merged into it. */
function placeFor(primitive: Primitive, stages: readonly Draft[], after: number): number {
  const merges = primitive.kind === 'rotation' || primitive.kind === 'permutation';
  if (merges && after >= 0 && stages[after].kind === primitive.kind) return after;
  if (primitive.kind === 'dense') return stages.length;
  const found = stages.findIndex((stage, index) => index > after && stage.kind === primitive.kind);
  return found < 0 ? stages.length : found;
}

function emptyStage(primitive: Primitive): Draft {
  switch (primitive.kind) {
    case 'rotation':
      return { kind: 'rotation', angles: new Map() };
    case 'phase':
      return { kind: 'phase', angles: new Map() };
    case 'permutation':
      return { kind: 'permutation', moves: [] };
    case 'dense':
      return { kind: 'dense', wires: primitive.wires, matrix: primitive.matrix };
  }
}

function addTo(stage: Draft, primitive: Primitive): void {
  if (stage.kind === 'rotation' && primitive.kind === 'rotation')
    addAngle(stage.angles, primitive.qubit, primitive.angle);
  if (stage.kind === 'phase' && primitive.kind === 'phase') addAngle(stage.angles, primitive.mask, primitive.angle);
  if (stage.kind === 'permutation' && primitive.kind === 'permutation') stage.moves.push(primitive);
}

function addAngle(angles: Map<number, SlotAngle>, key: number, angle: SlotAngle): void {
  const present = angles.get(key);
  angles.set(
    key,
    present ? { constant: present.constant + angle.constant, slots: [...present.slots, ...angle.slots] } : angle,
  );
}

/** Row k comes from source[k]. */
function sourceOf(moves: readonly (Primitive & { kind: 'permutation' })[], qubits: number): Uint32Array {
  const source = new Uint32Array(2 ** qubits);
  for (let k = 0; k < source.length; k++) source[k] = k;
  for (const { wires, image } of moves) permuteRows(source, wires, image);
  return source;
}

/** Row k comes from source[k]; afterwards the basis states of `wires` have moved from c to image[c]. */
function permuteRows(source: Uint32Array, wires: readonly number[], image: readonly number[]): void {
  const offsets = image.map((_, c) => offsetOn(wires, c));
  const mask = offsets[offsets.length - 1];
  const group = new Uint32Array(image.length);
  for (let base = 0; base < source.length; base++) {
    if (base & mask) continue;
    offsets.forEach((offset, c) => {
      group[c] = source[base | offset];
    });
    image.forEach((to, c) => {
      source[base | offsets[to]] = group[c];
    });
  }
}

/** Index of basis state c of the wires, all other qubits 0. */
export const offsetOn = (wires: readonly number[], c: number): number =>
  wires.reduce((bits, wire, bit) => bits | (((c >> bit) & 1) << wire), 0);
