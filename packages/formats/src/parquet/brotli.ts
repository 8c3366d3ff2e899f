/// <reference path="./brotli.d.ts" />

import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js';
import { BrotliOutput } from 'hyparquet-compressors/src/brotli.streams.js';

// The decoder takes more memory whenever a page turns out longer than its file says, and fills up a shorter one with
// zeros, without a word. It keeps what it writes in two fields of one object: they are watched here, so that the first
// attempt to take more ends it. The version is pinned exactly, and the tests have pages of both kinds.

/** What is being unpacked: one page at a time, as all of it is synchronous. */
const current: { room: Uint8Array | undefined; length: number } = { room: undefined, length: 0 };

Object.defineProperties(BrotliOutput.prototype, {
  buffer: {
    get: () => current.room,
    set(room: Uint8Array) {
      if (current.room) throw new Error(`more than ${current.room.length} bytes in a page`);
      current.room = room;
    },
  },
  pos: {
    get: () => current.length,
    set(length: number) {
      current.length = length;
    },
  },
});

/** @throws Error where there are more than `size` bytes. */
export function unpackBrotli(bytes: Uint8Array, size: number): Uint8Array {
  current.room = undefined;
  try {
    return decompressBrotli(bytes, size).subarray(0, current.length);
  } finally {
    current.room = undefined;
  }
}
