import { circuitFacts, counted, drawSvg, InputError, writeOpenqasm } from '@qntk/core';
import type { Outcome, OutputFile } from '../command.ts';
import { type CircuitFile, readCircuit } from './circuit-file.ts';
import { circuitText } from './circuit-text.ts';

interface Given {
  readonly file: string;
  readonly inputs?: readonly string[];
  readonly svg?: string;
  readonly qasm?: string;
  readonly width?: number;
}

/** Gates times qubits that an image can hold: about what a browser shows without trouble. */
const mostDrawn = 1_000_000;

export function run(given: Given): Outcome {
  const circuit = readCircuit(given.file, given.inputs);
  const { source, inputs, notes } = circuit;
  const { depth, gates, reuploads } = circuitFacts(source);
  const output = files(circuit, given);
  const written = output.length === 0 ? '' : `\n\nWritten to ${output.map(({ file }) => file).join(', ')}`;
  return {
    text: circuitText(circuit, { depth, gates, reuploads }, given.width) + written,
    document: {
      schema: 'qntk/circuit/1',
      qubits: source.qubits,
      ...(source.qubitNames && { qubitNames: source.qubitNames }),
      parameters: source.parameters,
      inputs,
      depth,
      gates,
      reuploads,
      notes,
    },
    ...(output.length > 0 && { output }),
  };
}

function files({ source, inputs }: CircuitFile, { svg, qasm }: Given): OutputFile[] {
  const most = Math.floor(mostDrawn / source.qubits);
  if (svg !== undefined && source.operations.length > most)
    throw new InputError({
      where: '--svg',
      found: `${counted(source.operations.length, 'gate')} on ${counted(source.qubits, 'qubit')}`,
      expected: `at most ${counted(most, 'gate')}`,
    });
  return [
    ...(svg === undefined ? [] : [{ file: svg, content: drawSvg(source, inputs) }]),
    ...(qasm === undefined ? [] : [{ file: qasm, content: openqasm({ source, inputs }) }]),
  ];
}

function openqasm({ source, inputs }: Pick<CircuitFile, 'source' | 'inputs'>): string {
  try {
    return writeOpenqasm(source, inputs);
  } catch (error) {
    throw error instanceof InputError ? error.within('--qasm') : error;
  }
}
