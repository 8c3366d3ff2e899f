import { Decompress } from 'fzstd';
import { type Compressors, snappyUncompress } from 'hyparquet';
import { gunzip } from '../gzip.ts';
import { unpackBrotli } from './brotli.ts';
import { unpackLz4 } from './lz4.ts';

/** What unpacks the pages; each gives at most `size` bytes or throws, and whoever calls it refuses fewer. */
export const compressors: Compressors = {
  SNAPPY: unpackSnappy,
  GZIP: gunzip,
  BROTLI: unpackBrotli,
  ZSTD: unpackZstd,
  LZ4_RAW: unpackLz4,
  LZ4: unpackFramedLz4,
};

function unpackSnappy(bytes: Uint8Array, size: number): Uint8Array {
  checkSnappy(bytes);
  const page = new Uint8Array(size);
  snappyUncompress(bytes, page);
  return page;
}

/** Literals of 2 GiB and more send the decoder backwards, where it never ends. */
function checkSnappy(bytes: Uint8Array): void {
  let at = bytes.findIndex((byte) => byte < 128) + 1;
  while (at < bytes.length) {
    const tag = bytes[at++]!;
    const kind = tag & 3;
    if (kind > 0) {
      at += kind === 3 ? 4 : kind;
      continue;
    }
    const extra = Math.max(0, (tag >> 2) - 59);
    let length = tag >> 2;
    if (extra > 0) {
      length = 0;
      for (let k = 0; k < extra; k++) length += (bytes[at + k] ?? 0) * 2 ** (8 * k);
    }
    if (length >= bytes.length) throw new Error(`${length + 1} literal bytes in ${bytes.length}`);
    at += extra + length + 1;
  }
}

/** In pieces: fzstd's whole-buffer call says neither that the room was too small nor that some was left. */
function unpackZstd(bytes: Uint8Array, size: number): Uint8Array {
  const page = new Uint8Array(size);
  let length = 0;
  const stream = new Decompress((piece) => {
    if (length + piece.length > size) throw new Error(`more than ${size} bytes in a page`);
    page.set(piece, length);
    length += piece.length;
  });
  stream.push(bytes, true);
  return page.subarray(0, length);
}

/** Hadoop's frames: pairs of sizes, unpacked and packed, big-endian, before each block; or no frames at all. */
function unpackFramedLz4(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const page = new Uint8Array(size);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return unpackLz4(bytes, size);
    const [unpacked, packed] = [view.getUint32(at), view.getUint32(at + 4)];
    if (unpacked > size - length || packed > bytes.length - at - 8) return unpackLz4(bytes, size);
    page.set(unpackLz4(bytes.subarray(at + 8, at + 8 + packed), unpacked), length);
    length += unpacked;
    at += 8 + packed;
  }
  return page.subarray(0, length);
}
