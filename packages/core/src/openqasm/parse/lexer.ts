import { type Place, problem, quoted, type Source } from './source.ts';

type TokenKind = 'name' | 'integer' | 'float' | 'imaginary' | 'time' | 'string' | 'hardware' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it stands there; of a string what is between the quotes. */
  readonly text: string;
  /** Of a number. */
  readonly value: number;
  readonly place: Place;
}

/** Longest first, so that the first that fits is the one that is meant. */
const symbols = [
  ...['**=', '<<=', '>>='],
  ...['->', '++', '**', '||', '&&', '==', '!=', '<=', '>=', '<<', '>>', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='],
  ...'[]{}():;.,=+-*/%|&^@~!<>#',
];
const symbolsFrom: ReadonlyMap<string, readonly string[]> = new Map(
  symbols.map((symbol) => [symbol[0], symbols.filter((other) => other[0] === symbol[0])]),
);
const timeUnits = ['dt', 'ns', 'us', 'µs', 'μs', 'ms', 's'];

/** No number anybody means has more characters; those that have are refused before they are worked out. */
const longestNumber = 400;

/** Cuts a text into tokens, one at a time, so that the rest of a refused text costs nothing. */
export interface Lexer {
  next(): Token;
  /** Leaves out what is left of the line behind an offset on it, and returns it. */
  skipLine(from: number): string;
  /** Leaves out what the brace at an offset opens, whatever it holds, and returns it; undefined where it stays open. */
  skipBraces(from: number): string | undefined;
}

export function lexer(source: Source): Lexer {
  const { text } = source;
  let at = 0;

  const token = (kind: TokenKind, start: number, value = Number.NaN, of = text.slice(start, at)): Token => ({
    kind,
    text: of,
    value,
    place: { source, offset: start },
  });
  const fail = (offset: number, found: string, expected: string) => problem({ source, offset }, found, expected);

  function skipBlanks(): void {
    for (;;) {
      const c = text[at];
      if (c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\ufeff') at++;
      else if (c === '/' && text[at + 1] === '/') skipLine(at);
      else if (c === '/' && text[at + 1] === '*') {
        const end = text.indexOf('*/', at + 2);
        if (end < 0) throw fail(at, 'a comment without an end', '*/');
        at = end + 2;
      } else return;
    }
  }

  function skipLine(from: number): string {
    const end = text.indexOf('\n', from);
    at = end < 0 ? text.length : end;
    return text.slice(from, at);
  }

  function skipBraces(from: number): string | undefined {
    const brace = /[{}]/g;
    brace.lastIndex = from;
    let depth = 0;
    for (let found = brace.exec(text); found; found = brace.exec(text)) {
      depth += found[0] === '{' ? 1 : -1;
      at = brace.lastIndex;
      if (depth === 0) return text.slice(from, at);
    }
    return undefined;
  }

  /** Digits with single underscores between them. */
  function digits(isDigit: (c: string) => boolean): void {
    while (isDigit(text[at] ?? '') || (text[at] === '_' && isDigit(text[at + 1] ?? '') && isDigit(text[at - 1]))) at++;
  }

  function number(start: number): Token {
    const radix = text[at] === '0' ? radices[text[at + 1] ?? ''] : undefined;
    if (radix) return radixNumber(start, radix);
    digits(isDecimal);
    const integer = !startsFraction() && !startsExponent();
    if (startsFraction()) {
      at++;
      digits(isDecimal);
    }
    if (startsExponent()) {
      at += isDecimal(text[at + 1]) ? 1 : 2;
      digits(isDecimal);
    }
    const value = checkedNumber(start);
    const suffix = suffixEnd();
    if (suffix) {
      const kind = text.slice(suffix.start, suffix.end) === 'im' ? 'imaginary' : 'time';
      at = suffix.end;
      return token(kind, start, value);
    }
    if (isNameStart(text.codePointAt(at))) throw fail(at, 'a letter right after a number', 'a blank');
    return token(integer ? 'integer' : 'float', start, value);
  }

  const startsFraction = () => text[at] === '.';
  function startsExponent(): boolean {
    if (text[at] !== 'e' && text[at] !== 'E') return false;
    const sign = text[at + 1] === '+' || text[at + 1] === '-';
    return isDecimal(text[at + (sign ? 2 : 1)] ?? '');
  }

  function radixNumber(start: number, { isDigit, name }: Radix): Token {
    at += 2;
    const first = at;
    digits(isDigit);
    if (at === first || isNamePart(text.codePointAt(at))) throw fail(at, quoted(text[at] ?? ''), `a ${name} digit`);
    return token('integer', start, checkedNumber(start));
  }

  function checkedNumber(start: number): number {
    if (at - start > longestNumber)
      throw fail(start, `a number of ${at - start} characters`, `at most ${longestNumber}`);
    const value = Number(text.slice(start, at).replaceAll('_', ''));
    if (!Number.isFinite(value)) throw fail(start, 'a number beyond the range of double precision', 'at most 1.8e308');
    return value;
  }

  /** `im` and units of time may stand after blanks. */
  function suffixEnd(): { start: number; end: number } | undefined {
    let start = at;
    while (text[start] === ' ' || text[start] === '\t') start++;
    const unit = ['im', ...timeUnits].find((name) => text.startsWith(name, start));
    if (!unit || isNamePart(text.codePointAt(start + unit.length))) return undefined;
    return { start, end: start + unit.length };
  }

  function name(start: number): Token {
    for (let c = text.codePointAt(at); isNamePart(c); c = text.codePointAt(at)) at += c! > 0xffff ? 2 : 1;
    if (at - start > longestNumber) throw fail(start, `a name of ${at - start} characters`, `at most ${longestNumber}`);
    return token('name', start);
  }

  function string(start: number): Token {
    const end = text.indexOf(text[start], start + 1);
    const line = text.indexOf('\n', start);
    if (end < 0 || (line >= 0 && line < end))
      throw fail(start, 'a text without an end on its line', `a closing ${text[start]}`);
    at = end + 1;
    return token('string', start, Number.NaN, text.slice(start + 1, end));
  }

  return {
    skipLine,
    skipBraces,
    next() {
      skipBlanks();
      const start = at;
      if (at >= text.length) return token('end', start);
      const c = text[at];
      if (isDecimal(c) || (c === '.' && isDecimal(text[at + 1] ?? ''))) return number(start);
      if (isNameStart(text.codePointAt(at))) return name(start);
      if (c === '"' || c === "'") return string(start);
      if (c === '$' && isDecimal(text[at + 1] ?? '')) {
        at++;
        while (isDecimal(text[at] ?? '')) at++;
        return token('hardware', start, Number(text.slice(start + 1, at)));
      }
      const symbol = symbolsFrom.get(c)?.find((known) => text.startsWith(known, at));
      if (!symbol)
        throw fail(
          at,
          quoted(String.fromCodePoint(text.codePointAt(at)!)),
          'a name, a number or a symbol of the language',
        );
      at += symbol.length;
      return token('symbol', start);
    },
  };
}

interface Radix {
  readonly name: string;
  isDigit(c: string): boolean;
}

const isDecimal = (c: string) => c >= '0' && c <= '9' && c.length === 1;
const radices: Record<string, Radix | undefined> = Object.assign(Object.create(null), {
  b: { name: 'binary', isDigit: (c: string) => c === '0' || c === '1' },
  B: { name: 'binary', isDigit: (c: string) => c === '0' || c === '1' },
  o: { name: 'octal', isDigit: (c: string) => c >= '0' && c <= '7' },
  x: { name: 'hexadecimal', isDigit: (c: string) => /^[0-9a-fA-F]$/.test(c) },
  X: { name: 'hexadecimal', isDigit: (c: string) => /^[0-9a-fA-F]$/.test(c) },
});

function isNameStart(code: number | undefined): boolean {
  if (code === undefined) return false;
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  return /^[\p{Lu}\p{Ll}\p{Lt}\p{Lm}\p{Lo}\p{Nl}]$/u.test(String.fromCodePoint(code));
}

function isNamePart(code: number | undefined): boolean {
  return isNameStart(code) || (code !== undefined && code >= 48 && code <= 57);
}
