import type { Batch, Engine, Simulator, SlotJacobian } from './engine.ts';
import { pointAt, writeConstants, writeOpenings, writeRows } from './wasm-constants.ts';
import { gap, type Layout, layOut, stateBytes } from './wasm-layout.ts';
import { machineOf } from './wasm-module.ts';
import { type Plan, planOf } from './wasm-passes.ts';
import { type Program, programOf } from './wasm-program.ts';

/** The fast engine: WebAssembly SIMD, data points innermost. How it works is in docs/engine.md. */
export const wasm: Engine = { name: 'wasm', prepare };

/** States of a block up to this size stay in the first cache while passes go over them. */
const blockBytes = 8192;
/** From here on a single point fills the vectors. */
const narrowFrom = 14;
/** States kept for the way back may take this much; circuits that need more undo their passes instead. */
const keptBytes = 2 ** 28;

function prepare(...[circuit, observables]: Parameters<Engine['prepare']>): Simulator {
  const plan = planOf(circuit, observables);
  const programs = new Map<string, Program>();
  const programFor = (derivatives: boolean, points: number): Program => {
    const narrow = points === 1;
    const key = `${derivatives},${narrow}`;
    const program = programs.get(key) ?? choose(plan, derivatives, points);
    programs.set(key, program);
    return program;
  };
  return {
    expectations(batch) {
      const width = blockWidth(plan.qubits, batch.points);
      return execute(plan, programFor(false, width), batch, width).values;
    },
    jacobian(batch) {
      const width = blockWidth(plan.qubits, batch.points);
      return execute(plan, programFor(true, width), batch, width);
    },
  };
}

/** Keeps states if they fit. */
function choose(plan: Plan, derivatives: boolean, points: number): Program {
  const narrow = points === 1;
  const keeping = programOf(plan, { derivatives, narrow, keep: true });
  if (keeping.psiBuffers * stateBytes(plan.qubits, points) <= keptBytes) return keeping;
  return programOf(plan, { derivatives, narrow, keep: false });
}

/** Points in a block: 1, or an even number that spreads the points over blocks evenly. */
function blockWidth(qubits: number, points: number): number {
  if (points <= 1 || qubits >= narrowFrom) return 1;
  const most = Math.max(2, blockBytes / stateBytes(qubits, 1));
  const blocks = Math.ceil(points / most);
  return 2 * Math.ceil(points / blocks / 2);
}

function execute(plan: Plan, program: Program, batch: Batch, width: number): SlotJacobian {
  const machine = machineOf();
  const outputs = plan.observables.length;
  const layout = layOut(program, plan.qubits, outputs, width);
  const purpose = `${plan.qubits} qubits, ${outputs} outputs, ${program.psiBuffers} states of ${width} points`;
  const buffer = machine.reserve(layout.end, purpose);
  new Int32Array(buffer, layout.setup).set(program.setup);
  new Int32Array(buffer, layout.block).set(program.block);
  new Uint32Array(buffer, layout.words).set(program.words);
  const constants = new Float64Array(buffer, layout.constants, program.constants.length);
  constants.set(program.constants);
  writeConstants(program.shared, batch, 0, constants);
  machine.configure(width, plan.qubits, outputs, gap, layout.psi, layout.lambda, layout.readings);
  const { constants: at, rows, words, tables, blockTables, scratch, results } = layout;
  machine.place(at, rows, words, tables, blockTables, scratch, results, program.slots);
  machine.run(layout.setup, layout.setup + 4 * program.setup.length);
  const result = {
    values: new Float64Array(batch.points * outputs),
    derivatives: new Float64Array(batch.points * outputs * program.slots),
  };
  for (let first = 0; first < batch.points; first += width) {
    writeBlock(plan, program, layout, batch, first, width, buffer);
    machine.run(layout.block, layout.block + 4 * program.block.length);
    copyOut(plan, program, layout, first, width, buffer, result);
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
