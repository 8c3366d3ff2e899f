// The small part of WebAssembly that the engine uses. The library is compiled without the DOM's types, so that nothing
// which exists only in browsers slips in.

/** What assembly/index.ts exports. Addresses are bytes. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  configure(
    points: number,
    qubits: number,
    outputs: number,
    gap: number,
    states: number,
    lambdas: number,
    readings: number,
  ): void;
  place(
    constants: number,
    blockConstants: number,
    words: number,
    tables: number,
    blockTables: number,
    scratch: number,
    results: number,
    slots: number,
  ): void;
  run(from: number, to: number): void;
  denseShape(rows: number, blocks: number, columns: number, distinct: number, own: number): void;
  densePlace(
    matrices: number,
    weaves: number,
    phases: number,
    levels: number,
    generator: number,
    readout: number,
    start: number,
    states: number,
    moving: number,
    spare: number,
  ): void;
  denseForward(layers: number, values: number): void;
  denseBackward(layers: number, derivatives: number): void;
}

interface Platform {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
  };
  atob(base64: string): string;
}

const platform = globalThis as unknown as Platform;

export const { Module, Instance } = platform.WebAssembly;

/** Base64 to a string of bytes. */
export const fromBase64 = (base64: string): string => platform.atob(base64);
