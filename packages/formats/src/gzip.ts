import { counted } from '@qntk/core';
import { Gunzip } from 'fflate';
import { crc32 } from './crc32.ts';

const magic = [0x1f, 0x8b];
/** Bytes that are unpacked at a time: between two pieces the size is looked at. */
const piece = 2 ** 16;
/** CRC-32 and size at the end of each member. */
const trailer = 8;

export const isGzip = (bytes: Uint8Array): boolean => magic.every((byte, i) => bytes[i] === byte);

/**
 * Unpacks gzip, of one member or several (RFC 1952), checksums compared.
 *
 * @throws Error saying what is wrong; where there are more than `most` bytes, before they take memory.
 */
export function gunzip(packed: Uint8Array, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let crc = 0;
  const stream = new Gunzip((unpacked) => {
    length += unpacked.length;
    if (length > most) throw new Error(`more than ${counted(most, 'byte')}, unpacked`);
    crc = crc32(unpacked, crc);
    pieces.push(unpacked);
  });
  stream.onmember = (start) => {
    checkTrailer(packed, start, crc);
    crc = 0;
  };
  for (let from = 0; from < packed.length; from += piece) {
    const to = Math.min(from + piece, packed.length);
    stream.push(packed.subarray(from, to), to === packed.length);
  }
  checkTrailer(packed, packed.length, crc);
  return joined(pieces, length);
}

function checkTrailer(packed: Uint8Array, end: number, crc: number): void {
  if (end < trailer) throw new Error('no end');
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  if (view.getUint32(end - trailer, true) !== crc) throw new Error('a checksum that does not fit');
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of pieces) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
