import { machineOf } from '../../wasm/module.ts';
import type { Batch, Engine, Simulator, SlotJacobian } from '../engine.ts';
import { type Plan, planOf } from './compile/passes.ts';
import { type Program, programOf, type Variant } from './compile/program.ts';
import { pointAt, writeConstants, writeOpenings, writeRows } from './memory/constants.ts';
import { type Layout, layOut, type Shape, stateBytes, writeHeader } from './memory/layout.ts';

/** States of a block up to this size stay in the first cache while passes go over them. */
const blockBytes = 10240;
/** Settings that change cost, never results. */
export interface WasmOptions {
  /**
   * Bytes that tables and states kept for the way back may take. Circuits that need more build their tables anew and undo
   * their passes on ψ instead, which needs the memory of a few states and about a third more time.
   */
  readonly keptBytes: number;
  /** From so many qubits on points are taken one at a time: a single state fills the vectors, several the caches. */
  readonly narrowFrom: number;
  /** Larger single states are worked on in chunks of 2^chunkQubits numbers, which fit in the second cache. */
  readonly chunkQubits: number;
  /** Amplitudes times instructions from which threads, where there are several, share out the blocks. */
  readonly sharedFrom: number;
}

/** The fast engine: WebAssembly SIMD, data points innermost. How it works is in docs/engine.md. */
export const wasm: Engine = createWasm({ keptBytes: 2 ** 28, narrowFrom: 14, chunkQubits: 14, sharedFrom: 2 ** 16 });

/** The fast engine with settings of its own. */
export function createWasm(options: WasmOptions): Engine {
  return {
    name: 'wasm',
    prepare(circuit, observables): Simulator {
      const plan = planOf(circuit, observables);
      const program = cached((variant: Variant) => programOf(plan, variant));
      const programFor = (derivatives: boolean, points: number): Program => {
        const narrow = points === 1;
        const within = narrow ? options.chunkQubits : plan.qubits;
        const keeping = program({ derivatives, narrow, within, keep: true });
        if (keptSize(keeping, plan.qubits, points) <= options.keptBytes) return keeping;
        return program({ derivatives, narrow, within, keep: false });
      };
      const run = (batch: Batch, derivatives: boolean): SlotJacobian => {
        const narrow = plan.qubits >= options.narrowFrom;
        const widths = narrow ? singles(batch.points) : blockWidths(plan.qubits, batch.points, 1);
        const program = programFor(derivatives, widths.reduce(larger, 1));
        const work = batch.points * 2 ** plan.qubits * program.passes;
        const threads = work < options.sharedFrom ? 1 : machineOf().threads;
        if (threads === 1 || narrow) return execute(plan, program, batch, widths, threads);
        return execute(plan, program, batch, blockWidths(plan.qubits, batch.points, threads), threads);
      };
      return { expectations: (batch) => run(batch, false).values, jacobian: (batch) => run(batch, true) };
    },
  };
}

const keptSize = ({ psiBuffers, tables, blockTables }: Program, qubits: number, points: number): number =>
  (psiBuffers + blockTables) * stateBytes(qubits, points) + tables * stateBytes(qubits, 1);

const larger = (a: number, b: number): number => Math.max(a, b);

/** Programs are written when they are first needed. */
function cached(write: (variant: Variant) => Program): (variant: Variant) => Program {
  const known = new Map<string, Program>();
  return (variant) => {
    const key = `${variant.derivatives} ${variant.narrow} ${variant.within} ${variant.keep}`;
    const program = known.get(key) ?? write(variant);
    known.set(key, program);
    return program;
  };
}

const singles = (points: number): number[] => Array<number>(points).fill(1);

/**
 * Points of each block: 1, or even numbers that hardly differ. The last block may reach beyond the last point. Every thread
 * has as many blocks as the others, where there are enough points.
 */
function blockWidths(qubits: number, points: number, threads: number): number[] {
  if (points === 1) return singles(points);
  const pairs = Math.ceil(points / 2);
  const least = Math.ceil(pairs / Math.max(1, blockBytes / stateBytes(qubits, 2)));
  const blocks = Math.min(pairs, Math.ceil(least / threads) * threads);
  return Array.from(
    { length: blocks },
    (_, block) => 2 * (Math.floor(((block + 1) * pairs) / blocks) - Math.floor((block * pairs) / blocks)),
  );
}

/** Bytes of blocks that are written before their computation starts, where threads share them out. */
const itemsBytes = 2 ** 23;
/** Every thread has states of its own. A call that would take more than this is one thread's. */
const mostSharedBytes = 2 ** 31;

let serial = 0;

/** First point of each block. */
function firstPoints(widths: readonly number[]): number[] {
  let next = 0;
  return widths.map((width) => {
    next += width;
    return next - width;
  });
}

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
    fromAmplitudes: plan.openings === undefined,
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

function execute(plan: Plan, program: Program, batch: Batch, widths: readonly number[], threads: number): SlotJacobian {
  const outputs = plan.observables.length;
  const result = {
    values: new Float64Array(batch.points * outputs),
    derivatives: new Float64Array(batch.points * outputs * program.slots),
  };
  if (batch.points === 0) return result;
  const machine = machineOf();
  machine.owner = undefined;
  const { shape, layout } = shapeOf(plan, program, widths, threads);
  const { items } = shape;
  const purpose = () =>
    `${plan.qubits} qubits, ${outputs} outputs, ${program.psiBuffers} states of ${shape.points} points`;
  const buffer = machine.reserve(layout.end, purpose);
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
  serial = (serial + 1) >>> 0;
  writeHeader(program, shape, layout, serial, new Uint32Array(buffer, layout.header));
  const firsts = firstPoints(widths);
  for (let from = 0; from < widths.length; from += items) {
    const count = Math.min(items, widths.length - from);
    for (let i = 0; i < count; i++)
      writeItem(plan, program, layout, batch, firsts[from + i], widths[from + i], buffer, i * layout.itemBytes);
    machine.perform(layout.header, count, shape.threads > 1);
    for (let i = 0; i < count; i++)
      copyOut(plan, program, layout, firsts[from + i], widths[from + i], buffer, i * layout.itemBytes, result);
  }
  return result;
}

/** Writes what is different for every block: the angles of its points or their amplitudes. */
function writeItem(
  plan: Plan,
  program: Program,
  layout: Layout,
  batch: Batch,
  first: number,
  width: number,
  buffer: ArrayBufferLike,
  offset: number,
): void {
  new Uint32Array(buffer, layout.item + offset, 1)[0] = width;
  if (program.own.length > 0) {
    const shared = new Float64Array(buffer, layout.constants, program.constants.length);
    const own = new Float64Array(buffer, layout.itemConstants + offset, program.constants.length);
    own.set(shared);
    writeConstants(program.own, batch, first, own);
  }
  const rows = new Float64Array(buffer, layout.rows + offset, width * program.rowCount);
  writeRows(program.rows, batch, first, width, rows);
  if (plan.openings) writeOpenings(plan.openings, batch, first, width, rows);
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
function copyOut(
  plan: Plan,
  program: Program,
  layout: Layout,
  first: number,
  width: number,
  buffer: ArrayBufferLike,
  offset: number,
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
