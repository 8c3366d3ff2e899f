import { shown } from '@qntk/core';
import { isMissing, tooWide, truthOf } from './values.ts';

/** A cell as a file holds it; null where there is no value. */
export type Cell = number | bigint | boolean | string | null | undefined;

/** The first cell that does not fit the others of its column, and why. */
export interface Misfit {
  readonly row: number;
  readonly found: string;
  readonly expected?: string;
  /** The text, where it is one. */
  readonly text?: string;
  /** There is no value. */
  readonly missing?: boolean;
}

/** A whole column; where it has a misfit, its values are of no use. `missing` is the number of cells without a value. */
export type Column = { readonly misfit?: Misfit; readonly missing: number } & (
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'booleans'; readonly values: Uint8Array }
  | { readonly kind: 'texts'; readonly values: readonly string[] }
);

/** Different texts of a column that are kept once for all its rows. */
const mostShared = 4096;

/**
 * Makes a column of its cells, one after the other: numbers if any cell is one, else truth values if all are, else texts.
 * Whatever does not fit is a misfit, the first of which is kept.
 */
export class ColumnBuilder {
  /** Texts such as True are truth values, as in a file that knows nothing but text. */
  readonly #untyped: boolean;
  #truths = 0;
  #rows = 0;
  #numbers = new Float64Array(16);
  #count = 0;
  readonly #texts: string[] = [];
  readonly #shared = new Map<string, string>();
  #misfit: Misfit | undefined;
  #missing = 0;

  constructor({ untyped = false } = {}) {
    this.#untyped = untyped;
  }

  add(cell: Cell): void {
    const row = this.#rows++;
    if (isNothing(cell)) this.#missing++;
    if (this.#misfit) return;
    if (cell === null || cell === undefined) this.#misfit = { row, found: 'null, a missing value', missing: true };
    else if (typeof cell === 'bigint') this.#addInteger(cell, row);
    else if (typeof cell === 'number') this.#addNumber(cell, row);
    else {
      if (typeof cell === 'boolean' || (this.#untyped && truthOf(cell) !== undefined)) this.#truths++;
      this.#addText(String(cell), row);
    }
  }

  /** A cell of which neither number nor text can be made. */
  refuse(found: string, expected?: string): void {
    this.#misfit ??= { row: this.#rows, found, ...(expected !== undefined && { expected }) };
    this.#rows++;
  }

  column(): Column {
    const rest = { ...(this.#misfit && { misfit: this.#misfit }), missing: this.#missing };
    if (this.#count > 0) return { kind: 'numbers', values: this.#numbers.slice(0, this.#count), ...rest };
    const texts = this.#texts;
    if (this.#truths < texts.length || texts.length === 0) return { kind: 'texts', values: texts, ...rest };
    return { kind: 'booleans', values: Uint8Array.from(texts, (text) => truthOf(text)!), ...rest };
  }

  #addInteger(integer: bigint, row: number): void {
    const value = Number(integer);
    if (Number.isSafeInteger(value)) this.#addNumber(value, row);
    else this.#misfit = { row, ...tooWide(integer) };
  }

  #addNumber(value: number, row: number): void {
    if (!Number.isFinite(value)) {
      const missing = Number.isNaN(value);
      this.#misfit = { row, found: missing ? 'NaN, a missing value' : String(value), missing };
      return;
    }
    if (this.#count === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count++] = value;
    // One number among texts makes them the misfits: a mistake in a target must not turn it into classes.
    if (this.#texts.length > 0) this.#misfit = misfitText(this.#texts[0]!, 0);
  }

  #addText(text: string, row: number): void {
    if (isMissing(text) || this.#count > 0) this.#misfit = misfitText(text, row);
    else this.#texts.push(this.#shared.get(text) ?? this.#share(text));
  }

  #share(text: string): string {
    if (this.#shared.size < mostShared) this.#shared.set(text, text);
    return text;
  }
}

/** Whether a cell says that there is no value. */
function isNothing(cell: Cell): boolean {
  if (cell === null || cell === undefined) return true;
  return typeof cell === 'string' ? isMissing(cell) : Number.isNaN(cell);
}

const misfitText = (text: string, row: number): Misfit => ({
  row,
  text,
  found: foundText(text),
  missing: isMissing(text),
});

/** The text of a cell in a message. */
export function foundText(text: string): string {
  if (text === '') return 'an empty cell';
  return isMissing(text) ? `${shown(text)}, a missing value` : shown(text);
}
