import type { Operation } from '../../circuit/circuit.ts';
import type { Sink } from '../gates/controls.ts';
import type { Place, Source } from '../parse/source.ts';
import type { Budget } from './budget.ts';
import type { Scope } from './scope.ts';

/** Most qubits of a program, whether gates act on them or not: beyond, wires are no 32-bit numbers. */
export const mostQubits = 2 ** 31 - 1;

/** A register of qubits, or a qubit declared alone. */
export interface Register {
  readonly name: string;
  /** Number of its first qubit: qubits are counted in order of declaration. */
  readonly first: number;
  readonly size: number;
  readonly single: boolean;
}

/** A program while it is read. */
export interface Program {
  /** 2 or 3. */
  version: number;
  qubits: number;
  /** True where the qubits are those of a machine, $0, $1, … */
  hardware: boolean;
  /** Registers in order of declaration; none where the qubits are those of a machine. */
  readonly registers: Register[];
  includes: number;
  readonly scope: Scope;
  readonly budget: Budget;
  readonly operations: Operation[];
  readonly out: Sink;
  /** Of the call that is being expanded. */
  place: Place;
  /** Trainable parameters by name, in order of declaration. */
  readonly parameters: string[];
  /** Every input that is declared, array elements one by one. */
  readonly declared: string[];
  /** Index of the feature that an input is, undefined for a trainable parameter. */
  featureOf(name: string): number | undefined;
  /** Qubits that a gate has acted on. */
  readonly touched: Set<number>;
  /** Qubits that were measured, and where. */
  readonly measured: Map<number, Place>;
  note(place: Place, text: string): void;
  /** The file that an include means. @throws InputError where it cannot be read. */
  readInclude(file: string, from: string, place: Place): Source;
}
