import * as code from '../../../wasm/codes.ts';
import type { Program } from '../compile/program.ts';
import { stateBytes } from '../states.ts';

/** What a call is about. */
export interface Shape {
  readonly qubits: number;
  readonly outputs: number;
  /** Points of the widest block. */
  readonly points: number;
  readonly fromAmplitudes: boolean;
  readonly threads: number;
  /** Blocks that are written before any is computed. */
  readonly items: number;
}

/**
 * Where in memory a call's numbers lie, in bytes: what all threads share, what every thread has for itself (that of
 * thread 0) and the items, one a block (item 0).
 */
export interface Layout {
  readonly header: number;
  readonly setup: number;
  readonly block: number;
  readonly words: number;
  readonly constants: number;
  readonly item: number;
  /** All constants once more, where some are different for every block. */
  readonly itemConstants: number;
  readonly rows: number;
  readonly readings: number;
  /** points × outputs × slots. */
  readonly results: number;
  readonly amplitudes: number;
  readonly itemBytes: number;
  readonly scratch: number;
  readonly tables: number;
  readonly blockTables: number;
  readonly psi: number;
  readonly lambda: number;
  readonly threadBytes: number;
  readonly end: number;
}

/**
 * Bytes between neighbouring states. States are powers of two; without a gap equal places of several would compete for
 * the same few lines of the cache.
 */
const gap = 320;

/** Lays out a program. */
export function layOut(program: Program, { qubits, outputs, points, fromAmplitudes, threads, items }: Shape): Layout {
  let end = 0;
  const next = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const row = 8 * points;
  const state = stateBytes(qubits, points);
  const constants = 8 * program.constants.length;
  const header = next(4 * code.CIRCUIT_HEADER);
  const setup = next(4 * program.setup.length);
  const block = next(4 * program.block.length);
  const words = next(4 * program.words.reduce((sum, part) => sum + part.length, 0));
  const common = next(constants);

  const item = next(4);
  const itemConstants = next(program.perPoint.length > 0 ? constants : 0);
  const rows = next(row * program.rowCount);
  const readings = next(row * outputs * program.readingCount);
  const results = next(row * outputs * program.slots);
  // One thread's blocks, one after the other, need no copy of their starting states.
  const copies = fromAmplitudes && threads > 1;
  const copy = next(copies ? state : 0);
  const itemBytes = end - item;
  next((items - 1) * itemBytes);

  // Walsh–Hadamard sums halve an array again and again: together they are no longer than the array itself.
  const scratch = next(Math.max(state, program.groupBytes));
  const tables = next(stateBytes(qubits, 1) * program.tables);
  const blockTables = next(state * program.blockTables);
  const psi = next((state + gap) * program.psiBuffers);
  const lambda = next((state + gap) * 2 * outputs);
  const threadBytes = end - scratch;
  next((threads - 1) * threadBytes);

  return {
    header,
    setup,
    block,
    words,
    constants: common,
    item,
    itemConstants,
    rows,
    readings,
    results,
    amplitudes: copies ? copy : psi,
    itemBytes,
    scratch,
    tables,
    blockTables,
    psi,
    lambda,
    threadBytes,
    end,
  };
}

/** The header of the job that runs the program (wasm/codes.ts). */
export function writeHeader(program: Program, shape: Shape, layout: Layout, serial: number, to: Uint32Array): void {
  to[code.JOB_KIND] = code.CIRCUIT;
  to[code.JOB_THREAD_BYTES] = layout.threadBytes;
  to[code.JOB_ITEM] = layout.item;
  to[code.JOB_ITEM_BYTES] = layout.itemBytes;
  to[code.CIRCUIT_SERIAL] = serial;
  to[code.CIRCUIT_QUBITS] = shape.qubits;
  to[code.CIRCUIT_OUTPUTS] = shape.outputs;
  to[code.CIRCUIT_GAP] = gap;
  to[code.CIRCUIT_SLOTS] = program.slots;
  to[code.CIRCUIT_SETUP] = layout.setup;
  to[code.CIRCUIT_SETUP_END] = layout.setup + 4 * program.setup.length;
  to[code.CIRCUIT_BLOCK] = layout.block;
  to[code.CIRCUIT_BLOCK_END] = layout.block + 4 * program.block.length;
  to[code.CIRCUIT_WORDS] = layout.words;
  to[code.CIRCUIT_CONSTANTS] = layout.constants;
  to[code.CIRCUIT_ITEM_CONSTANTS] = program.perPoint.length > 0 ? layout.itemConstants : 0;
  to[code.CIRCUIT_TABLES] = layout.tables;
  to[code.CIRCUIT_BLOCK_TABLES] = layout.blockTables;
  to[code.CIRCUIT_SCRATCH] = layout.scratch;
  to[code.CIRCUIT_PSI] = layout.psi;
  to[code.CIRCUIT_LAMBDA] = layout.lambda;
  to[code.CIRCUIT_ROWS] = layout.rows;
  to[code.CIRCUIT_READINGS] = layout.readings;
  to[code.CIRCUIT_RESULTS] = layout.results;
  to[code.CIRCUIT_AMPLITUDES] = shape.fromAmplitudes ? layout.amplitudes : 0;
}
