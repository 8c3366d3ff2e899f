import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from './canonical.ts';

/**
 * SHA-256, in hexadecimal, of plain values and typed arrays, in objects and lists. Equal content has an equal hash, whatever
 * file it came from; a typed array counts by its kind and its bytes.
 *
 * @throws RangeError where there is anything else.
 */
export function contentHash(data: unknown): string {
  // No JSON looks like this, so that nothing else can be taken for an array.
  const arrayText = (array: ArrayBufferView) =>
    `${array.constructor.name}:${hashOf(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))}`;
  return textHash(canonical(data, arrayText));
}

/** The same for plain values alone. @throws RangeError where there is a typed array, too. */
export function plainHash(value: unknown): string {
  return textHash(canonical(value));
}

/** SHA-256, in hexadecimal, of a text as UTF-8. */
export function textHash(text: string): string {
  return hashOf(utf8ToBytes(text));
}

function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
