import { InputError } from '@qntk/core';

/** How text is read that is not plainly UTF-8. */
export interface TextOptions {
  /** A name of the Encoding Standard, such as `windows-1252`; UTF-8, or UTF-16 that begins with its mark, where left out. */
  readonly encoding?: string | undefined;
  /** The way out where the text is in another encoding. */
  readonly advice: string;
}

/** Marks at the beginning of a file, the longer first. */
const marks: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0, 0], 'UTF-32'],
  [[0, 0, 0xfe, 0xff], 'UTF-32'],
  [[0xef, 0xbb, 0xbf], 'UTF-8'],
  [[0xff, 0xfe], 'UTF-16LE'],
  [[0xfe, 0xff], 'UTF-16BE'],
];

/** Names that Python has for encodings, without the signs in them, where the Encoding Standard has others. */
const pythonNames: ReadonlyMap<string, string> = new Map([
  ['utf8sig', 'utf-8'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['macroman', 'macintosh'],
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
]);

/**
 * The text of a file, its mark taken off. Nothing is replaced: what cannot be decoded is refused.
 *
 * @throws InputError naming file, line and column of the first byte that is no UTF-8, or `data.encoding` where that
 * names none.
 */
export function decodeText(bytes: Uint8Array, where: string, { encoding, advice }: TextOptions): string {
  const marked = marks.find(([mark]) => mark.every((byte, i) => bytes[i] === byte))?.[1];
  if (encoding !== undefined) return decodeNamed(bytes, where, encoding, marked);
  if (marked === 'UTF-32') throw new InputError({ where, found: 'text in UTF-32', expected: 'UTF-8', advice });
  if (marked === 'UTF-16LE' || marked === 'UTF-16BE') return decodeWith(decoderOf(marked), bytes, where);
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked) {
    const found = `what looks like ${unmarked} without its mark`;
    throw new InputError({ where, found, expected: 'UTF-8', advice });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notUtf8(bytes, where, advice, cause);
  }
}

function decodeNamed(bytes: Uint8Array, where: string, encoding: string, marked: string | undefined): string {
  // Which of the two it is, the mark says.
  if (/^utf[-_]?16$/i.test(encoding) && marked?.startsWith('UTF-16'))
    return decodeWith(decoderOf(marked), bytes, where);
  const decoder = decoderOf(encoding);
  const name = decoder.encoding.toUpperCase();
  if (marked !== undefined && marked !== name)
    throw new InputError({ where, found: `the mark of ${marked} at its beginning`, expected: `text in ${name}` });
  return decodeWith(decoder, bytes, where);
}

function decodeWith(decoder: TextDecoder, bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const name = decoder.encoding.toUpperCase();
    throw new InputError({ where, found: `bytes that are no ${name}`, expected: `text in ${name}` }, { cause });
  }
}

function decoderOf(encoding: string): TextDecoder {
  const plain = encoding.toLowerCase().replace(/[-_ ]/g, '');
  for (const name of [encoding, pythonNames.get(plain) ?? plain]) {
    try {
      return new TextDecoder(name, { fatal: true });
    } catch {
      // No name of the standard: the next, or none.
    }
  }
  const expected = 'the name of an encoding, such as utf-8, utf-16le or windows-1252';
  throw new InputError({ where: 'data.encoding', found: JSON.stringify(encoding), expected });
}

/** Plain text in UTF-16 has a zero in every other byte. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, 64);
  const zeros = [0, 0];
  start.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]!++;
  });
  const [even = 0, odd = 0] = zeros;
  const many = start.length / 4;
  if (start.length < 4 || Math.min(even, odd) > 0) return undefined;
  if (odd > many) return 'UTF-16LE';
  return even > many ? 'UTF-16BE' : undefined;
}

function notUtf8(bytes: Uint8Array, where: string, advice: string, cause: unknown): InputError {
  const bad = firstInvalid(bytes);
  const before = bytes.subarray(0, bad);
  const start = before.lastIndexOf(0x0a) + 1;
  const line = before.reduce((count, byte) => count + Number(byte === 0x0a), 1);
  // Characters, not bytes: those that continue one are not counted.
  const column = before.subarray(start).reduce((count, byte) => count + Number((byte & 0xc0) !== 0x80), 1);
  const found = `the byte 0x${bytes[bad]!.toString(16).toUpperCase()}, which is not UTF-8 there`;
  return new InputError({ where: `${where}:${line}:${column}`, found, expected: 'text in UTF-8', advice }, { cause });
}

/** Where the first sequence begins that is no character of UTF-8 (RFC 3629). */
function firstInvalid(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return bytes.length - 1;
}

/** Bytes of the character that begins here; 0 where none does. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  let code = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i]!;
    if ((byte & 0xc0) !== 0x80) return 0;
    code = (code << 6) | (byte & 0x3f);
  }
  const least = [0, 0, 0x80, 0x800, 0x10000][length]!;
  return code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? 0 : length;
}
