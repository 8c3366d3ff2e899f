import type { CircuitSource } from '../circuit/circuit.ts';
import { shortNames, wireNames } from './labels.ts';
import { type Column, layOut, wrap } from './layout.ts';

/**
 * A circuit as text of at most `width` characters a line (more where one gate is wider): qubit 0 on top, time to the
 * right, wrapped into blocks. `inputs` are the names of the features, x0, x1, … where left out.
 */
export function drawText(source: CircuitSource, width: number, inputs?: readonly string[]): string {
  const columns = layOut(source, shortNames(source, inputs)).map((column) => drawColumn(column, source.qubits));
  const labels = padded(wireNames(source));
  const blocks = wrap(columns, (cell) => cell[0].length, width - [...labels[0]].length - 2);
  return blocks.map((block, i) => joined(block, labels, i > 0, i < blocks.length - 1)).join('\n\n\n');
}

/** Lines of one column: wires at even places, what is between them at odd ones; all of one width. */
type Cell = readonly string[];

function drawColumn(column: Column, qubits: number): Cell {
  const wide = Math.max(...column.flatMap(({ symbols }) => symbols.map(({ text }) => [...text].length)));
  const lines = Array.from({ length: 2 * qubits - 1 }, (_, line): string => (line % 2 === 0 ? '─' : ' '));
  for (const { symbols } of column) {
    const [first, last] = [symbols[0].wire, symbols[symbols.length - 1].wire];
    for (let line = 2 * first; line < 2 * last; line++) lines[line] = line % 2 === 0 ? '┼' : '│';
    for (const { wire, text } of symbols) lines[2 * wire] = text;
  }
  return lines.map((text, line) => centred(text, wide + 2, line % 2 === 0 ? '─' : ' '));
}

function centred(text: string, width: number, fill: string): string {
  const space = width - [...text].length;
  const left = Math.floor(space / 2);
  return fill.repeat(left) + text + fill.repeat(space - left);
}

/** Names of one width, with a blank behind. */
function padded(names: readonly string[]): string[] {
  const wide = names.reduce((most, name) => Math.max(most, [...name].length), 0);
  return names.map((name) => `${name}${' '.repeat(wide - [...name].length)} `);
}

/** Columns side by side behind the names of the wires; » and « where a block goes on. */
function joined(block: readonly Cell[], labels: readonly string[], continued: boolean, goesOn: boolean): string {
  return Array.from({ length: 2 * labels.length - 1 }, (_, line) => {
    const inside = block.map((cell) => cell[line]).join('');
    if (line % 2 === 1) return (' '.repeat([...labels[0]].length + 1) + inside).trimEnd();
    return labels[line / 2] + (continued ? '«' : '─') + inside + (goesOn ? '»' : '─');
  }).join('\n');
}
