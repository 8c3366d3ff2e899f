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
