import { type Lexer, lexer, type Token } from './lexer.ts';
import { type Place, problem, quoted, type Source } from './source.ts';

/** How deep blocks and brackets may stand in one another, so that reading never runs out of stack. */
const deepestNesting = 100;

/** One token ahead in a text. */
export interface Cursor {
  readonly source: Source;
  /** 2 or 3. */
  version: number;
  readonly token: Token;
  /** The token, and on to the next. */
  take(): Token;
  /** True, and on, where the token is this symbol or word. */
  accept(text: string): boolean;
  at(...texts: string[]): boolean;
  expect(text: string): Token;
  /** A name that is not a word of the language. */
  name(what: string): Token;
  /** Goes on behind the end of the line; what was left of it behind the token. */
  skipLine(): string;
  /** Goes on behind a block in braces that is not of this language; its text. */
  skipBlock(): string;
  /** Goes on to one of these symbols or words. */
  skipTo(...texts: string[]): void;
  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T;
  fail(found: string, expected: string, place?: Place): Error;
}

export function cursorOn(source: Source, version: number): Cursor {
  const tokens: Lexer = lexer(source);
  let token = tokens.next();
  let depth = 0;
  const isText = (text: string) => token.text === text && (token.kind === 'symbol' || token.kind === 'name');
  const cursor: Cursor = {
    source,
    version,
    get token() {
      return token;
    },
    take() {
      const taken = token;
      token = tokens.next();
      return taken;
    },
    at: (...texts) => texts.some(isText),
    accept(text) {
      if (!isText(text)) return false;
      cursor.take();
      return true;
    },
    expect(text) {
      if (!isText(text)) throw cursor.fail(described(token), text);
      return cursor.take();
    },
    name(what) {
      if (token.kind !== 'name' || reserved.has(token.text)) throw cursor.fail(described(token), what);
      return cursor.take();
    },
    skipLine() {
      const rest = tokens.skipLine(token.place.offset + token.text.length);
      cursor.take();
      return rest;
    },
    skipBlock() {
      if (!isText('{')) throw cursor.fail(described(token), '{');
      const body = tokens.skipBraces(token.place.offset);
      if (body === undefined) throw cursor.fail('the end of the file', '} for this {');
      cursor.take();
      return body;
    },
    skipTo(...texts) {
      while (!cursor.at(...texts)) {
        if (token.kind === 'end') throw cursor.fail('the end of the file', texts.join(' or '));
        cursor.take();
      }
    },
    nested(read) {
      if (depth >= deepestNesting)
        throw cursor.fail(
          `blocks and brackets more than ${deepestNesting} deep in one another`,
          `at most ${deepestNesting}`,
        );
      depth++;
      const result = read();
      depth--;
      return result;
    },
    fail: (found, expected, place = token.place) => problem(place, found, expected),
  };
  return cursor;
}

/** A token as it can stand in a sentence. */
export function described({ kind, text }: Token): string {
  return kind === 'end' ? 'the end of the file' : quoted(text);
}

/** Words that cannot be names. */
const reserved: ReadonlySet<string> = new Set(
  (
    'OPENQASM include defcalgrammar def cal defcal gate extern box let break continue if else end return for while in ' +
    'switch case default nop pragma input output const readonly mutable qreg qubit creg bool bit int uint float angle ' +
    'complex array void duration stretch gphase inv pow ctrl negctrl durationof delay reset measure barrier true false'
  ).split(' '),
);
