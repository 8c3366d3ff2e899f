import { InputError } from '@qntk/core';
import { tooWide } from '../values.ts';

/** How the elements of an array lie in a file and what they are. */
export type ElementType =
  | {
      readonly kind: 'numbers' | 'booleans' | 'complex';
      readonly bytes: number;
      readonly scalar: Scalar;
      readonly little: boolean;
    }
  | { readonly kind: 'texts'; readonly bytes: number; readonly read: (bytes: Uint8Array) => string };

export interface Scalar {
  readonly bytes: number;
  read(view: DataView, at: number, little: boolean): number;
  /** The exact value, for the types a double cannot always hold. */
  exact?(view: DataView, at: number, little: boolean): bigint;
}

const float32: Scalar = { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) };
export const float64: Scalar = { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) };

const scalars = new Map<string, Scalar>([
  ['b1', { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) }],
  ['i1', { bytes: 1, read: (view, at) => view.getInt8(at) }],
  ['u1', { bytes: 1, read: (view, at) => view.getUint8(at) }],
  ['i2', { bytes: 2, read: (view, at, little) => view.getInt16(at, little) }],
  ['u2', { bytes: 2, read: (view, at, little) => view.getUint16(at, little) }],
  ['i4', { bytes: 4, read: (view, at, little) => view.getInt32(at, little) }],
  ['u4', { bytes: 4, read: (view, at, little) => view.getUint32(at, little) }],
  ['i8', wideInteger((view, at, little) => view.getBigInt64(at, little))],
  ['u8', wideInteger((view, at, little) => view.getBigUint64(at, little))],
  ['f2', { bytes: 2, read: (view, at, little) => half(view.getUint16(at, little)) }],
  ['f4', float32],
  ['f8', float64],
]);

const complexParts = new Map<string, Scalar>([
  ['c8', float32],
  ['c16', float64],
]);

/** What the kinds of numpy that are refused hold, and the way out. */
const refusedKinds: Record<string, { readonly name: string; readonly advice: string }> = {
  O: { name: 'Python objects', advice: "convert them first, as in y.astype(float) or y.astype('U')" },
  V: { name: 'raw bytes or records', advice: 'save an array of numbers for each field' },
  M: { name: 'dates', advice: 'turn them into numbers' },
  m: { name: 'durations', advice: 'turn them into numbers' },
  f: { name: 'numbers longer than doubles', advice: 'save them as float64' },
  g: { name: 'numbers longer than doubles', advice: 'save them as float64' },
  c: { name: 'complex numbers longer than doubles', advice: 'save them as complex128' },
};

/** @throws InputError naming the type of numpy where it is none of numbers, truth values or text. */
export function elementType(descr: string, where: string): ElementType {
  const [, order, name = ''] = /^([<>|])(\w+)$/.exec(descr) ?? [];
  const little = order !== '>';
  const text = textType(name, little);
  if (text) return text;
  const part = complexParts.get(name);
  const scalar = part ?? scalars.get(name);
  // Only single bytes may go without a byte order.
  if (!scalar || (order === '|' && scalar.bytes > 1)) throw refusedType(descr, where);
  const kind = part ? 'complex' : name === 'b1' ? 'booleans' : 'numbers';
  return { kind, bytes: scalar.bytes * (part ? 2 : 1), scalar, little };
}

function refusedType(descr: string, where: string): InputError {
  // A kind that is read has another fault: its size, or no order of bytes.
  const known = scalars.has(descr.slice(-2)) || complexParts.has(descr.replace(/^\W/, ''));
  const kind = known ? undefined : refusedKinds[/^[<>|]?(\w)/.exec(descr)?.[1] ?? ''];
  return new InputError({
    where,
    found: `dtype '${descr}'${kind ? ` (${kind.name})` : ''}`,
    expected: 'numbers, booleans or text: f2, f4, f8, i1 … i8, u1 … u8, b1, c8, c16, U or S',
    ...(kind && { advice: kind.advice }),
  });
}

/** Text of a fixed length, filled up with zeros: four bytes a character (U) or UTF-8 (S). */
function textType(name: string, little: boolean): ElementType | undefined {
  const [, kind, count] = /^([US])(\d{1,9})$/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const length = Number(count);
  return kind === 'S'
    ? { kind: 'texts', bytes: length, read: bytesText }
    : { kind: 'texts', bytes: 4 * length, read: (bytes) => codePointsText(bytes, little) };
}

function bytesText(bytes: Uint8Array): string {
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end));
}

function codePointsText(bytes: Uint8Array, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) text += String.fromCodePoint(view.getUint32(at, little));
  return text.replace(/\0+$/, '');
}

function wideInteger(exact: NonNullable<Scalar['exact']>): Scalar {
  return { bytes: 8, exact, read: (view, at, little) => Number(exact(view, at, little)) };
}

/** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** @throws InputError where an integer is beyond what doubles hold. */
export function readScalars(
  body: Uint8Array,
  count: number,
  scalar: Scalar,
  little: boolean,
  where: string,
): Float64Array {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = i * scalar.bytes;
    const value = scalar.read(view, at, little);
    if (scalar.exact && !Number.isSafeInteger(value)) {
      const { found, expected } = tooWide(scalar.exact(view, at, little));
      throw new InputError({ where, found: `${found} at element ${i} of the data (counted from 0)`, expected });
    }
    data[i] = value;
  }
  return data;
}
