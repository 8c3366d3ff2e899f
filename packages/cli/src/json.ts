import { printable } from './printable.ts';

/** A document as text that ends with its line. What a terminal would obey stands as its code: in JSON that means the same. */
export function asJson(document: unknown): string {
  const text = JSON.stringify(
    document,
    (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value),
    2,
  );
  return `${printable(text)}\n`;
}
