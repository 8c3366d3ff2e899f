/**
 * The parts of hyparquet behind its public interface, all reached from here.
 *
 * Its public reader believes what a file says of itself: a few wrong bytes let it fill the memory or never end. So every
 * page is checked before it is decoded (pages.ts), for which its header must be read and its bytes unpacked alone, and
 * columns are decoded one by one from bytes in memory. The version is pinned exactly; the tests of hostile files run
 * against these functions.
 */

import type { Compressors, PageHeader, SchemaElement, SchemaTree } from 'hyparquet';
import { parquetHeader, readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { isDecimal } from './kinds.ts';

export type Codec = Parameters<typeof decompressPage>[2];

/** A column of one row group: its pages, one after the other. */
export interface ColumnChunk {
  readonly bytes: Uint8Array;
  readonly codec: Codec;
  readonly rows: number;
  readonly root: SchemaTree;
  readonly node: SchemaTree;
}

/** The header of the page that begins at `start`, and where it ends. */
export function readPageHeader(view: DataView, start: number): { header: PageHeader; end: number } {
  const reader = { view, offset: start };
  const header = parquetHeader(reader);
  return { header, end: reader.offset };
}

/** The content of a page. @throws Error where it does not unpack to `size` bytes. */
export function unpackPage(packed: Uint8Array, size: number, codec: Codec, compressors: Compressors): Uint8Array {
  return decompressPage(packed, size, codec, compressors);
}

/** A cell as it is decoded: decimals are integers, text that is no UTF-8 stays bytes. */
export type RawCell = number | bigint | boolean | string | Uint8Array | null | undefined;

/** The cells of a chunk whose pages are checked, a list for each page or so. */
export function decodeColumn(chunk: ColumnChunk, compressors: Compressors): ArrayLike<RawCell>[] {
  const { bytes, codec, rows, root, node } = chunk;
  const element = plainElement(node.element);
  const { name, type } = element as SchemaElement & { type: NonNullable<SchemaElement['type']> };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = { pathInSchema: [name], type, element, schemaPath: [root, node], codec, compressors, parsers };
  const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
  return readColumn({ view, offset: 0 }, select, decoder).data as ArrayLike<RawCell>[];
}

/** Without what makes decimals doubles: the library multiplies, so that 0.7 becomes 0.7000000000000001. */
function plainElement(element: SchemaElement): SchemaElement {
  if (!isDecimal(element)) return element;
  const { converted_type: _, logical_type: __, ...plain } = element;
  return plain;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The library replaces what is no UTF-8, so that two texts may become one. */
const parsers = { ...DEFAULT_PARSERS, stringFromBytes };

function stringFromBytes(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes as unknown as string;
  }
}
