const pattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether a text is a finite decimal number and nothing else: no hex, no unit, no nan or inf. */
export const isNumberText = (text: string): boolean => pattern.test(text) && Number.isFinite(Number(text));

/**
 * A cell's number: a bigint where it is an integer that no double holds, undefined where it is no finite number. Python
 * writes the float 2^53 + 2 as 9007199254740994.0: with a point it is a double, where it is one exactly.
 */
export function numberOf(text: string, decimal: '.' | ','): number | bigint | undefined {
  const plain = decimal === ',' ? withPoint(text) : text;
  if (!isNumberText(plain)) return undefined;
  const value = Number(plain);
  if (Number.isSafeInteger(value)) return value;
  const [, integer, point] = /^\+?(-?\d+)(\.0*)?$/.exec(plain) ?? [];
  if (integer === undefined || !Number.isInteger(value)) return value;
  const exact = BigInt(integer);
  return point !== undefined && BigInt(value) === exact ? value : exact;
}

/** Nothing where a point is already there: 1.000,5 may be one number or a mistake. */
const withPoint = (text: string): string => (text.includes('.') ? '' : text.replace(',', '.'));
