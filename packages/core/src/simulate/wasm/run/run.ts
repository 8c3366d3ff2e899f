import type { Machine } from '../../../wasm/machine.ts';
import { counted } from '../../../wording.ts';
import type { Batch, SlotJacobian } from '../../engine.ts';
import type { Plan } from '../compile/passes.ts';
import type { Program } from '../compile/program.ts';
import { writeConstants } from '../memory/constants.ts';
import { type Layout, layOut, type Shape, writeHeader } from '../memory/layout.ts';
import { firstPoints, larger } from './blocks.ts';
import { copyOut, type Item, writeItem } from './items.ts';

/** Bytes of blocks that are written before their computation starts, where threads share them out. */
const itemsBytes = 2 ** 23;
/** Every thread has states of its own. A call that would take more than this is one thread's. */
const mostSharedBytes = 2 ** 31;

/** Number of the call: each thread runs the setup of a call once. */
let serial = 0;

/** How a call is laid out: for all threads, unless that takes too much memory or there is nothing to share. */
function shapeOf(
  plan: Plan,
  program: Program,
  widths: readonly number[],
  threads: number,
): { shape: Shape; layout: Layout } {
  const alone = {
    qubits: plan.qubits,
    outputs: plan.observables.length,
    points: widths.reduce(larger, 1),
    fromAmplitudes: plan.preparations === undefined,
    threads: 1,
    items: 1,
  };
  if (threads > 1 && widths.length > 1) {
    const { itemBytes } = layOut(program, { ...alone, threads });
    const items = Math.min(widths.length, Math.max(4 * threads, Math.floor(itemsBytes / itemBytes)));
    const shape = { ...alone, threads, items };
    const layout = layOut(program, shape);
    if (layout.end <= mostSharedBytes) return { shape, layout };
  }
  return { shape: alone, layout: layOut(program, alone) };
}

/** Runs a program on all points of a batch, block by block, on as many threads as there is room for. */
export function runProgram(
  machine: Machine,
  plan: Plan,
  program: Program,
  batch: Batch,
  widths: readonly number[],
  threads: number,
): SlotJacobian {
  const outputs = plan.observables.length;
  const result = {
    values: new Float64Array(batch.points * outputs),
    derivatives: new Float64Array(batch.points * outputs * program.slots),
  };
  if (batch.points === 0) return result;
  machine.owner = undefined;
  const { shape, layout } = shapeOf(plan, program, widths, threads);
  const { items } = shape;
  const purpose = () =>
    `${counted(plan.qubits, 'qubit')}, ${counted(outputs, 'output')}, ${counted(program.psiBuffers, 'state')} of ${counted(shape.points, 'point')}`;
  const buffer = machine.reserve(layout.end, purpose);
  writeProgram(program, shape, layout, batch, buffer);
  const firsts = firstPoints(widths);
  for (let from = 0; from < widths.length; from += items) {
    const count = Math.min(items, widths.length - from);
    const block: Item[] = Array.from({ length: count }, (_, i) => ({
      plan,
      program,
      layout,
      buffer,
      offset: i * layout.itemBytes,
      first: firsts[from + i],
      width: widths[from + i],
    }));
    for (const item of block) writeItem(item, batch);
    machine.perform(layout.header, count, shape.threads > 1);
    for (const item of block) copyOut(item, result);
  }
  return result;
}

/** Writes what a call's items have in common. */
function writeProgram(program: Program, shape: Shape, layout: Layout, batch: Batch, buffer: ArrayBufferLike): void {
  new Int32Array(buffer, layout.setup).set(program.setup);
  new Int32Array(buffer, layout.block).set(program.block);
  let at = layout.words;
  for (const part of program.words) {
    new Uint32Array(buffer, at).set(part);
    at += part.byteLength;
  }
  const constants = new Float64Array(buffer, layout.constants, program.constants.length);
  constants.set(program.constants);
  writeConstants(program.shared, batch, 0, constants);
  if (batch.coefficients)
    for (const { at, term, factor } of program.coefficients) constants[at] = factor * batch.coefficients[term];
  serial = (serial + 1) >>> 0;
  writeHeader(program, shape, layout, serial, new Uint32Array(buffer, layout.header));
}
