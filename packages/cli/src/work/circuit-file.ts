import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { InputError, type QasmCircuit, shown, withoutIdleQubits } from '@qntk/core';
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
  if (kindOf(file) === 'openqasm') {
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

/**
 * By the name of the file, and where that says nothing by the first words in it.
 *
 * @throws InputError where these belong to neither.
 */
function kindOf(file: string): 'openqasm' | 'spec' {
  const extension = path.extname(file).toLowerCase();
  if (['.qasm', '.qasm3', '.qasm2', '.inc'].includes(extension)) return 'openqasm';
  if (['.yaml', '.yml', '.json'].includes(extension)) return 'spec';
  const content = readInput(file, largest.circuit);
  const start = content.toString(content[0] === 0xff && content[1] === 0xfe ? 'utf16le' : 'utf8', 0, 10_000);
  if (/^\s*(?:OPENQASM|include|qubit|qreg|input)\b/m.test(start)) return 'openqasm';
  if (/^\s*\{?\s*"?(?:data|model|initial|training)"?\s*:/m.test(start)) return 'spec';
  throw new InputError({ where: file, found: foundIn(content, start), expected: circuitOrSpec });
}

const circuitOrSpec =
  'a circuit in OpenQASM 3 or 2, which begins with OPENQASM or include, or a SPEC, which has the keys data and model';

/** What a file holds that is neither, by its first line. */
function foundIn(content: Uint8Array, start: string): string {
  if (content.length === 0) return 'an empty file';
  if (content.includes(0) || !isUtf8(content)) return 'binary data';
  return `text that begins with ${shown(start.trim().split(/[\r\n]/)[0])}`;
}
