import { InputError } from '@qntk/core';

/** An array of a .npy file in row-major order; complex numbers as interleaved pairs (real, imaginary). */
export interface NpyArray {
  shape: readonly number[];
  data: Float64Array;
  complex?: boolean;
}

interface Header {
  descr: string;
  fortran: boolean;
  shape: number[];
}

interface Scalar {
  bytes: number;
  read(view: DataView, at: number, little: boolean): number;
  /** The exact value, for the types a double cannot always hold. */
  exact?(view: DataView, at: number, little: boolean): bigint;
}

interface ElementType {
  descr: string;
  scalar: Scalar;
  /** Scalars in an element: two for a complex number. */
  width: 1 | 2;
  little: boolean;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const HEADER_ALIGNMENT = 64;
const KEYS = ['descr', 'fortran_order', 'shape'];

const FLOAT32: Scalar = { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) };
const FLOAT64: Scalar = { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) };

const REAL_SCALARS = new Map<string, Scalar>([
  ['b1', { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) }],
  ['i1', { bytes: 1, read: (view, at) => view.getInt8(at) }],
  ['u1', { bytes: 1, read: (view, at) => view.getUint8(at) }],
  ['i2', { bytes: 2, read: (view, at, little) => view.getInt16(at, little) }],
  ['u2', { bytes: 2, read: (view, at, little) => view.getUint16(at, little) }],
  ['i4', { bytes: 4, read: (view, at, little) => view.getInt32(at, little) }],
  ['u4', { bytes: 4, read: (view, at, little) => view.getUint32(at, little) }],
  ['i8', wideInteger((view, at, little) => view.getBigInt64(at, little))],
  ['u8', wideInteger((view, at, little) => view.getBigUint64(at, little))],
  ['f4', FLOAT32],
  ['f8', FLOAT64],
]);

const COMPLEX_PARTS = new Map<string, Scalar>([
  ['c8', FLOAT32],
  ['c16', FLOAT64],
]);

const EXPECTED_HEADER = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } with these three keys";
const EXPECTED_DTYPE = 'expected numbers or booleans: f4, f8, i1 … i8, u1 … u8, b1, c8 or c16';

/** What the kinds of numpy we refuse hold, in words. */
const REFUSED_KINDS: Record<string, string> = {
  O: 'Python objects',
  S: 'text',
  U: 'text',
  V: 'raw bytes',
  M: 'dates',
  m: 'time differences',
};

/** Reads a .npy file of numbers or booleans; `where` names the file (or file:array) in errors. */
export function readNpy(bytes: Uint8Array, where: string): NpyArray {
  const { text, end } = splitHeader(bytes, where);
  const { descr, fortran, shape } = parseHeader(text, where);
  const type = elementType(descr, where);
  const count = elementCount(shape, where);
  const body = bytes.subarray(end);
  checkBodyLength(body.length, count, shape, type, where);
  const inFileOrder = readScalars(body, count * type.width, type, where);
  const data = fortran ? toRowMajor(inFileOrder, shape, type.width) : inFileOrder;
  return type.width === 2 ? { shape, data, complex: true } : { shape, data };
}

/** A .npy file, version 1.0, of little-endian doubles, or pairs of them, in C order. */
export function writeNpy({ shape, data, complex = false }: NpyArray): Uint8Array {
  const count = shape.reduce((product, length) => product * length, complex ? 2 : 1);
  if (count !== data.length) throw new Error(`shape ${shapeText(shape)} does not hold ${data.length} numbers`);
  const header = paddedHeader(
    `{'descr': '${complex ? '<c16' : '<f8'}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`,
  );
  const bytes = new Uint8Array(header.length + data.length * FLOAT64.bytes);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  data.forEach((value, i) => {
    view.setFloat64(i * FLOAT64.bytes, value, true);
  });
  return bytes;
}

function wideInteger(exact: NonNullable<Scalar['exact']>): Scalar {
  return { bytes: 8, exact, read: (view, at, little) => Number(exact(view, at, little)) };
}

/** Checks magic and version; returns the header's text and where the data starts. */
function splitHeader(bytes: Uint8Array, where: string): { text: string; end: number } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw new InputError(`${where}: not a .npy file: it starts with ${startOf(bytes)}, expected \\x93NUMPY`);
  }
  const [major, minor] = [bytes[6], bytes[7]];
  if (major === undefined || minor === undefined) throw truncatedHeader(where);
  if (major < 1 || major > 3 || minor !== 0) {
    throw new InputError(`${where}: found .npy format version ${major}.${minor}, expected 1.0, 2.0 or 3.0`);
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) throw truncatedHeader(where);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = start + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (bytes.length < end) throw truncatedHeader(where);
  return { text: Buffer.from(bytes.subarray(start, end)).toString('latin1'), end };
}

function truncatedHeader(where: string): InputError {
  return new InputError(`${where}: truncated: the file ends inside the .npy header, expected header and data`);
}

