import type { Circuit } from '../../../circuit/circuit.ts';
import { bitCount, type Observable } from '../../../circuit/observable.ts';
import type { Complex } from '../../../linalg/complex.ts';
import { addressable } from '../../../wasm/machine.ts';
import { stateBytes, statesAtOnce } from '../states.ts';
import { lightCone, renumber, renumberMask } from './light-cone.ts';
import { primitivesOf, type SlotAngle } from './primitives.ts';
import { type Preparation, type Stage, splitPreparation, stagesOf } from './stages.ts';

/** One way through the state: what a single instruction does. */
export type Pass =
  | { readonly kind: 'rotation'; readonly qubits: readonly number[]; readonly angles: readonly SlotAngle[] }
  | { readonly kind: 'phase'; readonly masks: readonly number[]; readonly angles: readonly SlotAngle[] }
  | { readonly kind: 'permutation'; readonly source: Uint32Array }
  | { readonly kind: 'dense'; readonly wires: readonly number[]; readonly matrix: Complex };

/** Coefficient · i^phasePower · X^x Z^z; `index` counts the terms of all observables. */
export interface Term {
  readonly index: number;
  readonly x: number;
  readonly z: number;
  readonly coefficient: number;
  readonly phasePower: number;
}

/** A circuit as the engine sees it, whatever the number of points. */
export interface Plan {
  /** Number of qubits that matter. */
  readonly qubits: number;
  /** Product state to start from; none where the circuit starts from given amplitudes. */
  readonly preparations: readonly Preparation[] | undefined;
  readonly stages: readonly Stage[];
  readonly observables: readonly (readonly Term[])[];
  readonly slots: number;
  isTrainable(angle: SlotAngle): boolean;
  dependsOnPoint(angle: SlotAngle): boolean;
  trainableSlots(angle: SlotAngle): SlotAngle['slots'];
}

/**
 * Decides, once per circuit, what has to be computed.
 *
 * @throws InputError where the tables of permutations do not fit beside the states.
 */
export function planOf(circuit: Circuit, observables: readonly Observable[]): Plan {
  const trainableSlots = (angle: SlotAngle) => angle.slots.filter(({ slot }) => circuit.trainable[slot] === 1);
  const isTrainable = (angle: SlotAngle) => trainableSlots(angle).length > 0;
  const cone = lightCone(primitivesOf(circuit), observables, circuit.qubits);
  const fromZero = circuit.source.start === 'zero';
  // Given amplitudes entangle the qubits that are not needed with those that are.
  const remaining = fromZero ? cone.qubits : Array.from({ length: circuit.qubits }, (_, qubit) => qubit);
  const primitives = renumber(cone.primitives, remaining);
  const { preparations, rest } = fromZero
    ? splitPreparation(primitives, remaining.length, isTrainable)
    : { preparations: undefined, rest: primitives };
  return {
    qubits: remaining.length,
    preparations,
    stages: stagesOf(
      rest,
      remaining.length,
      addressable - statesAtOnce(observables.length) * stateBytes(remaining.length, 1),
    ),
    observables: observables.map(({ terms }, o) =>
      terms.map(({ coefficient, x, z }, k) => ({
        index: observables.slice(0, o).reduce((before, other) => before + other.terms.length, k),
        x: renumberMask(x, remaining),
        z: renumberMask(z, remaining),
        coefficient,
        phasePower: bitCount(x & z) % 4,
      })),
    ),
    slots: circuit.angles.length,
    isTrainable,
    dependsOnPoint: (angle) => angle.slots.some(({ slot }) => slot >= circuit.sharedSlots),
    trainableSlots,
  };
}

/**
 * Cuts stages into passes. Rotations by angles common to all points go two qubits a pass; where qubit 0 lies within the
 * vectors (`narrow`: blocks of one point), it needs a pass of its own. No pass mixes the qubits
 * below `within`, which stay inside a chunk, with others.
 */
export function passesOf(plan: Plan, narrow: boolean, within: number): Pass[] {
  return plan.stages.flatMap((stage): Pass[] => {
    if (stage.kind === 'phase') {
      const entries = [...stage.angles].sort(([a], [b]) => a - b);
      return [{ kind: 'phase', masks: entries.map(([mask]) => mask), angles: entries.map(([, angle]) => angle) }];
    }
    if (stage.kind !== 'rotation') return [stage];
    const entries = [...stage.angles].sort(([a], [b]) => a - b);
    const isAlone = ([qubit, angle]: (typeof entries)[number]) => (narrow ? qubit === 0 : plan.dependsOnPoint(angle));
    const groups = entries.filter(isAlone).map((entry) => [entry]);
    const common = entries.filter((entry) => !isAlone(entry));
    groups.push(
      ...pairs(common.filter(([qubit]) => qubit < within)),
      ...pairs(common.filter(([qubit]) => qubit >= within)),
    );
    return groups.map((group) => ({
      kind: 'rotation',
      qubits: group.map(([qubit]) => qubit),
      angles: group.map(([, angle]) => angle),
    }));
  });
}

/** Pairs with far neighbours: the inner loops of a pass are longer than with near ones. */
function pairs<T>(entries: readonly T[]): T[][] {
  const half = Math.ceil(entries.length / 2);
  return entries.slice(0, half).map((entry, i) => [entry, ...entries.slice(half + i, half + i + 1)]);
}

/** Angles of a pass. */
export const anglesOf = (pass: Pass): readonly SlotAngle[] =>
  pass.kind === 'rotation' || pass.kind === 'phase' ? pass.angles : [];
