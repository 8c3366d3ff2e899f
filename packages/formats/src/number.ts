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

/** Numbers that people and programs write otherwise: 10%, 1,000 and 1_000, 0x1f, $5, 1+2j. */
const otherwise = [
  /^[+-]?[\d.,]+ ?%$/,
  /^[+-]?\d{1,3}(?:[,_' ]\d{3})+(?:\.\d*)?$/,
  /^[+-]?0x[\da-f]+$/i,
  /^[+-]?[$€£¥] ?[\d.,]+$/,
  /^\(?[+-]?[\d.]+(?:e[+-]?\d+)?(?:[+-][\d.]*(?:e[+-]?\d+)?)?[ij]\)?$/i,
];

/** Whether a text is a number to people, but not to {@link isNumberText}; with digits of any script, too. */
export function isNumberOtherwise(text: string): boolean {
  const plain = text.normalize('NFKC').replace('\u2212', '-').trim();
  return otherwise.some((each) => each.test(plain)) || (plain !== text && isNumberText(plain));
}
