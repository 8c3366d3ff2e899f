import type { TextPlace } from '../../circuit/circuit.ts';
import { InputError } from '../../errors.ts';

/** A text and the name it has in errors. */
export type Source = TextPlace['source'];

/** Where something stands. */
export type Place = TextPlace;

/** Line and column of a place, both from 1. */
function lineAndColumn({ source: { text }, offset }: Place): { line: number; column: number; start: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1, start };
}

/** `file:line:column`. */
export function placeText(place: Place): string {
  const { line, column } = lineAndColumn(place);
  return `${place.source.name}:${line}:${column}`;
}

/** Characters shown before and after the place, in a line that may be the whole of a hostile file. */
const shownAround = 60;

/** An error that names the place and shows the line with a mark under the character. */
export function problem(place: Place, found: string, expected: string, advice?: string): InputError {
  return new InputError({
    where: placeText(place),
    found,
    expected,
    ...(advice !== undefined && { advice }),
    excerpt: excerptAt(place),
  });
}

/** The line of a place with a mark under the character. */
export function excerptAt(place: Place): string {
  const { column, start } = lineAndColumn(place);
  const { text } = place.source;
  const lineEnd = text.indexOf('\n', start);
  const from = Math.max(start, place.offset - shownAround);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, place.offset + shownAround);
  const shown = printable(text.slice(from, to).replace(/\r$/, ''));
  const lead = from > start ? '…' : '';
  const before = printable(text.slice(from, place.offset)).replace(/[^\t]/gu, ' ');
  const mark = `${lead && ' '}${column > 1 ? before : ''}^`;
  return `  ${lead}${shown}\n  ${mark}`;
}

/** Control characters would garble a terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff]/g, '·');
}

/** A name or word of the text as it can stand in a message. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return JSON.stringify(short);
}
