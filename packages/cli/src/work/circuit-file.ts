import path from 'node:path';
import { InputError, type QasmCircuit, withoutIdleQubits } from '@qntk/core';
import { largest, readInput } from '../files/input.ts';
import { readCircuitFile } from '../files/openqasm.ts';
import { readProblem } from '../spec/problem.ts';

/** A circuit and what is known of it. */
export type CircuitFile = Pick<QasmCircuit, 'source' | 'inputs' | 'notes'>;

/**
 * The circuit of a file in OpenQASM, or of a SPEC with its data, which says how many features there are.
 *
 * @throws InputError naming file and place.
 */
export function readCircuit(file: string, inputs?: readonly string[]): CircuitFile {
  if (isOpenqasm(file)) {
    const circuit = readCircuitFile(file, inputs);
    return { ...circuit, source: withoutIdleQubits(circuit) };
  }
  if (inputs)
    throw new InputError({
      where: '--inputs',
      found: `it with ${file}, a SPEC`,
      expected: 'it with a circuit only: a SPEC says itself what its inputs are',
    });
  const { model, circuit } = readProblem(file, { warn: () => undefined });
  const { source } = model.circuit;
  if (circuit) return { ...circuit, source };
  const named = source.start === 'states' ? 0 : source.inputs;
  return { source, inputs: Array.from({ length: named }, (_, k) => `x_${k}`), notes: [] };
}

/** By the name of the file, and where that says nothing by the first words in it. */
function isOpenqasm(file: string): boolean {
  const extension = path.extname(file).toLowerCase();
  if (['.qasm', '.qasm3', '.qasm2', '.inc'].includes(extension)) return true;
  if (['.yaml', '.yml', '.json'].includes(extension)) return false;
  const start = readInput(file, largest.circuit).toString('utf8', 0, 10_000);
  return /^\s*(?:OPENQASM|include|qubit|qreg)\b/m.test(start);
}
