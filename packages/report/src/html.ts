/** Markup that is known to be safe: made by `html` or `raw`, never by joining strings. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template. Numbers and null may not: they have to be formatted for people first. */
export type Insert = string | Html | readonly Insert[];

/** Markup from a template; strings are escaped, markup and lists of markup are taken over. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Html {
  return new Html(parts.map((part, i) => part + (i < inserts.length ? textOf(inserts[i]) : '')).join(''));
}

/** Markup made elsewhere and trusted: a rendered figure, the style sheet. */
export function raw(text: string): Html {
  return new Html(text);
}

export const nothing = raw('');

function textOf(insert: Insert): string {
  if (insert instanceof Html) return insert.text;
  return typeof insert === 'string' ? escapeText(insert) : insert.map(textOf).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * What names and texts of files may hold that a page must not: control characters, which HTML forbids, and marks that turn
 * the direction of the text after them.
 */
const controls = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What cannot be shown stands as its code, such as \u001b; also in markup, which has none of its own. */
export function visible(text: string): string {
  return text.replace(controls, (character) => (/[\t\n]/.test(character) ? ' ' : codeOf(character)));
}

/** Safe in text and in quoted attributes. */
const escapeText = (text: string): string => visible(text).replace(/[&<>"']/g, (character) => entities[character]);

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
