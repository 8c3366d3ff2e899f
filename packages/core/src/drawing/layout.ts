import type { CircuitSource, Operation } from '../circuit/circuit.ts';
import { type Role, roleOf } from '../circuit/facts.ts';
import { gates } from '../circuit/gates.ts';
import { type ShortNames, shortAngles } from './labels.ts';

/** One gate where it is drawn. */
export interface Placed {
  readonly role: Role;
  /** Its wires from top to bottom, and what stands on each: `●`, `×`, or the text of a box. */
  readonly symbols: readonly { readonly wire: number; readonly text: string }[];
}

/** Gates that are drawn one below the other; their spans share no wire. */
export type Column = readonly Placed[];

/** Symbols that are drawn without a box. */
export const isDot = (text: string): boolean => text === '●' || text === '×';

/** Gates in columns, each as far to the left as the wires it spans are free. */
export function layOut(source: CircuitSource, names: ShortNames): Column[] {
  const columns: Placed[][] = [];
  const next = new Int32Array(source.qubits);
  const place = (placed: Placed) => {
    const low = placed.symbols[0].wire;
    const high = placed.symbols[placed.symbols.length - 1].wire;
    const column = next.subarray(low, high + 1).reduce((most, free) => Math.max(most, free), 0);
    next.fill(column + 1, low, high + 1);
    columns[column] ??= [];
    columns[column].push(placed);
  };
  if (source.start !== 'zero') place(startingState(source.qubits));
  for (const operation of source.operations) place({ role: roleOf(operation), symbols: symbolsOf(operation, names) });
  return columns;
}

/** The data point as a state: not a gate, but where the wires begin. */
function startingState(qubits: number): Placed {
  return { role: 'data', symbols: Array.from({ length: qubits }, (_, wire) => ({ wire, text: '|x⟩' })) };
}

function symbolsOf(operation: Operation, names: ShortNames): Placed['symbols'] {
  const { gate, wires, angles = [] } = operation;
  const labels = gates.get(gate)?.drawing ?? ownLabels(wires.length);
  const suffix = angles.length === 0 ? '' : `(${shortAngles(angles, names)})`;
  return wires
    .map((wire, i) => ({ wire, text: isDot(labels[i]) ? labels[i] : labels[i] + suffix }))
    .sort((a, b) => a.wire - b.wire);
}

/** A matrix of one's own: the numbers say which bit of its index a wire is. */
function ownLabels(count: number): string[] {
  return count === 1 ? ['U'] : Array.from({ length: count }, (_, bit) => `U:${bit}`);
}

/** Columns in rows of at most `most` together, at least one a row. */
export function wrap<C>(columns: readonly C[], widthOf: (column: C) => number, most: number): C[][] {
  const rows: C[][] = [[]];
  let used = 0;
  for (const column of columns) {
    const width = widthOf(column);
    if (used + width > most && used > 0) {
      rows.push([]);
      used = 0;
    }
    rows[rows.length - 1].push(column);
    used += width;
  }
  return rows;
}
