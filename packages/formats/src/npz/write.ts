import { zipSync } from 'fflate';
import type { NpyArray } from '../npy/array.ts';
import { writeNpy } from '../npy/write.ts';
import { checkSize } from '../size.ts';

// The zip format's first moment. It stores local time, so a local time gives the same bytes in every time zone.
const firstTime = new Date(1980, 0, 1);

/**
 * A .npz archive, stored as numpy's savez does; the same arrays give the same bytes.
 *
 * @throws InputError where they take more than 2 GiB.
 */
export function writeNpz(arrays: Record<string, NpyArray>): Uint8Array {
  const entries = Object.entries(arrays);
  checkSize(entries.map(([name, { data }]) => [name, data.byteLength]));
  const files = Object.fromEntries(entries.map(([name, array]) => [`${name}.npy`, writeNpy(array)]));
  return zipSync(files, { level: 0, mtime: firstTime });
}
