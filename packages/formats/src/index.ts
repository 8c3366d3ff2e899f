export type { NamedColumns } from './columns.ts';
export type { CsvOptions } from './csv/read.ts';
export { readUnnamed } from './csv/unnamed.ts';
export { type CsvColumn, writeCsv } from './csv/write.ts';
export {
  type ColumnsFormat,
  contentOf,
  type FileFormat,
  type FormatName,
  formatOfName,
  formats,
  onlyArray,
} from './format.ts';
export type { NpyArray, StoredArray, TextArray } from './npy/array.ts';
export { checkFinite, checkReal } from './npy/check.ts';
export { labelsOfArray } from './npy/labels.ts';
export { readNpy } from './npy/read.ts';
export { writeNpy } from './npy/write.ts';
export { type NamedArrays, readNpz } from './npz/read.ts';
export { writeNpz } from './npz/write.ts';
export { readParquet } from './parquet/read.ts';
export { type WrittenColumn, writeParquet } from './parquet/write.ts';
export { checkSize, mostCells } from './size.ts';
export { decodeText, type TextOptions } from './text.ts';
