import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import type { Compressors, PageHeader, SchemaElement } from 'hyparquet';
import { snappyUncompress } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { endOfStruct } from './thrift.ts';

/** What unpacks the pages; each gives at most `size` bytes or throws, and `decompressPage` refuses fewer. */
export const compressors: Compressors = {
  SNAPPY: (bytes, size) => {
    checkSnappy(bytes);
    const page = new Uint8Array(size);
    snappyUncompress(bytes, page);
    return page;
  },
  GZIP: (bytes, size) => gunzipSync(bytes, { maxOutputLength: Math.max(size, 1) }),
  BROTLI: (bytes, size) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(size, 1) }),
  ZSTD: unzstd,
};

/** A column of one row group. */
interface Chunk {
  readonly element: SchemaElement;
  readonly codec: Parameters<typeof decompressPage>[2];
  readonly rows: number;
}

/** Bytes the pages of a chunk may take unpacked. */
const mostUnpacked = 2 ** 30;

/**
 * Checks all counts and run lengths in the pages of a column before it is decoded: the decoder believes them, so that a
 * few wrong bytes could make it fill the memory or never end.
 *
 * @throws Error saying what is wrong.
 */
export function checkPages(bytes: Uint8Array, chunk: Chunk): void {
  const view = viewOf(bytes);
  let at = 0;
  let unpacked = 0;
  let entries = 0;
  for (let seen = 0; seen < chunk.rows; ) {
    if (at >= bytes.length) throw new Error(`${seen} values of ${chunk.rows}`);
    endOfStruct(view, at);
    const reader = { view, offset: at };
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0 && size <= bytes.length - reader.offset)) throw new Error(`a page of ${size} bytes`);
    unpacked += header.uncompressed_page_size;
    if (!(header.uncompressed_page_size >= 0 && unpacked <= mostUnpacked))
      throw new Error(`pages of ${unpacked} bytes, unpacked`);
    at = reader.offset + size;
    const body = bytes.subarray(reader.offset, at);
    if (header.type === 'DICTIONARY_PAGE') entries = checkDictionary(body, header, chunk);
    else seen += checkPage(body, header, { ...chunk, entries, left: chunk.rows - seen });
  }
}

function unpack(packed: Uint8Array, size: number, { codec }: Chunk): Uint8Array {
  return decompressPage(packed, size, codec, compressors);
}

/** Returns how many entries the dictionary has. */
function checkDictionary(body: Uint8Array, header: PageHeader, chunk: Chunk): number {
  const count = header.dictionary_page_header?.num_values ?? 0;
  checkPlain(count, unpack(body, header.uncompressed_page_size, chunk).length, chunk.element);
  return count;
}

/** A chunk on the way: entries of its dictionary, values still to come. */
interface Position extends Chunk {
  readonly entries: number;
  readonly left: number;
}

/** Returns how many values the page holds. */
function checkPage(body: Uint8Array, header: PageHeader, position: Position): number {
  const { data_page_header: first, data_page_header_v2: second, uncompressed_page_size: size } = header;
  const { element, left } = position;
  const count = first?.num_values ?? second?.num_values ?? Number.NaN;
  if (!(Number.isInteger(count) && count >= 0 && count <= left))
    throw new Error(`a page of ${count} values where ${left} are left`);
  const optional = element.repetition_type !== 'REQUIRED';
  if (header.type === 'DATA_PAGE' && first) {
    const page = unpack(body, size, position);
    const levels = optional ? 4 + viewOf(page).getUint32(0, true) : 0;
    const present = optional ? checkRuns(page.subarray(4, levels), 1, count) : count;
    checkValues(page.subarray(levels), first.encoding, present, position);
    return count;
  }
  if (!second) throw new Error(`a page of the kind ${header.type}`);
  const { num_nulls: nulls, repetition_levels_byte_length: before, definition_levels_byte_length: length } = second;
  if (!(nulls >= 0 && nulls <= count && before === 0 && length >= 0 && length <= body.length))
    throw new Error(`a page of ${count} values with ${nulls} nulls and ${before} + ${length} bytes of levels`);
  if (optional) checkRuns(body.subarray(0, length), 1, count);
  const rest = body.subarray(length);
  const values = second.is_compressed ? unpack(rest, size - length, position) : rest;
  checkValues(values, second.encoding, count - nulls, position);
  return count;
}

function checkValues(page: Uint8Array, encoding: string, count: number, { element, entries }: Position): void {
  if (encoding === 'PLAIN' || encoding === 'BYTE_STREAM_SPLIT') checkPlain(count, page.length, element);
  else if (encoding === 'RLE' && element.type === 'BOOLEAN') checkRuns(page.subarray(4), 1, count);
  else if (encoding.endsWith('_DICTIONARY') && element.type !== 'BOOLEAN') {
    if (count === 0) return;
    const width = page[0] ?? 0;
    if (entries === 0) throw new Error('indices without a dictionary');
    if (width > 32) throw new Error(`indices of ${width} bits`);
    // Some writers leave out the runs where there is but one entry.
    if (width > 0 || page.length > 1) checkRuns(page.subarray(1), width, count);
  } else
    throw new Error(`the encoding ${encoding}, expected plain or dictionary encoding (version 1.0 of the data pages)`);
}

/** No value takes less room than this. */
function checkPlain(count: number, bytes: number, { type, type_length: length = 1 }: SchemaElement): void {
  const bits =
    { BOOLEAN: 1, INT32: 32, FLOAT: 32, BYTE_ARRAY: 32, FIXED_LEN_BYTE_ARRAY: 8 * length }[type as string] ?? 64;
  if (!(count >= 0 && count * bits <= 8 * bytes)) throw new Error(`${count} values in ${bytes} bytes`);
}

/** Checks a run-length and bit-packed hybrid of `count` values; returns how many are odd, which of levels are those present. */
function checkRuns(bytes: Uint8Array, width: number, count: number): number {
  const view = viewOf(bytes);
  let at = 0;
  let odd = 0;
  for (let seen = 0; seen < count; ) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = view.getUint8(at++);
      head += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
      if (shift === 28) throw new Error('a run length of more than 32 bits');
    }
    const packed = head % 2 === 1;
    const length = Math.floor(head / 2) * (packed ? 8 : 1);
    const left = count - seen;
    // The last group of bit-packed values is filled up; some writers fill up to a whole run.
    if (length > (packed ? left + 511 : left)) throw new Error(`a run of ${length} where ${left} values are left`);
    if (packed && width === 1)
      for (let i = 0; i < Math.min(length, left); i++) odd += (view.getUint8(at + (i >> 3)) >> (i & 7)) & 1;
    else if (!packed && width > 0) odd += length * (view.getUint8(at) & 1);
    at += packed ? (length / 8) * width : Math.ceil(width / 8);
    seen += length;
  }
  return odd;
}

/** In pieces: fzstd's whole-buffer call says neither that the room was too small nor that some was left. */
function unzstd(bytes: Uint8Array, size: number): Uint8Array {
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

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
