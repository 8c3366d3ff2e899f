import { InputError } from '@qntk/core';

/** What the header of a .npy file says. */
export interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the data starts. */
  readonly end: number;
}

export const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const keys = ['descr', 'fortran_order', 'shape'];
const alignment = 64;

const expectedHeader = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } with these three keys";

/** @throws InputError where magic, version or dict are not as numpy writes them. */
export function readHeader(bytes: Uint8Array, where: string): Header {
  const { text, end } = splitHeader(bytes, where);
  if (/'descr'\s*:\s*\[/.test(text))
    throw new InputError({
      where,
      found: 'a structured dtype (records with named fields)',
      expected: 'numbers, booleans or text',
      advice: 'save an array for each field',
    });
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  const entries = body === undefined ? undefined : parseEntries(body);
  const descr = entries?.get('descr')?.match(/^'(.*)'$/s)?.[1];
  const order = entries?.get('fortran_order')?.match(/^(True|False)$/)?.[1];
  const shape = entries?.get('shape')?.match(/^\((.*)\)$/s)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    const found = `the malformed header ${JSON.stringify(text.trim().slice(0, 120))}`;
    throw new InputError({ where, found, expected: expectedHeader });
  }
  return { descr, fortran: order === 'True', shape: (shape.match(/\d+/g) ?? []).map(Number), end };
}

/** Magic, version 1.0, length and the dict, padded with spaces so that the data starts on a 64-byte boundary. */
export function writeHeader(descr: string, shape: readonly number[]): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`;
  const start = magic.length + 4;
  const length = Math.ceil((start + dict.length + 1) / alignment) * alignment;
  const text = `${dict.padEnd(length - start - 1)}\n`;
  return Uint8Array.from([
    ...magic,
    ...[1, 0],
    ...[text.length & 0xff, text.length >> 8],
    ...Array.from(text, (character) => character.charCodeAt(0)),
  ]);
}

/** A shape the way Python writes a tuple. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** Checks magic and version. */
function splitHeader(bytes: Uint8Array, where: string): { text: string; end: number } {
  if (!magic.every((byte, i) => bytes[i] === byte))
    throw new InputError({
      where,
      found: `a file that starts with ${startOf(bytes)}`,
      expected: 'a .npy file (\\x93NUMPY)',
    });
  const [major, minor] = [bytes[6], bytes[7]];
  if (major === undefined || minor === undefined) throw truncated(where);
  if (major < 1 || major > 3 || minor !== 0)
    throw new InputError({ where, found: `.npy format version ${major}.${minor}`, expected: '1.0, 2.0 or 3.0' });
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw truncated(where);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = start + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < end) throw truncated(where);
  return { text: latin1(bytes.subarray(start, end)), end };
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, longest)) text += String.fromCharCode(byte);
  return text;
}

/** Characters of a header that are looked at: those of numpy are some hundred at most. */
const longest = 2 ** 16;

function truncated(where: string): InputError {
  return new InputError({ where, found: 'a file that ends inside the .npy header', expected: 'header and data' });
}

function startOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing (an empty file)';
  return Array.from(bytes.subarray(0, magic.length), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/**
 * The dict's entries as text, or undefined where there are others than `keys`, one twice, or anything that is no entry.
 * Nothing else is interpreted: the header comes from a stranger's file.
 */
function parseEntries(body: string): Map<string, string> | undefined {
  const entry = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\(\s*\)|\(\d+,\s*\)|\(\d+(?:,\s*\d+)+,?\s*\))\s*(?:,\s*|$)/y;
  const entries = new Map<string, string>();
  while (entry.lastIndex < body.length) {
    const [, key, value] = entry.exec(body) ?? [];
    if (key === undefined || value === undefined || !keys.includes(key) || entries.has(key)) return undefined;
    entries.set(key, value);
  }
  return entries;
}
