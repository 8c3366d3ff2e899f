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
import type { Cell } from '../column.ts';

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

/** The cells of a chunk whose pages are checked, a list for each page or so. */
export function decodeColumn(chunk: ColumnChunk, compressors: Compressors): ArrayLike<Cell>[] {
  const { bytes, codec, rows, root, node } = chunk;
  const { name, type } = node.element as SchemaElement & { type: NonNullable<SchemaElement['type']> };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = { pathInSchema: [name], type, element: node.element, schemaPath: [root, node], codec, compressors };
  const select = { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows };
  return readColumn({ view, offset: 0 }, select, { ...decoder, parsers: DEFAULT_PARSERS }).data as ArrayLike<Cell>[];
}