function startOf(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing (an empty file)';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'PK (a zip archive, perhaps a .npz file)';
  return Array.from(bytes.subarray(0, MAGIC.length), (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

/**
 * Parses the header, a Python dict literal. Only the three keys numpy writes are accepted, each once, in any order,
 * and nothing else is interpreted: the header comes from a stranger's file.
 */
function parseHeader(text: string, where: string): Header {
  if (/'descr'\s*:\s*\[/.test(text)) {
    throw new InputError(`${where}: found a structured dtype (records with named fields), ${EXPECTED_DTYPE}`);
  }
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  const entries = body === undefined ? undefined : parseEntries(body);
  const descr = entries?.get('descr')?.match(/^'(.*)'$/s)?.[1];
  const order = entries?.get('fortran_order')?.match(/^(True|False)$/)?.[1];
  const shape = entries?.get('shape')?.match(/^\((.*)\)$/s)?.[1];
  if (descr === undefined || order === undefined || shape === undefined) {
    const found = JSON.stringify(text.trim().slice(0, 120));
    throw new InputError(`${where}: malformed .npy header: found ${found}, expected ${EXPECTED_HEADER}`);
  }
  return { descr, fortran: order === 'True', shape: (shape.match(/\d+/g) ?? []).map(Number) };
}

/** The dict's entries as text, or undefined where there are others than `KEYS` or anything that is no entry. */
function parseEntries(body: string): Map<string, string> | undefined {
  const entry = /\s*'(\w+)'\s*:\s*('[^']*'|True|False|\(\s*\)|\(\d+,\s*\)|\(\d+(?:,\s*\d+)+,?\s*\))\s*(?:,\s*|$)/y;
  const entries = new Map<string, string>();
  while (entry.lastIndex < body.length) {
    const [, key, value] = entry.exec(body) ?? [];
    if (key === undefined || value === undefined || !KEYS.includes(key) || entries.has(key)) return undefined;
    entries.set(key, value);
  }
  return entries;
}

function elementType(descr: string, where: string): ElementType {
  const [, order, name] = /^([<>|])(\w+)$/.exec(descr) ?? [];
  const part = COMPLEX_PARTS.get(name ?? '');
  const scalar = part ?? REAL_SCALARS.get(name ?? '');
  // Only single bytes may go without a byte order.
  if (scalar === undefined || (order === '|' && scalar.bytes > 1)) {
    const kind = REFUSED_KINDS[name?.[0] ?? ''];
    throw new InputError(`${where}: found dtype '${descr}'${kind ? ` (${kind})` : ''}, ${EXPECTED_DTYPE}`);
  }
  return { descr, scalar, width: part ? 2 : 1, little: order !== '>' };
}

/** The number of elements; the product over the axes that are not empty must be a sane number too, as in numpy. */
function elementCount(shape: readonly number[], where: string): number {
  const sane = shape.reduce((product, length) => product * (length || 1), 1);
  if (!Number.isSafeInteger(sane)) {
    throw new InputError(`${where}: found shape ${shapeText(shape)}, expected fewer than 2^53 elements`);
  }
  return shape.includes(0) ? 0 : sane;
}

function checkBodyLength(found: number, count: number, shape: number[], type: ElementType, where: string): void {
  const expected = count * type.width * type.scalar.bytes;
  if (found === expected) return;
  const problem = found < expected ? 'truncated' : 'more than one array';
  const need = `shape ${shapeText(shape)} of ${type.descr} takes ${expected} bytes`;
  throw new InputError(`${where}: ${problem}: found ${found} bytes of data, expected ${expected} (${need})`);
}

function readScalars(body: Uint8Array, count: number, type: ElementType, where: string): Float64Array {
  const { scalar, little } = type;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = scalar.read(view, i * scalar.bytes, little);
    if (scalar.exact && !Number.isSafeInteger(value)) {
      const found = `${scalar.exact(view, i * scalar.bytes, little)} at element ${i} of the data (counted from 0)`;
      throw new InputError(`${where}: found the integer ${found}, expected integers below 2^53 in size`);
    }
    data[i] = value;
  }
  return data;
}

/** Reorders elements of `width` scalars from Fortran order (first axis fastest) into C order (last axis fastest). */
function toRowMajor(data: Float64Array, shape: readonly number[], width: number): Float64Array {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, width));
  const index = shape.map(() => 0);
  const result = new Float64Array(data.length);
  let from = 0;
  for (let to = 0; to < data.length; to += width) {
    for (let part = 0; part < width; part++) result[to + part] = data[from + part]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

/** A shape the way Python writes a tuple. */
function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/** Magic, version 1.0, length and the dict, padded with spaces so that the data starts on a 64-byte boundary. */
function paddedHeader(dict: string): Uint8Array {
  const start = MAGIC.length + 4;
  const length = Math.ceil((start + dict.length + 1) / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  const text = `${dict.padEnd(length - start - 1)}\n`;
  return Uint8Array.from([
    ...MAGIC,
    ...[1, 0],
    ...[text.length & 0xff, text.length >> 8],
    ...Array.from(text, (character) => character.charCodeAt(0)),
  ]);
}
