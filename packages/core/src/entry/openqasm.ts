/**
 * Circuits from OpenQASM 3 and 2, and to OpenQASM 3.
 *
 * @module
 */

export type { Register } from '../openqasm/interpret/program.ts';
export type { Source } from '../openqasm/parse/source.ts';
export { idleQubits, qubitNames, withoutIdleQubits } from '../openqasm/qubits.ts';
export { type QasmCircuit, type ReadOptions, readOpenqasm } from '../openqasm/read.ts';
export { writeOpenqasm } from '../openqasm/write/write.ts';
