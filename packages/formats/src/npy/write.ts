import { counted } from '@qntk/core';
import type { NpyArray } from './array.ts';
import { shapeText, writeHeader } from './header.ts';

/**
 * A .npy file, version 1.0, of little-endian doubles, or pairs of them, in C order.
 *
 * @throws RangeError where shape and data do not fit.
 */
export function writeNpy({ shape, data, complex = false }: NpyArray): Uint8Array {
  const count = shape.reduce((product, length) => product * length, complex ? 2 : 1);
  if (count !== data.length)
    throw new RangeError(`shape ${shapeText(shape)} does not hold ${counted(data.length, 'number')}`);
  const header = writeHeader(complex ? '<c16' : '<f8', shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}
