import type { SchemaElement, SchemaTree } from 'hyparquet';

/** What a column holds that no number or text can be made of, if so. */
export function refusedKind({ children, element }: SchemaTree): string | undefined {
  const { type, type_length: length = 0, repetition_type, converted_type: converted = '', logical_type } = element;
  const logical = logical_type?.type ?? '';
  if (children.length > 0 || repetition_type === 'REPEATED') return 'lists or records';
  if (converted === 'INTERVAL') return 'durations';
  if (type === 'INT96' || /^(DATE|TIME)/.test(converted) || /^(DATE|TIME)/.test(logical)) return 'dates or times';
  if (/^(JSON|BSON|UUID|VARIANT|GEO)/.test(`${converted}${logical}`))
    return `values of the kind ${logical || converted}`;
  // It takes quadratic time to read a long one.
  if (isDecimal(element)) return type === 'BYTE_ARRAY' || length > 32 ? 'decimals of more than 32 bytes' : undefined;
  return type === 'FIXED_LEN_BYTE_ARRAY' && logical !== 'FLOAT16' ? 'raw bytes' : undefined;
}

export const isDecimal = ({ converted_type, logical_type }: SchemaElement): boolean =>
  converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';

/** Digits behind the point that a decimal may have: none of its types has more in all. */
const mostDigits = 77;

/** Digits behind the point. @throws Error where there are more than any decimal has. */
export function scaleOf({ scale, logical_type }: SchemaElement): number {
  const digits = scale ?? (logical_type?.type === 'DECIMAL' ? logical_type.scale : 0);
  if (!(Number.isInteger(digits) && digits >= 0 && digits <= mostDigits))
    throw new Error(`decimals of scale ${digits}`);
  return digits;
}

/** A decimal as text: an integer, as bytes with the most significant first, counts its last digits. */
export function decimalText(unscaled: number | bigint | Uint8Array, scale: number): string {
  const integer = unscaled instanceof Uint8Array ? integerOf(unscaled) : BigInt(unscaled);
  const digits = String(integer < 0n ? -integer : integer).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${integer < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

function integerOf(bytes: Uint8Array): bigint {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, value);
}
