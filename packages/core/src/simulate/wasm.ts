import type { Batch, Engine, Simulator, SlotJacobian } from './engine.ts';
import { pointAt, writeConstants, writeOpenings, writeRows } from './wasm-constants.ts';
import { gap, type Layout, layOut, stateBytes } from './wasm-layout.ts';
import { machineOf } from './wasm-module.ts';
import { type Plan, planOf } from './wasm-passes.ts';
import { type Program, programOf, type Variant } from './wasm-program.ts';

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
}

/** The fast engine: WebAssembly SIMD, data points innermost. How it works is in docs/engine.md. */
export const wasm: Engine = createWasm({ keptBytes: 2 ** 28, narrowFrom: 14, chunkQubits: 14 });

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
        const widths =
          plan.qubits < options.narrowFrom ? blockWidths(plan.qubits, batch.points) : singles(batch.points);
        return execute(plan, programFor(derivatives, widths.reduce(larger, 1)), batch, widths);
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
    const key = JSON.stringify(variant);
    const program = known.get(key) ?? write(variant);
    known.set(key, program);
    return program;
  };
}

const singles = (points: number): number[] => Array<number>(points).fill(1);

/** Points of each block: 1, or even numbers that hardly differ. The last block may reach beyond the last point. */
function blockWidths(qubits: number, points: number): number[] {
  if (points === 1) return singles(points);
  const pairs = Math.ceil(points / 2);
  const blocks = Math.ceil(pairs / Math.max(1, blockBytes / stateBytes(qubits, 2)));
  return Array.from(
    { length: blocks },
    (_, block) => 2 * (Math.floor(((block + 1) * pairs) / blocks) - Math.floor((block * pairs) / blocks)),
  );
}

function execute(plan: Plan, program: Program, batch: Batch, widths: readonly number[]): SlotJacobian {
  const outputs = plan.observables.length;
  const result = {
    values: new Float64Array(batch.points * outputs),
    derivatives: new Float64Array(batch.points * outputs * program.slots),
  };
  if (batch.points === 0) return result;
  const machine = machineOf();
  const { kernels } = machine;
  const widest = widths.reduce(larger, 1);
  const layout = layOut(program, plan.qubits, outputs, widest);
  const purpose = `${plan.qubits} qubits, ${outputs} outputs, ${program.psiBuffers} states of ${widest} points`;
  const buffer = machine.reserve(layout.end, purpose);
  new Int32Array(buffer, layout.setup).set(program.setup);
  new Int32Array(buffer, layout.block).set(program.block);
  new Uint32Array(buffer, layout.words).set(program.words);
  const constants = new Float64Array(buffer, layout.constants, program.constants.length);
  constants.set(program.constants);
  writeConstants(program.shared, batch, 0, constants);
  const configure = (width: number) =>
    kernels.configure(width, plan.qubits, outputs, gap, layout.psi, layout.lambda, layout.readings);
  const { constants: at, rows, words, tables, blockTables, scratch, results } = layout;
  configure(widest);
  kernels.place(at, rows, words, tables, blockTables, scratch, results, program.slots);
  kernels.run(layout.setup, layout.setup + 4 * program.setup.length);
  let first = 0;
  for (const width of widths) {
    configure(width);
    writeBlock(plan, program, layout, batch, first, width, buffer);
    kernels.run(layout.block, layout.block + 4 * program.block.length);
    copyOut(plan, program, layout, first, width, buffer, result);
    first += width;
  }
  return result;
}

/** Writes what is different for every block: the angles of its points or their amplitudes. */
function writeBlock(
  plan: Plan,
  program: Program,
  layout: Layout,
  batch: Batch,
  first: number,
  width: number,
  buffer: ArrayBuffer,
): void {
  writeConstants(program.own, batch, first, new Float64Array(buffer, layout.constants, program.constants.length));
  const rows = new Float64Array(buffer, layout.rows, width * program.rowCount);
  writeRows(program.rows, batch, first, width, rows);
  if (plan.openings) writeOpenings(plan.openings, batch, first, width, rows);
  else writeAmplitudes(plan.qubits, batch, first, width, new Float64Array(buffer, layout.psi));
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
  buffer: ArrayBuffer,
  { values, derivatives }: SlotJacobian,
): void {
  const outputs = plan.observables.length;
  const count = Math.min(width, values.length / outputs - first);
  const readings = new Float64Array(buffer, layout.readings, width * outputs);
  for (let i = 0; i < count; i++)
    for (let output = 0; output < outputs; output++)
      values[(first + i) * outputs + output] = readings[output * width + i];
  const row = outputs * program.slots;
  derivatives.set(new Float64Array(buffer, layout.results, count * row), first * row);
}
