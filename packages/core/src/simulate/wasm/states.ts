/**
 * Adjoint differentiation needs two states, scratch of one, a table of phases, and for each output two more states and
 * a table: the most that is laid out beside a program.
 */
export const statesAtOnce = (outputs: number): number => 4 + 3 * outputs;

/** Bytes of one state. */
export const stateBytes = (qubits: number, points: number): number => 16 * points * 2 ** qubits;
