// The small part of WebAssembly that the engine uses. The library is compiled without the DOM's types, so that nothing
// which exists only in browsers slips in.

/** What assembly/index.ts exports. Addresses are bytes. */
export interface Exports {
  enter(job: number, thread: number): void;
  item(job: number, index: number): void;
}

/** A WebAssembly memory. */
export interface Memory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
    readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => Memory;
  };
  atob(base64: string): string;
}

const platform = globalThis as unknown as Platform;

export const { Module, Instance, Memory: WasmMemory } = platform.WebAssembly;

/** Base64 to a string of bytes. */
export const fromBase64 = (base64: string): string => platform.atob(base64);
