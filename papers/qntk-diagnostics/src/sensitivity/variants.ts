import type { NetworkSpec } from '../networks.ts';
import { spreadOf } from '../numbers.ts';
import type { Cell, Quantity, Sweep } from '../sweep/analysis.ts';

/** A choice that the paper leaves open. */
export const choices = ['ansatz', 'input range', 'readout', 'γ', 'f₀', 'κ', 'iterations', 'split'] as const;

export type Choice = (typeof choices)[number];

type Ansatz = NetworkSpec['ansatz'];

/** A choice made otherwise: other networks, or the same ones read otherwise. */
export interface Variant {
  readonly name: string;
  readonly choice: Choice;
  readonly spec?: Partial<Omit<NetworkSpec, 'ansatz' | 'frequency' | 'layers'>>;
  /** What takes the place of each ansatz. */
  readonly ansatze?: Readonly<Record<'hea' | 'hva', Ansatz>>;
  readonly read?: (sweep: Sweep) => Sweep;
}

export const variants: readonly Variant[] = [
  { name: 'HEA of RY, RZ, chain of CX', choice: 'ansatz', ansatze: { hea: 'efficient-su2', hva: 'hva' } },
  { name: 'HEA strongly entangling', choice: 'ansatz', ansatze: { hea: 'strongly-entangling', hva: 'hva' } },
  { name: '[−1, 1]', choice: 'input range', spec: { range: [-1, 1] } },
  { name: '[0, π]', choice: 'input range', spec: { range: [0, Math.PI] } },
  { name: '[−π, π]', choice: 'input range', spec: { range: [-Math.PI, Math.PI] } },
  { name: 'mean of all Z', choice: 'readout', spec: { observable: 'mean-Z' } },
  { name: 'Z₀Z₁', choice: 'readout', spec: { observable: 'Z0*Z1' } },
  { name: 'γ = 1.5', choice: 'γ', spec: { scale: 1.5 } },
  { name: 'γ = 3', choice: 'γ', spec: { scale: 3 } },
  { name: 'dropped', choice: 'f₀', read: droppedStart },
  { name: 'λmin/λmax, as in the text', choice: 'κ', read: reversedKappa },
  { name: 'at most 100', choice: 'iterations', spec: { steps: 100 } },
  { name: 'at most 2000', choice: 'iterations', spec: { steps: 2000 } },
  { name: 'another', choice: 'split', spec: { split: 2 } },
  { name: 'a third', choice: 'split', spec: { split: 3 } },
];

/** Eq. 5 as printed, without the outputs at initialisation. */
function droppedStart(sweep: Sweep): Sweep {
  return reread(sweep, (of) => ({ ...of, error: of.errorDropped, kernelR2: of.kernelR2Dropped }));
}

/** log(λmin/λmax). */
function reversedKappa(sweep: Sweep): Sweep {
  return reread(sweep, (of) => ({ ...of, logKappa: spreadOf(of.logKappa.values.map((value) => -value)) }));
}

function reread({ cells, others }: Sweep, change: (of: Cell['of']) => Record<Quantity, Cell['of'][Quantity]>): Sweep {
  const changed = (some: readonly Cell[]) => some.map((cell) => ({ ...cell, of: change(cell.of) }));
  return { cells: changed(cells), others: changed(others) };
}
