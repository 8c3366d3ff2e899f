import * as code from '../../wasm/codes.ts';
import { jobWords, type Operand, type Workspace } from './memory.ts';

/** Multiplications from which another thread gains more than it costs. */
const worthSharing = 2 ** 17;

/** Sizes of a product, m × k by k × n. */
export interface ProductShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/**
 * C ← C + A·B, or C − A·B, where rows of C are contiguous. With `lower` what is above the diagonal of C is not computed: it
 * may be changed.
 */
export function addProduct(
  { machine, buffer, header, scratch }: Workspace,
  { m, k, n }: ProductShape,
  a: Operand,
  b: Operand,
  c: Operand,
  { negative = false, lower = false } = {},
): void {
  if (m === 0 || k === 0 || n === 0) return;
  const to = jobWords({ buffer, header }, code.MATRIX_PRODUCT);
  to[code.JOB_THREAD_BYTES] = code.PACKING_BYTES;
  to[code.JOB_ITEM_BYTES] = 0;
  to[code.PRODUCT_M] = m;
  to[code.PRODUCT_K] = k;
  to[code.PRODUCT_N] = n;
  to[code.PRODUCT_A] = a.at;
  to[code.PRODUCT_A_ROW] = a.row;
  to[code.PRODUCT_A_COLUMN] = a.column;
  to[code.PRODUCT_B] = b.at;
  to[code.PRODUCT_B_ROW] = b.row;
  to[code.PRODUCT_B_COLUMN] = b.column;
  to[code.PRODUCT_C] = c.at;
  to[code.PRODUCT_C_ROW] = c.row;
  to[code.PRODUCT_NEGATIVE] = Number(negative);
  to[code.PRODUCT_LOWER] = Number(lower);
  to[code.PRODUCT_SCRATCH] = scratch;
  const tiles = Math.ceil(m / code.TILE_ROWS) * Math.ceil(n / code.TILE_COLUMNS);
  machine.perform(header, tiles, tiles > 1 && m * k * n > worthSharing);
}
