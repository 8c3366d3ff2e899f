import type { Batch, SlotJacobian } from '../../engine.ts';
import type { Plan } from '../compile/passes.ts';
import type { Program } from '../compile/program.ts';
import { pointAt, writeConstants, writePreparations, writeRows } from '../memory/constants.ts';
import type { Layout } from '../memory/layout.ts';

/** A block of points at its place in the machine's memory. */
export interface Item {
  readonly plan: Plan;
  readonly program: Program;
  readonly layout: Layout;
  readonly buffer: ArrayBufferLike;
  /** Bytes from the first item. */
  readonly offset: number;
  /** The block's first point, and how many it has; the last block may reach beyond the last point. */
  readonly first: number;
  readonly width: number;
}

/** Writes what is different for every block: the angles of its points or their amplitudes. */
export function writeItem({ plan, program, layout, buffer, offset, first, width }: Item, batch: Batch): void {
  new Uint32Array(buffer, layout.item + offset, 1)[0] = width;
  if (program.perPoint.length > 0) {
    const shared = new Float64Array(buffer, layout.constants, program.constants.length);
    const constants = new Float64Array(buffer, layout.itemConstants + offset, program.constants.length);
    constants.set(shared);
    writeConstants(program.perPoint, batch, first, constants);
  }
  const rows = new Float64Array(buffer, layout.rows + offset, width * program.rowCount);
  writeRows(program.rows, batch, first, width, rows);
  if (plan.preparations) writePreparations(plan.preparations, batch, first, width, rows);
  else writeAmplitudes(plan.qubits, batch, first, width, new Float64Array(buffer, layout.amplitudes + offset));
}

function writeAmplitudes(qubits: number, batch: Batch, first: number, width: number, psi: Float64Array): void {
  if (!batch.amplitudes) throw new TypeError('the circuit starts from amplitudes, but the batch has none');
  const dimension = 2 ** qubits;
  const imaginary = dimension * width;
  for (let i = 0; i < width; i++) {
    const from = 2 * dimension * pointAt(batch, first + i);
    for (let k = 0; k < dimension; k++) {
      psi[k * width + i] = batch.amplitudes[from + 2 * k];
      psi[imaginary + k * width + i] = batch.amplitudes[from + 2 * k + 1];
    }
  }
}

/** Copies a block's values and derivatives out of the engine's memory. */
export function copyOut(
  { plan, program, layout, buffer, offset, first, width }: Item,
  { values, derivatives }: SlotJacobian,
): void {
  const outputs = plan.observables.length;
  const count = Math.min(width, values.length / outputs - first);
  const readings = new Float64Array(buffer, layout.readings + offset, width * outputs);
  for (let i = 0; i < count; i++)
    for (let output = 0; output < outputs; output++)
      values[(first + i) * outputs + output] = readings[output * width + i];
  const row = outputs * program.slots;
  derivatives.set(new Float64Array(buffer, layout.results + offset, count * row), first * row);
}
