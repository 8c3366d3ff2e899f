import { kernels } from './kernels.generated.ts';
import { type Exports, fromBase64, Instance, Module } from './wasm-platform.ts';

/** The compiled kernels and their memory, shared by all simulators of this thread: calls never overlap. */
export interface Machine {
  readonly run: Exports['run'];
  readonly configure: Exports['configure'];
  readonly place: Exports['place'];
  /** Memory of at least `bytes`. Earlier views are invalid after it has grown. */
  reserve(bytes: number, purpose: string): ArrayBuffer;
}

const page = 65536;
/** Addresses have 32 bits. */
const largest = 65536 * page;

let machine: Machine | undefined;

/**
 * Compiles the kernels the first time it is called. They are part of this package, so nothing is loaded; compilation is
 * synchronous, which browsers allow on their main thread for modules of this size (Chromium up to 8 MB; elsewhere
 * without limit) and always in workers.
 */
export function machineOf(): Machine {
  machine ??= start();
  return machine;
}

function start(): Machine {
  const exports = new Instance(new Module(decode(kernels)), { env: { abort } }).exports;
  const { memory } = exports;
  return {
    run: exports.run,
    configure: exports.configure,
    place: exports.place,
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
