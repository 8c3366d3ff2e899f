import { checkSize, type WrittenColumn, writeParquet } from '@qntk/formats';
import type { Problem } from '../spec/problem.ts';
import type { KernelArrays } from './kernel-arrays.ts';

/**
 * The arrays as a Parquet file of one row for each row of J, which is a point or, with several outputs, a pair (point,
 * output). Columns: `point`, `output` where there are several, `part` (train or test), `x_<feature>`, `y`, `f`,
 * `J_<parameter>` and, where there is K, `K_0`, `K_1`, …: K_j is the kernel with row j. The metadata `qntk` holds θ by name, as JSON.
 */
export function kernelTable({ X, y, theta, f, J, K }: KernelArrays, { model, dataset }: Problem): Uint8Array {
  checkSize(Object.entries({ X, J, ...(K && { K }) }).map(([name, { data }]) => [name, data.byteLength]));
  const { outputs } = model;
  const rows = y.data.length;
  const point = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / outputs));
  const part: string[] = new Array(rows).fill('test');
  for (const train of dataset.train) part.fill('train', train * outputs, (train + 1) * outputs);
  const { parameters } = model.circuit;
  const columns: WrittenColumn[] = [
    { name: 'point', data: point },
    ...(outputs > 1 ? [{ name: 'output', data: point.map((_, row) => row % outputs) }] : []),
    { name: 'part', data: part },
    ...columnsOf(X.data, dataset.features, point, (name) => `x_${name}`),
    { name: 'y', data: y.data },
    { name: 'f', data: f.data },
    ...columnsOf(J.data, parameters, allRows(rows), (name) => `J_${name}`),
    ...(K ? columnsOf(K.data, allRows(rows), allRows(rows), (row) => `K_${row}`) : []),
  ];
  const values = Object.fromEntries(parameters.map((name, k) => [name, theta.data[k]]));
  return writeParquet(columns, { key: 'qntk', value: JSON.stringify({ schema: 'qntk/kernel/1', theta: values }) });
}

/** Columns of a row-major matrix with one for each of `heads`, at the given rows of it. */
function columnsOf<Head>(
  values: Float64Array,
  heads: ArrayLike<Head>,
  rows: Int32Array,
  name: (head: Head) => string,
): WrittenColumn[] {
  return Array.from(heads, (head, c) => ({
    name: name(head),
    data: Float64Array.from(rows, (row) => values[row * heads.length + c]!),
  }));
}

const allRows = (count: number) => Int32Array.from({ length: count }, (_, row) => row);
