/** Values in a block at most: writers take 128 or so, and one of 2^31 would be a way to fill the memory. */
const largestBlock = 2 ** 20;
/** Bytes that texts may take, made of parts of those before. */
const mostText = 2 ** 30;

/** Where numbers in delta encoding end, and they, where they were asked for. */
interface Delta {
  readonly end: number;
  readonly values: Int32Array;
}

/**
 * Checks the encoding DELTA_BINARY_PACKED of `count` numbers of `bits` bits: every length in it, which the decoder
 * believes. The numbers themselves, if they have 32 bits, are returned where `keep` is set.
 *
 * @throws Error saying what is wrong.
 */
export function checkDelta(bytes: Uint8Array, count: number, bits: 32 | 64, keep = false): Delta {
  const reader = new VarintReader(bytes);
  const [block, miniblocks, total] = [reader.unsigned(), reader.unsigned(), reader.unsigned()];
  let value = Number(BigInt.asIntN(32, reader.signed()));
  const size = block / miniblocks;
  if (!(block > 0 && block <= largestBlock && Number.isInteger(size) && size % 32 === 0))
    throw new Error(`blocks of ${block} values in ${miniblocks} parts`);
  if (total !== count) throw new Error(`${total} values where ${count} are left`);
  const values = new Int32Array(keep ? count : 0);
  values[0] = value;
  for (let seen = 1; seen < count; ) {
    const least = Number(BigInt.asIntN(32, reader.signed()));
    const widths = reader.take(miniblocks);
    for (let k = 0; k < miniblocks && seen < count; k++) {
      const width = widths[k]!;
      // Differences of numbers of 32 bits may need one more.
      if (width > (bits === 32 ? 33 : 64)) throw new Error(`differences of ${width} bits`);
      const packed = reader.take((size * width) / 8);
      for (let i = 0; keep && i < Math.min(size, count - seen); i++) {
        value = (value + least + bitsAt(packed, i * width, width)) | 0;
        values[seen + i] = value;
      }
      seen += size;
    }
  }
  return { end: reader.at, values };
}

/** Checks DELTA_LENGTH_BYTE_ARRAY: the lengths of texts, and the texts one after the other. */
export function checkDeltaLengths(bytes: Uint8Array, count: number): void {
  const { end, values } = checkDelta(bytes, count, 32, true);
  checkTexts(values, bytes.length - end);
}

/** Checks DELTA_BYTE_ARRAY: how much each text shares with the one before, and how long the rest of it is. */
export function checkDeltaTexts(bytes: Uint8Array, count: number): void {
  const shared = checkDelta(bytes, count, 32, true);
  const rest = checkDelta(bytes.subarray(shared.end), count, 32, true);
  checkTexts(rest.values, bytes.length - shared.end - rest.end);
  let before = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const prefix = shared.values[i]!;
    if (prefix < 0 || prefix > before) throw new Error(`${prefix} bytes shared with a text of ${before}`);
    before = prefix + rest.values[i]!;
    total += before;
    if (total > mostText) throw new Error(`texts of more than ${mostText} bytes`);
  }
}

function checkTexts(lengths: Int32Array, room: number): void {
  let total = 0;
  for (const length of lengths) {
    total += length;
    if (length < 0 || total > room) throw new Error(`texts of ${total} bytes where ${room} are left`);
  }
}

/** The unsigned number in the `width` bits from the given one on, modulo 2^32. */
function bitsAt(bytes: Uint8Array, from: number, width: number): number {
  let value = 0;
  for (let k = 0; k < Math.min(width, 32); k++) {
    const bit = from + k;
    value |= ((bytes[bit >> 3]! >> (bit & 7)) & 1) << k;
  }
  return value;
}

class VarintReader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  unsigned(): number {
    return Number(this.#varint());
  }

  /** Zigzag: 0, −1, 1, −2, … */
  signed(): bigint {
    const value = this.#varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  take(count: number): Uint8Array {
    const taken = this.#bytes.subarray(this.at, this.at + count);
    if (!(taken.length === count)) throw new Error(`${this.#bytes.length - this.at} bytes where ${count} are needed`);
    this.at += count;
    return taken;
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) throw new Error('numbers that are cut off');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error('a number of more than 64 bits');
  }
}
