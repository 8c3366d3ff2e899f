import { type CircuitFacts, drawText } from '@qntk/core';
import { counted } from '@qntk/report';
import type { CircuitFile } from './circuit-file.ts';

/** Gates a text can hold: some hundred lines, and fewer where there are many qubits. */
const mostDrawn = (qubits: number): number => Math.min(2000, Math.ceil(40_000 / qubits));

/** A circuit for people: what it is made of, then the drawing. */
export function circuitText(circuit: CircuitFile, facts: CircuitFacts, width = 100): string {
  const { source, inputs, notes } = circuit;
  const { operations } = source;
  const most = mostDrawn(source.qubits);
  const drawn = { ...source, operations: operations.slice(0, most) };
  const rest = operations.length > most ? [`the drawing ends after the first ${counted(most, 'gate')}`] : [];
  return [
    summary(circuit, facts),
    drawText(drawn, width, inputs),
    ...[...notes, ...rest].map((note) => `· ${note}`),
  ].join('\n\n');
}

function summary({ source, inputs }: CircuitFile, { depth, gates, reuploads }: CircuitFacts): string {
  const counts = Object.entries(gates).map(([name, count]) => `${count} ${name}`);
  return [
    `${counted(source.qubits, 'qubit')}, depth ${depth}, ${counted(source.operations.length, 'gate')}: ${counts.join(', ') || 'none'}`,
    `${counted(source.parameters.length, 'parameter')}${ends(source.parameters)}`,
    `${counted(inputs.length, 'input')}${ends(inputs)}; ${entry(source.start, inputs, reuploads)}`,
  ].join('\n');
}

function ends(names: readonly string[]): string {
  if (names.length === 0) return '';
  return names.length <= 4 ? `: ${names.join(', ')}` : `: ${names[0]}, ${names[1]}, … ${names.at(-1)}`;
}

function entry(start: CircuitFile['source']['start'], inputs: readonly string[], reuploads: boolean): string {
  if (start !== 'zero') return 'data enters as the state that the circuit starts in';
  if (inputs.length === 0) return 'no data enters';
  if (reuploads) return 'data enters again after trainable gates (re-uploading)';
  return 'data enters before all trainable gates that it meets';
}
