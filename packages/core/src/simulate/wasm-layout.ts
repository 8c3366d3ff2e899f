import type { Program } from './wasm-program.ts';

/** Where in memory a call's numbers lie, in bytes. */
export interface Layout {
  readonly setup: number;
  readonly block: number;
  readonly words: number;
  readonly constants: number;
  readonly rows: number;
  readonly readings: number;
  readonly scratch: number;
  /** points × outputs × slots. */
  readonly results: number;
  readonly tables: number;
  readonly blockTables: number;
  readonly psi: number;
  readonly lambda: number;
  readonly end: number;
}

/**
 * Bytes between neighbouring states. States are powers of two; without a gap equal places of several would compete for
 * the same few lines of the cache.
 */
export const gap = 320;

/** Bytes of one state. */
export const stateBytes = (qubits: number, points: number): number => 16 * points * 2 ** qubits;

/** Lays out a program for blocks of `points` points. */
export function layOut(program: Program, qubits: number, outputs: number, points: number): Layout {
  let end = 0;
  const next = (bytes: number) => {
    const at = end;
    end = Math.ceil((end + bytes) / 64) * 64;
    return at;
  };
  const row = 8 * points;
  const state = stateBytes(qubits, points);
  return {
    setup: next(4 * program.setup.length),
    block: next(4 * program.block.length),
    words: next(4 * program.words.length),
    constants: next(8 * program.constants.length),
    rows: next(row * program.rowCount),
    readings: next(row * outputs * program.readingCount),
    // Foldings halve an array again and again: together they are no longer than the array itself.
    scratch: next(Math.max(state, program.groupBytes)),
    results: next(row * outputs * program.slots),
    tables: next(stateBytes(qubits, 1) * program.tables),
    blockTables: next(state * program.blockTables),
    psi: next((state + gap) * program.psiBuffers),
    lambda: next((state + gap) * 2 * outputs),
    end,
  };
}
