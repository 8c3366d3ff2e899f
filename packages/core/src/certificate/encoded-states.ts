import { type Circuit, dependsOnInputs, gateAt, wiresAt } from '../circuit/circuit.ts';
import { evaluate } from '../circuit/expression.ts';
import type { Inputs } from '../model/model.ts';
import { applyMatrix } from '../simulate/reference.ts';

/** States of some qubits that no gate of an encoding joins with the others: points × 2·2^k, interleaved. */
export interface Factor {
  readonly states: Float64Array;
  readonly size: number;
}

/** Encoded states |ψ_i⟩ as products over groups of qubits; all that is ever needed of them is their inner products. */
export interface EncodedStates {
  readonly points: number;
  /** Dimension of all qubits together. */
  readonly dimension: number;
  /** ⟨ψ_j|ψ_i⟩ for all points i, interleaved. */
  overlapsWith(j: number): Float64Array;
}

/** Numbers that the states may take: 256 MiB. */
const mostNumbers = 2 ** 25;

/** Simulates an encoding; undefined where its states would not fit into memory. */
export function encodedStates(circuit: Circuit, gates: readonly number[], inputs: Inputs): EncodedStates | undefined {
  const factors = encodedFactors(circuit, gates, inputs);
  const { points } = inputs;
  return factors && { points, dimension: 2 ** circuit.qubits, overlapsWith: (j) => overlaps(factors, points, j) };
}

/** The states as factors: what is the same for all points is left out. Undefined where they would not fit into memory. */
export function encodedFactors(circuit: Circuit, gates: readonly number[], inputs: Inputs): Factor[] | undefined {
  const groups = circuit.source.start === 'zero' ? groupsOf(circuit, gates) : [allQubits(circuit)];
  const numbers = groups.reduce((sum, qubits) => sum + inputs.points * 2 * 2 ** qubits.length, 0);
  if (numbers > mostNumbers) return undefined;
  return groups.map((qubits) => factorOf(circuit, gates, inputs, qubits));
}

const allQubits = ({ qubits }: Circuit): number[] => Array.from({ length: qubits }, (_, q) => q);

/** Qubits by what gates join them. Groups that no input reaches are the same for all points and left out. */
function groupsOf(circuit: Circuit, gates: readonly number[]): number[][] {
  const groupOf = allQubits(circuit);
  const reached = new Set<number>();
  for (const g of gates) {
    const [first, ...others] = wiresAt(circuit, g);
    for (const other of others) {
      const [merged, gone] = [groupOf[first], groupOf[other]];
      groupOf.forEach((group, q) => {
        if (group === gone) groupOf[q] = merged;
      });
    }
    if (circuit.slot[g] >= 0 && dependsOnInputs(circuit.angles[circuit.slot[g]])) reached.add(first);
  }
  const names = new Set([...reached].map((q) => groupOf[q]));
  return [...names].map((name) => allQubits(circuit).filter((q) => groupOf[q] === name));
}

function factorOf(circuit: Circuit, gates: readonly number[], inputs: Inputs, qubits: readonly number[]): Factor {
  const size = 2 * 2 ** qubits.length;
  const states = inputs.amplitudes?.slice() ?? new Float64Array(inputs.points * size);
  if (!inputs.amplitudes) for (let i = 0; i < inputs.points; i++) states[i * size] = 1;
  for (const g of gates) {
    const wires = wiresAt(circuit, g).map((wire) => qubits.indexOf(wire));
    if (wires[0] < 0) continue;
    for (let i = 0; i < inputs.points; i++)
      applyMatrix(states.subarray(i * size, (i + 1) * size), matrixAt(circuit, g, inputs, i), wires);
  }
  return { states, size };
}

/** The matrix of a gate that no parameter enters. */
function matrixAt(circuit: Circuit, g: number, inputs: Inputs, point: number): Float64Array {
  const gate = gateAt(circuit, g);
  if (gate.kind === 'fixed') return gate.matrix;
  const slot = circuit.slot[g];
  const pointSlot = slot - circuit.sharedSlots;
  return gate.matrix(
    pointSlot < 0 ? evaluate(circuit.angles[slot].offset) : inputs.offsets[pointSlot * inputs.points + point],
  );
}

function overlaps(factors: readonly Factor[], points: number, j: number): Float64Array {
  const all = new Float64Array(2 * points);
  for (let i = 0; i < points; i++) all[2 * i] = 1;
  for (const { states, size } of factors) {
    const bra = states.subarray(j * size, (j + 1) * size);
    for (let i = 0; i < points; i++) {
      let re = 0;
      let im = 0;
      for (let k = 0, at = i * size; k < size; k += 2, at += 2) {
        re += bra[k] * states[at] + bra[k + 1] * states[at + 1];
        im += bra[k] * states[at + 1] - bra[k + 1] * states[at];
      }
      const before = all[2 * i];
      all[2 * i] = before * re - all[2 * i + 1] * im;
      all[2 * i + 1] = before * im + all[2 * i + 1] * re;
    }
  }
  return all;
}
