import { rotationOfSlot } from '../circuit/circuit.ts';
import type { RotationGate } from '../circuit/gates.ts';
import type { Observable } from '../circuit/observable.ts';
import type { Model } from '../model/model.ts';
import { shiftRule } from './shift-rule.ts';

/**
 * Circuits that a quantum computer runs for outputs and Jacobian at one data point by the parameter-shift rule: one, and two for every
 * shift of every trainable gate (a gradient of the loss is made of the same ones), each once for every basis that the readouts are measured in.
 */
export function circuitsPerPoint({ circuit, observables }: Pick<Model, 'circuit' | 'observables'>): number {
  const terms = new Map<RotationGate, number>();
  const shifted = Array.from(circuit.trainable, (isTrained, slot) => {
    if (!isTrained) return 0;
    const gate = rotationOfSlot(circuit, slot);
    const count = terms.get(gate) ?? shiftRule(gate.spectrum).length;
    terms.set(gate, count);
    return 2 * count;
  });
  return measuredBases(observables) * shifted.reduce((sum, count) => sum + count, 1);
}

/** Products of Paulis that agree on every qubit they share are measured together; found greedily, in their order. */
function measuredBases(observables: readonly Observable[]): number {
  const bases: { x: number; z: number }[] = [];
  for (const { x, z } of observables.flatMap(({ terms }) => terms)) {
    const basis = bases.find((one) => {
      const shared = (one.x | one.z) & (x | z);
      return ((one.x ^ x) & shared) === 0 && ((one.z ^ z) & shared) === 0;
    });
    if (basis) {
      basis.x |= x;
      basis.z |= z;
    } else bases.push({ x, z });
  }
  return Math.max(1, bases.length);
}
