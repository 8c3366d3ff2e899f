import fs from 'node:fs';
import path from 'node:path';
import { counted, InputError, idleQubits, type QasmCircuit, readOpenqasm } from '@qntk/core';
import { decodeText } from '@qntk/formats';
import { largest, readInput } from './input.ts';

/**
 * Reads a circuit from a file in OpenQASM. It can include other files in `folder` and in those below, under names
 * relative to the file that includes them. `inputs` are the features; where left out those that are called so.
 *
 * @throws InputError with file, line and column.
 */
export function readCircuitFile(
  file: string,
  inputs: readonly string[] | undefined,
  folder = path.dirname(file),
): QasmCircuit {
  const read = (names: readonly string[]) =>
    readOpenqasm(readText(file), {
      name: file,
      inputs: names,
      readInclude: (wanted, from) => {
        const name = path.join(path.dirname(from), wanted);
        checkInside(folder, name, wanted);
        return { name, text: readText(name) };
      },
    });
  const without = read(inputs ?? []);
  const features = inputs ?? featuresByName(without.source.parameters);
  const circuit = inputs || features.length === 0 ? without : read(features);
  const idle = idleQubits(circuit);
  return {
    ...circuit,
    notes: [
      ...circuit.notes,
      ...(inputs || features.length === 0 ? [] : [`inputs taken for features by their names: ${listed(features)}`]),
      ...(idle === 0 ? [] : [`${file}: ${idleNote(idle, circuit)}`]),
    ],
  };
}

const idleNote = (idle: number, { source }: QasmCircuit): string =>
  `no gate acts on ${idle} of ${counted(source.qubits, 'qubit')}: what no observable names of them is left out`;

/** Names that programs give to features, with their number: x, x0, x_0, Qiskit's _x_0_, x[0]. */
const featurePattern = /^_*x(?:_?(\d+)|\[(\d+)\])?_*$/;

/** The inputs of a program that look like features, by their numbers. */
function featuresByName(names: readonly string[]): string[] {
  return names
    .flatMap((name) => {
      const found = featurePattern.exec(name);
      return found ? [{ name, number: Number(found[1] ?? found[2] ?? -1) }] : [];
    })
    .sort((a, b) => a.number - b.number)
    .map(({ name }) => name);
}

const listed = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(', ') : `${names.slice(0, 3).join(', ')}, … ${names.at(-1)}`;

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
