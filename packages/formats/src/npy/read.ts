import { counted, InputError } from '@qntk/core';
import { gibibytes, sizeLimit } from '../size.ts';
import type { StoredArray } from './array.ts';
import { readHeader, shapeText } from './header.ts';
import { type ElementType, elementType, float64, readScalars } from './types.ts';

/**
 * Reads a .npy file of numbers, truth values or text; `where` names the file (or file:array) in errors.
 *
 * @throws InputError where header and data do not fit, the elements are of another kind, an integer is beyond 2^53, or
 * the numbers take more than 2 GiB.
 */
export function readNpy(bytes: Uint8Array, where: string): StoredArray {
  const { descr, fortran, shape, end } = readHeader(bytes, where);
  const type = elementType(descr, where);
  const count = elementCount(shape, where);
  const body = bytes.subarray(end);
  checkBodyLength(body.length, count, { shape, descr, bytes: type.bytes }, where);
  checkTaken(count, type, where);
  const order = fortran ? fortranOrder(shape) : undefined;
  if (type.kind === 'texts') {
    const texts = readTexts(body, count, type, where);
    return { shape, texts: order ? reordered(texts, new Array<string>(count), order, 1) : texts };
  }
  const width = type.kind === 'complex' ? 2 : 1;
  const inFile = readNumbers(body, count * width, type, where);
  const data = order ? reordered(inFile, new Float64Array(inFile.length), order, width) : inFile;
  return {
    shape,
    data,
    ...(type.kind === 'complex' && { complex: true }),
    ...(type.kind === 'booleans' && { booleans: true }),
  };
}

type NumericType = Exclude<ElementType, { kind: 'texts' }>;
type TextType = Extract<ElementType, { kind: 'texts' }>;

function readNumbers(body: Uint8Array, count: number, { scalar, little }: NumericType, where: string): Float64Array {
  if (scalar !== float64 || !little) return readScalars(body, count, scalar, little, where);
  // Doubles lie in memory as in the file, on every platform of today, and need no copy where they stand right.
  const { buffer, byteOffset } = body.byteOffset % float64.bytes === 0 ? body : new Uint8Array(body);
  return new Float64Array(buffer as ArrayBuffer, byteOffset, count);
}

function readTexts(body: Uint8Array, count: number, { bytes, read }: TextType, where: string): string[] {
  return Array.from({ length: count }, (_, i) => {
    try {
      return read(body.subarray(i * bytes, (i + 1) * bytes));
    } catch (cause) {
      const found = `bytes that are no text at element ${i} of the data (counted from 0)`;
      throw new InputError({ where, found, expected: 'characters of Unicode, or UTF-8' }, { cause });
    }
  });
}

/** The number of elements; the product over the axes that are not empty must be a sane number too, as in numpy. */
function elementCount(shape: readonly number[], where: string): number {
  const sane = shape.reduce((product, length) => product * (length || 1), 1);
  if (!Number.isSafeInteger(sane))
    throw new InputError({ where, found: `shape ${shapeText(shape)}`, expected: 'fewer than 2^53 elements' });
  return shape.includes(0) ? 0 : sane;
}

interface Layout {
  readonly shape: readonly number[];
  readonly descr: string;
  readonly bytes: number;
}

function checkBodyLength(found: number, count: number, { shape, descr, bytes }: Layout, where: string): void {
  const expected = count * bytes;
  if (found === expected) return;
  throw new InputError({
    where,
    found: `${found} bytes of data`,
    expected: `${expected}, as shape ${shapeText(shape)} of ${descr} takes`,
    advice: found < expected ? 'the file is truncated' : 'save one array a file',
  });
}

/** Numbers of one byte grow to eight. */
function checkTaken(count: number, { kind }: ElementType, where: string): void {
  const bytes = count * (kind === 'complex' ? 16 : 8);
  if (bytes <= sizeLimit) return;
  throw new InputError({
    where,
    found: `${counted(count, 'element')}, which take ${gibibytes(bytes)} in memory`,
    expected: `at most ${gibibytes(sizeLimit)}`,
  });
}

/** For the elements in Fortran order (first axis fastest) their places in C order (last axis fastest), one by one. */
function* fortranOrder(shape: readonly number[]): Generator<number> {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const index = shape.map(() => 0);
  let from = 0;
  for (;;) {
    yield from;
    let axis = shape.length - 1;
    for (; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Elements of `width` scalars, brought from Fortran into C order. */
function reordered<Values extends Float64Array | string[]>(
  inFile: Values,
  result: Values,
  order: Iterable<number>,
  width: number,
): Values {
  let to = 0;
  for (const from of order) {
    if (to === result.length) break;
    for (let part = 0; part < width; part++) result[to + part] = inFile[width * from + part]!;
    to += width;
  }
  return result;
}
