import fs from 'node:fs';
import path from 'node:path';
import { counted, InputError, idleQubits, type QasmCircuit, readOpenqasm } from '@qntk/core';
import { decodeText } from '@qntk/formats';
import { largest, readInput } from './input.ts';

/**
 * Reads a circuit from a file in OpenQASM. It can include other files in `folder` and in those below, under names
 * relative to the file that includes them.
 *
 * @throws InputError with file, line and column.
 */
export function readCircuitFile(file: string, inputs: readonly string[], folder = path.dirname(file)): QasmCircuit {
  const circuit = readOpenqasm(readText(file), {
    name: file,
    inputs,
    readInclude: (wanted, from) => {
      const name = path.join(path.dirname(from), wanted);
      checkInside(folder, name, wanted);
      return { name, text: readText(name) };
    },
  });
  const idle = idleQubits(circuit);
  return idle === 0 ? circuit : { ...circuit, notes: [...circuit.notes, `${file}: ${idleNote(idle, circuit)}`] };
}

const idleNote = (idle: number, { source }: QasmCircuit): string =>
  `no gate acts on ${idle} of ${counted(source.qubits, 'qubit')}: what no observable names of them is left out`;

/** Names that programs give to features: x, x0, x_0, Qiskit's _x_0_, x[0]. */
const featurePattern = /^_*x(?:_?\d+|\[\d+\])?_*$/;

/** The inputs of a program that look like features, where nobody says which are. */
export function likelyFeatures({ source }: QasmCircuit): string[] {
  return source.parameters.filter((name) => featurePattern.test(name));
}

/** @throws InputError where the text is not UTF-8: a letter must never become another one. */
function readText(file: string): string {
  return decodeText(readInput(file, largest.circuit), file, { advice: 'save it as UTF-8' });
}

/** Links are followed first: what counts is where a file really is. */
function checkInside(folder: string, name: string, wanted: string): void {
  const inside = path.relative(realPath(folder), realPath(name));
  if (path.isAbsolute(wanted) || inside.startsWith('..') || path.isAbsolute(inside))
    throw new InputError({
      where: 'include',
      found: `${JSON.stringify(wanted)}, which is outside the folder of the circuit or SPEC`,
      expected: 'a file inside',
    });
}

/** As far as it exists: a missing file is reported when it is read. */
function realPath(name: string): string {
  try {
    return fs.realpathSync(name);
  } catch {
    return path.resolve(name);
  }
}
