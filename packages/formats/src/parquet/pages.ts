import { counted } from '@qntk/core';
import type { PageHeader, SchemaElement } from 'hyparquet';
import { crc32 } from '../crc32.ts';
import { compressors } from './compressors.ts';
import { checkDelta, checkDeltaLengths, checkDeltaTexts } from './delta.ts';
import { type Codec, readPageHeader, unpackPage } from './hyparquet.ts';
import { endOfStruct } from './thrift.ts';

/** A column of one row group. */
interface Chunk {
  readonly element: SchemaElement;
  readonly codec: Codec;
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
    const { header, end } = readPageHeader(view, at);
    const size = header.compressed_page_size;
    if (!(size >= 0 && size <= bytes.length - end)) throw new Error(`a page of ${size} bytes`);
    unpacked += header.uncompressed_page_size;
    if (!(header.uncompressed_page_size >= 0 && unpacked <= mostUnpacked))
      throw new Error(`pages of ${unpacked} bytes, unpacked`);
    at = end + size;
    const body = bytes.subarray(end, at);
    // It is signed there; many writers leave it out.
    if (header.crc !== undefined && header.crc >>> 0 !== crc32(body)) throw new Error('a checksum that does not fit');
    if (header.type === 'DICTIONARY_PAGE') entries = checkDictionary(body, header, chunk);
    else seen += checkPage(body, header, { ...chunk, entries, left: chunk.rows - seen });
  }
}

function unpack(packed: Uint8Array, size: number, { codec }: Chunk): Uint8Array {
  return unpackPage(packed, size, codec, compressors);
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
    throw new Error(`a page of ${counted(count, 'value')} where ${left} are left`);
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
    throw new Error(
      `a page of ${counted(count, 'value')} with ${nulls} nulls and ${before} + ${length} bytes of levels`,
    );
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
    if (width > 32) throw new Error(`indices of ${counted(width, 'bit')}`);
    // Some writers leave out the runs where there is but one entry.
    if (width > 0 || page.length > 1) checkRuns(page.subarray(1), width, count);
  } else if (!checkDeltas(page, encoding, count, element))
    throw new Error(`the encoding ${encoding} for ${element.type}, expected plain, dictionary or delta encoding`);
}

/** False where the encoding is none of deltas, or does not go with the type. */
function checkDeltas(page: Uint8Array, encoding: string, count: number, { type }: SchemaElement): boolean {
  if (encoding === 'DELTA_BINARY_PACKED' && (type === 'INT32' || type === 'INT64')) {
    checkDelta(page, count, type === 'INT32' ? 32 : 64);
    return true;
  }
  if (type !== 'BYTE_ARRAY') return false;
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') checkDeltaLengths(page, count);
  else if (encoding === 'DELTA_BYTE_ARRAY') checkDeltaTexts(page, count);
  else return false;
  return true;
}

/** No value takes less room than this. */
function checkPlain(count: number, bytes: number, { type, type_length: length = 1 }: SchemaElement): void {
  const bits =
    { BOOLEAN: 1, INT32: 32, FLOAT: 32, BYTE_ARRAY: 32, FIXED_LEN_BYTE_ARRAY: 8 * length }[type as string] ?? 64;
  if (!(count >= 0 && count * bits <= 8 * bytes))
    throw new Error(`${counted(count, 'value')} in ${counted(bytes, 'byte')}`);
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
    if (length > (packed ? left + 511 : left)) throw new Error(`a run of ${length} where ${left} are left`);
    if (packed && width === 1)
      for (let i = 0; i < Math.min(length, left); i++) odd += (view.getUint8(at + (i >> 3)) >> (i & 7)) & 1;
    else if (!packed && width > 0) odd += length * (view.getUint8(at) & 1);
    at += packed ? (length / 8) * width : Math.ceil(width / 8);
    seen += length;
  }
  return odd;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
