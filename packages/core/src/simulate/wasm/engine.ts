import { addressable, defaultMachine, type Machine } from '../../wasm/machine.ts';
import type { Batch, Engine, Simulator, SlotJacobian } from '../engine.ts';
import { planOf } from './compile/passes.ts';
import { type Program, programOf, type Variant } from './compile/program.ts';
import { blockWidths, larger, singles } from './run/blocks.ts';
import { runProgram } from './run/run.ts';
import { stateBytes, statesAtOnce } from './states.ts';

/** Settings that change cost, never results. */
export interface WasmOptions {
  /**
   * Bytes that tables and states kept for the way back may take. Circuits that need more build their tables anew and undo
   * their passes on ψ instead, which needs the memory of a few states and about a third more time.
   */
  readonly storedBytes: number;
  /** From so many qubits on points are taken one at a time: a single state fills the vectors, several the caches. */
  readonly narrowFrom: number;
  /** Larger single states are worked on in chunks of 2^chunkQubits numbers, which fit in the second cache. */
  readonly chunkQubits: number;
  /** Amplitudes times instructions from which threads, where there are several, share out the blocks. */
  readonly sharedFrom: number;
}

/** The fast engine: WebAssembly SIMD, data points innermost. How it works is in docs/engine.md. */
export const wasm: Engine = createWasm({ storedBytes: 2 ** 28, narrowFrom: 14, chunkQubits: 14, sharedFrom: 2 ** 16 });

/** The fast engine with other settings, or on another machine than the default one. */
export function createWasm(options: WasmOptions, machine: Machine = defaultMachine): Engine {
  return {
    name: 'wasm',
    capacity: { bytes: addressable, statesAtOnce },
    prepare(circuit, observables): Simulator {
      const plan = planOf(circuit, observables);
      const program = cached((variant: Variant) => programOf(plan, variant));
      const programFor = (derivatives: boolean, points: number): Program => {
        const narrow = points === 1;
        const within = narrow ? options.chunkQubits : plan.qubits;
        const keeping = program({ derivatives, narrow, within, keep: true });
        if (storedSize(keeping, plan.qubits, points) <= options.storedBytes) return keeping;
        return program({ derivatives, narrow, within, keep: false });
      };
      const run = (batch: Batch, derivatives: boolean): SlotJacobian => {
        const narrow = plan.qubits >= options.narrowFrom;
        const widths = narrow ? singles(batch.points) : blockWidths(plan.qubits, batch.points, 1);
        const program = programFor(derivatives, widths.reduce(larger, 1));
        const work = batch.points * 2 ** plan.qubits * program.passes;
        const threads = work < options.sharedFrom ? 1 : machine.threads;
        if (threads === 1 || narrow) return runProgram(machine, plan, program, batch, widths, threads);
        return runProgram(machine, plan, program, batch, blockWidths(plan.qubits, batch.points, threads), threads);
      };
      return { expectations: (batch) => run(batch, false).values, jacobian: (batch) => run(batch, true) };
    },
  };
}

const storedSize = ({ psiBuffers, tables, blockTables }: Program, qubits: number, points: number): number =>
  (psiBuffers + blockTables) * stateBytes(qubits, points) + tables * stateBytes(qubits, 1);

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
