// What a single value is taken for: one set of rules for every format, listed in docs/formats.md.

/** How programs write that there is no value; pandas takes the same words for it. */
const missing = new Set(['', '#N/A', '#NA', '<NA>', 'N/A', 'n/a', 'NA', 'NULL', 'null', 'NaT', 'None']);

/** Whether a text says that there is no value. */
export const isMissing = (text: string): boolean => missing.has(text) || /^[+-]?nan$/i.test(text);

const truth = new Map([
  ['true', 1],
  ['True', 1],
  ['TRUE', 1],
  ['false', 0],
  ['False', 0],
  ['FALSE', 0],
]);

/** 1 or 0 for a word for true or false. */
export const truthOf = (text: string): number | undefined => truth.get(text);

const date = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const duration = /^-?\d+ days?(?:,? [+-]?\d{1,2}:\d{2}:\d{2}(?:\.\d+)?)?$|^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

/** Whether a text is a date, a time or a duration, as ISO 8601, Python and pandas write them. */
export const isTime = (text: string): boolean => date.test(text) || duration.test(text);

/** Why an integer that a double cannot hold is refused. */
export function tooWide(integer: bigint | string): { found: string; expected: string } {
  return { found: `the integer ${integer}`, expected: 'integers below 2^53 in size, which is all that doubles hold' };
}
