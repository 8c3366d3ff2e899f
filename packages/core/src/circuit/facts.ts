import { isTrainable } from './angle.ts';
import { type CircuitSource, dependsOnInputs, type Operation } from './circuit.ts';

/** What a circuit is made of. */
export interface CircuitFacts {
  /** Gates on the longest way through the circuit, every gate as its author wrote it counting 1. */
  readonly depth: number;
  /** How often each gate occurs, the most frequent first. */
  readonly gates: Readonly<Record<string, number>>;
  /** True where a gate that depends on data comes after a trainable one that can act on it: data is uploaded again. */
  readonly reuploads: boolean;
}

/** Whether a gate is set by data (and perhaps by parameters too), by parameters alone, or by neither. */
export type Role = 'data' | 'trained' | 'fixed';

/** What sets the angles of a gate. */
export function roleOf({ angles = [] }: Operation): Role {
  if (angles.some(dependsOnInputs)) return 'data';
  return angles.some(isTrainable) ? 'trained' : 'fixed';
}

/** Counts gates and follows data and parameters along the wires. */
export function circuitFacts({ qubits, operations }: CircuitSource): CircuitFacts {
  const depths = new Int32Array(qubits);
  const afterTraining = new Uint8Array(qubits);
  const counts = new Map<string, number>();
  let reuploads = false;
  for (const operation of operations) {
    const { gate, wires, angles = [] } = operation;
    counts.set(gate, (counts.get(gate) ?? 0) + 1);
    const behind = wires.some((wire) => afterTraining[wire]);
    reuploads ||= behind && angles.some(dependsOnInputs);
    const depth = 1 + Math.max(...wires.map((wire) => depths[wire]));
    for (const wire of wires) {
      depths[wire] = depth;
      if (behind || angles.some(isTrainable)) afterTraining[wire] = 1;
    }
  }
  const gates = Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
  return { depth: depths.reduce((most, depth) => Math.max(most, depth), 0), gates, reuploads };
}
