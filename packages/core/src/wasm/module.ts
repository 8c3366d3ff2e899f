import { kernels as binary, sharedFlag } from './kernels.generated.ts';
import { type Exports, fromBase64, Instance, type Memory, Module, WasmMemory } from './platform.ts';

/** The compiled kernels and a memory. */
export interface Machine {
  /** Memory of at least `bytes`. Earlier views are invalid after it has grown. */
  reserve(bytes: number, purpose: () => string): ArrayBufferLike;
  /** Threads that share out a job between them. */
  readonly threads: number;
  /** Does all items of the job whose header is at an address; `together`: with all threads. */
  perform(job: number, items: number, together: boolean): void;
  /** Whose numbers the memory holds, as far as anybody wants to find them there again. */
  owner?: object | undefined;
}

/** Other threads that help. */
export interface Helpers {
  readonly count: number;
  /** Has all items done; `enter` and `item` are this thread's part. */
  perform(job: number, items: number, kernels: Exports): void;
}

const page = 65536;
/** Addresses have 32 bits. */
const largest = 65536 * page;

let current: Machine | undefined;

/** This thread's machine: calls never overlap. */
export function machineOf(): Machine {
  current ??= createMachine(compiled(false), newMemory(false));
  return current;
}

/** From now on this thread's machine is one with helpers. */
export function useHelpers(module: object, memory: Memory, helpers: Helpers): void {
  current = createMachine(module, memory, helpers);
}

/**
 * Compiles the kernels. They are part of this package, so nothing is loaded; compilation is synchronous, which browsers
 * allow on their main thread for modules of this size (Chromium up to 8 MB; elsewhere without limit) and always in workers.
 */
export function compiled(shared: boolean): object {
  const bytes = Uint8Array.from(fromBase64(binary), (character) => character.charCodeAt(0));
  // A module says whether its memory is shared; nothing else is different.
  if (shared) bytes[sharedFlag] |= 2;
  return new Module(bytes);
}

export const newMemory = (shared: boolean): Memory => new WasmMemory({ initial: 1, maximum: largest / page, shared });

function createMachine(module: object, memory: Memory, helpers?: Helpers): Machine {
  const kernels = new Instance(module, { env: { memory, abort } }).exports;
  return {
    threads: 1 + (helpers?.count ?? 0),
    reserve(bytes, purpose) {
      if (bytes > largest) throw tooLarge(bytes, purpose());
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / page);
      if (missing > 0) grow(memory, missing, bytes, purpose);
      return memory.buffer;
    },
    perform(job, items, together) {
      if (together && helpers) {
        helpers.perform(job, items, kernels);
        return;
      }
      kernels.enter(job, 0);
      for (let index = 0; index < items; index++) kernels.item(job, index);
    },
  };
}

function grow(memory: Memory, pages: number, bytes: number, purpose: () => string): void {
  try {
    memory.grow(pages);
  } catch {
    throw tooLarge(bytes, purpose());
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
