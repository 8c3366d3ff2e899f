// What a single value is taken for: one set of rules for every format, listed in docs/formats.md.

/** How programs write that there is no value; pandas takes the same words for it. */
export const missingWords: ReadonlySet<string> = new Set([
  '',
  '#N/A',
  '#NA',
  '<NA>',
  'N/A',
  'n/a',
  'NA',
  'NULL',
  'null',
  'NaT',
  'None',
]);

/** Whether a text says that there is no value. */
export const isMissing = (text: string): boolean => missingWords.has(text) || /^[+-]?nan$/i.test(text);

export const truthWords: ReadonlyMap<string, 0 | 1> = new Map([
  ['true', 1],
  ['True', 1],
  ['TRUE', 1],
  ['false', 0],
  ['False', 0],
  ['FALSE', 0],
]);

/** 1 or 0 for a word for true or false. */
export const truthOf = (text: string): 0 | 1 | undefined => truthWords.get(text);

const time = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?`;
const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const day = [
  String.raw`\d{4}([-/.])\d{1,2}\1\d{1,2}`,
  String.raw`\d{1,2}([-/.])\d{1,2}\2\d{4}`,
  String.raw`\d{1,2}[- ]${month}[- ]\d{4}`,
  String.raw`${month} \d{1,2},? \d{4}`,
].join('|');
const date = new RegExp(`^(?:${day})(?:[T ]${time} ?(?:Z|[ap]m|[+-]\\d{2}:?\\d{2})?)?$`, 'i');
const duration = new RegExp(
  String.raw`^-?\d+ days?(?:,? [+-]?${time})?$|^${time}$|^-?P(?=[\dT])(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?$`,
);

/** Whether a text is a date, a time or a duration, as ISO 8601, spreadsheets, Python and pandas write them. */
export const isTime = (text: string): boolean => date.test(text) || duration.test(text);

/** Why an integer that a double cannot hold is refused. */
export function tooWide(integer: bigint | string): { found: string; expected: string } {
  return { found: `the integer ${integer}`, expected: 'integers below 2^53 in size, which is all that doubles hold' };
}
