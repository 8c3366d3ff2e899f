import { dependsOnInputs, wiresAt } from '../circuit/circuit.ts';
import type { Model } from '../model/model.ts';

/** The part of a circuit that writes a data point into the qubits, or why it cannot be told from the rest. */
export type Encoding = { readonly gates: readonly number[] } | { readonly reason: string };

/**
 * The gates that nothing trainable comes before: they give every point a state ρ that does not depend on θ, and all that
 * follows is one unitary for all points. Gates on other qubits commute, so that order matters qubit by qubit alone.
 */
export function encodingOf({ circuit, readout }: Pick<Model, 'circuit' | 'readout'>): Encoding {
  if (readout) return { reason: 'the weights of the readout are trained, so that its outputs have no range' };
  const behind = new Set<number>();
  const gates: number[] = [];
  for (let g = 0; g < circuit.gate.length; g++) {
    const slot = circuit.slot[g];
    const wires = wiresAt(circuit, g);
    const trained = slot >= 0 && circuit.trainable[slot] === 1;
    const isData = slot >= 0 && dependsOnInputs(circuit.angles[slot]);
    if (isData && trained) return { reason: 'an angle depends on inputs and parameters at once' };
    const follows = wires.some((wire) => behind.has(wire));
    if (isData && follows) return { reason: 'inputs enter behind trained gates as well' };
    if (trained || follows) for (const wire of wires) behind.add(wire);
    else gates.push(g);
  }
  return { gates };
}
