import { kernels as binary } from './kernels.generated.ts';
import { type Exports, fromBase64, Instance, Module } from './wasm-platform.ts';

/** The compiled kernels and a memory. */
export interface Machine {
  readonly kernels: Exports;
  /** Memory of at least `bytes`. Earlier views are invalid after it has grown. */
  reserve(bytes: number, purpose: string): ArrayBuffer;
}

const page = 65536;
/** Addresses have 32 bits. */
const largest = 65536 * page;

let compiled: object | undefined;
let shared: Machine | undefined;

/** The machine that circuits of qubits share on this thread: their calls never overlap and leave nothing behind. */
export function machineOf(): Machine {
  shared ??= createMachine();
  return shared;
}

/**
 * A machine with a memory of its own.
 *
 * Compiles the kernels the first time it is called. They are part of this package, so nothing is loaded; compilation is
 * synchronous, which browsers allow on their main thread for modules of this size (Chromium up to 8 MB; elsewhere
 * without limit) and always in workers.
 */
export function createMachine(): Machine {
  compiled ??= new Module(decode(binary));
  const kernels = new Instance(compiled, { env: { abort } }).exports;
  const { memory } = kernels;
  return {
    kernels,
    reserve(bytes, purpose) {
      if (bytes > largest) throw tooLarge(bytes, purpose);
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / page);
      if (missing > 0) grow(memory, missing, bytes, purpose);
      return memory.buffer;
    },
  };
}

function grow(memory: Exports['memory'], pages: number, bytes: number, purpose: string): void {
  try {
    memory.grow(pages);
  } catch {
    throw tooLarge(bytes, purpose);
  }
}

function tooLarge(bytes: number, purpose: string): RangeError {
  const size = (bytes / 2 ** 30).toFixed(1);
  return new RangeError(
    `${purpose} needs ${size} GiB of WebAssembly memory; at most 4 GiB, or what this machine grants`,
  );
}

function abort(): never {
  throw new Error('the WebAssembly kernels stopped; this is a defect of qntk');
}

function decode(base64: string): Uint8Array {
  return Uint8Array.from(fromBase64(base64), (character) => character.charCodeAt(0));
}
