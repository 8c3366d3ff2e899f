import { kernels as binary, sharedFlag } from './kernels.generated.ts';
import { type Exports, fromBase64, Instance, type Memory, Module, WasmMemory } from './platform.ts';

/** The compiled kernels with a memory of their own. Engines are given one; calls on it never overlap. */
export interface Machine {
  /** Memory of at least `bytes`. Earlier views are invalid after it has grown. */
  reserve(bytes: number, purpose: () => string): ArrayBufferLike;
  /** Threads that share out a job between them: 1, or more once a thread pool has joined. */
  readonly threads: number;
  /** Does all items of the job whose header is at an address; `together`: with all threads. */
  perform(job: number, items: number, together: boolean): void;
  /** Whose numbers the memory holds, as far as anybody wants to find them there again. */
  owner: object | undefined;
  /** From now on works with the threads of a pool, in the memory they share. What the old memory held is lost. */
  join(pool: ThreadPool): void;
}

/** Other threads, and the module and memory they have in common with the one that calls. */
export interface ThreadPool {
  readonly module: object;
  readonly memory: Memory;
  /** Number of other threads. */
  readonly helpers: number;
  /** Has all items done; `enter` and `item` are this thread's part. */
  perform(job: number, items: number, kernels: Exports): void;
}

/** Bytes that 32-bit addresses reach. */
export const addressable = 2 ** 32;

const page = 65536;

/** A machine that compiles the kernels when they are first needed. */
export function createMachine(): Machine {
  let pool: ThreadPool | undefined;
  let running: { readonly memory: Memory; readonly kernels: Exports } | undefined;
  const current = () => {
    const memory = running?.memory ?? newMemory(false);
    running ??= { memory, kernels: instantiate(alone(), memory) };
    return running;
  };
  return {
    owner: undefined,
    get threads() {
      return 1 + (pool?.helpers ?? 0);
    },
    reserve(bytes, purpose) {
      if (bytes > addressable) throw tooLarge(bytes, purpose());
      const { memory } = current();
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / page);
      if (missing > 0) {
        grow(memory, missing, bytes, purpose);
        // Views of what it held before are invalid.
        this.owner = undefined;
      }
      return memory.buffer;
    },
    perform(job, items, together) {
      const { kernels } = current();
      if (together && pool) pool.perform(job, items, kernels);
      else performAlone(job, items, kernels);
    },
    join(joining) {
      pool = joining;
      running = { memory: joining.memory, kernels: instantiate(joining.module, joining.memory) };
      this.owner = undefined;
    },
  };
}

/** The machine of engines that are not given another: one memory serves them all, as calls of a thread never overlap. */
export const defaultMachine: Machine = createMachine();

/** Does all items of a job on the calling thread. */
export function performAlone(job: number, items: number, kernels: Exports): void {
  kernels.enter(job, 0);
  for (let index = 0; index < items; index++) kernels.item(job, index);
}

/**
 * Compiles the kernels. They are part of this package, so nothing is loaded; compilation is synchronous, which browsers
 * allow on their main thread for modules of this size (Chromium up to 8 MB; elsewhere without limit) and always in workers.
 */
export function compiled(shared: boolean): object {
  const text = fromBase64(binary);
  // A loop: the same by Uint8Array.from takes ten times as long as to compile.
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  // A module says whether its memory is shared; nothing else is different.
  if (shared) bytes[sharedFlag] |= 2;
  return new Module(bytes);
}

let compiledAlone: object | undefined;

/** The kernels of machines without other threads, compiled once for all of them. */
function alone(): object {
  compiledAlone ??= compiled(false);
  return compiledAlone;
}

/** An empty memory that may grow as far as addresses reach. */
export const newMemory = (shared: boolean): Memory =>
  new WasmMemory({ initial: 1, maximum: addressable / page, shared });

const instantiate = (module: object, memory: Memory): Exports =>
  new Instance(module, { env: { memory, abort } }).exports;

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
