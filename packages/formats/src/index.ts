export type { NamedColumns } from './columns.ts';
export { namedColumns, readTable, type Table } from './csv.ts';
export { checkFinite, checkReal } from './finite.ts';
export { type NpyArray, readNpy, writeNpy } from './npy.ts';
export { readNpz, writeNpz } from './npz.ts';
export { isParquet, readParquet } from './parquet/read.ts';
export { type WrittenColumn, writeParquet } from './parquet/write.ts';
export { checkSize } from './size.ts';
