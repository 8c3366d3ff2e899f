import { parquetWriteBuffer } from 'hyparquet-writer';

/** A column as it is written: doubles, whole numbers or text; a list of numbers may have nulls, where nothing is known. */
export interface WrittenColumn {
  readonly name: string;
  readonly data: Float64Array | Int32Array | string[] | (number | null)[];
}

/**
 * A Parquet file of one row group, with one entry of metadata. Not packed: doubles do not get smaller by it. The same
 * columns give the same bytes.
 */
export function writeParquet(columns: readonly WrittenColumn[], metadata: { key: string; value: string }): Uint8Array {
  const rows = columns[0]?.data.length ?? 0;
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, data }) => ({ name, data, type: typeOf(data), nullable: mayBeNull(data) })),
    codec: 'UNCOMPRESSED',
    statistics: false,
    rowGroupSize: Math.max(rows, 1),
    kvMetadata: [metadata],
    createdBy: 'qntk',
  });
  return new Uint8Array(buffer);
}

function typeOf(data: WrittenColumn['data']): 'DOUBLE' | 'INT32' | 'STRING' {
  if (data instanceof Float64Array) return 'DOUBLE';
  if (data instanceof Int32Array) return 'INT32';
  return typeof data[0] === 'string' ? 'STRING' : 'DOUBLE';
}

/** By the kind of column, not by its values: files of one kind have one schema. */
const mayBeNull = (data: WrittenColumn['data']): boolean => Array.isArray(data) && typeOf(data) === 'DOUBLE';
