declare module 'hyparquet-compressors/src/brotli.js' {
  export function decompressBrotli(input: Uint8Array, size: number): Uint8Array;
}

declare module 'hyparquet-compressors/src/brotli.streams.js' {
  /** Where the decoder writes: `buffer`, of which `pos` bytes are written. */
  export class BrotliOutput {
    buffer: Uint8Array;
    pos: number;
  }
}
