import { InputError } from '@qntk/core';

/** What is done with a row: its cells without the spaces around them, and the line it starts on, counted from 1. */
export type RowVisitor = (cells: string[], line: number) => void;

const quote = '"';

/**
 * Goes through the rows of a table as RFC 4180 writes them, in one pass, with any kind of line end. Lines of nothing but
 * spaces are no rows.
 *
 * @throws InputError naming the line where a quote is in the wrong place.
 */
export function eachRow(text: string, delimiter: string, where: string, visit: RowVisitor): void {
  const reader = new Reader(text, delimiter, where);
  while (!reader.atEnd) {
    const line = reader.line;
    const cells = reader.row();
    if (cells) visit(cells, line);
  }
}

class Reader {
  line = 1;
  #at = 0;
  readonly #text: string;
  readonly #delimiter: string;
  readonly #where: string;

  constructor(text: string, delimiter: string, where: string) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#where = where;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The cells up to the next line end, undefined for a blank line. */
  row(): string[] | undefined {
    if (this.#skipBlank()) return undefined;
    const cells = [this.#cell()];
    while (this.#text[this.#at] === this.#delimiter) {
      this.#at++;
      cells.push(this.#cell());
    }
    this.#lineEnd();
    return cells;
  }

  #skipBlank(): boolean {
    let at = this.#at;
    while (this.#isSpace(at)) at++;
    if (at < this.#text.length && !isLineEnd(this.#text[at])) return false;
    this.#at = at;
    this.#lineEnd();
    return true;
  }

  #cell(): string {
    while (this.#isSpace(this.#at)) this.#at++;
    return this.#text[this.#at] === quote ? this.#quoted() : this.#plain();
  }

  /** Up to the delimiter or the line end. */
  #plain(): string {
    const start = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at];
      if (character === this.#delimiter || isLineEnd(character)) break;
      if (character === quote)
        throw this.#error('a quote inside an unquoted cell', 'quotes around the whole cell, and "" for a quote inside');
    }
    let end = this.#at;
    while (end > start && this.#isSpace(end - 1)) end--;
    return this.#text.slice(start, end);
  }

  #quoted(): string {
    const start = this.line;
    let cell = '';
    for (let from = this.#at + 1; ; ) {
      const end = this.#text.indexOf(quote, from);
      if (end < 0) {
        this.line = start;
        throw this.#error('a quote that is never closed in the row that starts here', 'a closing "');
      }
      const part = this.#text.slice(from, end).replace(/\r\n?/g, '\n');
      for (const character of part) if (character === '\n') this.line++;
      cell += part;
      this.#at = end + 1;
      if (this.#text[this.#at] !== quote) break;
      cell += quote;
      from = this.#at + 1;
    }
    while (this.#isSpace(this.#at)) this.#at++;
    const next = this.#text[this.#at];
    if (next !== undefined && next !== this.#delimiter && !isLineEnd(next))
      throw this.#error('text after a closing quote', 'the cell to end there, and "" for a quote inside');
    return cell;
  }

  #lineEnd(): void {
    if (this.#text[this.#at] === '\r') this.#at++;
    if (this.#text[this.#at] === '\n') this.#at++;
    this.line++;
  }

  /** Spaces around a cell do not belong to it; where tabs are delimiters, they are none. */
  #isSpace(at: number): boolean {
    const character = this.#text[at];
    return (character === ' ' || character === '\t') && character !== this.#delimiter;
  }

  #error(found: string, expected: string): InputError {
    return new InputError({ where: `${this.#where}:${this.line}`, found, expected });
  }
}

const isLineEnd = (character: string | undefined): boolean => character === '\n' || character === '\r';
