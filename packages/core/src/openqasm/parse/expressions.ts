import { type Cursor, described } from './cursor.ts';
import type { Token } from './lexer.ts';
import { type Place, quoted } from './source.ts';
import type { Expr, Index, RangeExpr, ScalarType } from './syntax.ts';

/** Levels of an expression, a chain of sums counting one for each: whoever walks it recurses as deep. */
const deepestExpression = 1000;

interface Precedence {
  readonly level: number;
  readonly right?: true;
}

/** The grammar's table, tightest binding highest. */
const third: Record<string, Precedence | undefined> = table(
  { '**': { level: 12, right: true } },
  ...[
    ['*', '/', '%'],
    ['+', '-'],
    ['<<', '>>'],
    ['<', '>', '<=', '>='],
    ['==', '!='],
    ['&'],
    ['^'],
    ['|'],
    ['&&'],
    ['||'],
  ].map((operators, k) => Object.fromEntries(operators.map((operator) => [operator, { level: 10 - k }]))),
);
/** OpenQASM 2 has arithmetic alone, and ^ is the power. */
const second: Record<string, Precedence | undefined> = table(
  { '^': { level: 12, right: true }, '**': { level: 12, right: true } },
  { '*': { level: 10 }, '/': { level: 10 } },
  { '+': { level: 9 }, '-': { level: 9 }, '==': { level: 5 } },
);
const unaryPrecedence = 11;

function table(...rows: Record<string, Precedence>[]): Record<string, Precedence> {
  return Object.assign(Object.create(null), ...rows);
}

/** Reads an expression by precedence climbing. */
export function readExpression(cursor: Cursor, lowest = 0): Expr {
  return cursor.nested(() => {
    let left = readUnary(cursor);
    for (;;) {
      const { kind, text, place } = cursor.token;
      const found = kind === 'symbol' ? (cursor.version === 2 ? second : third)[text] : undefined;
      if (!found || found.level < lowest) return left;
      cursor.take();
      const right = readExpression(cursor, found.right ? found.level : found.level + 1);
      const operator = cursor.version === 2 && text === '^' ? '**' : text;
      left = { kind: 'binary', operator, left, right, place, depth: around(cursor, place, left, right) };
    }
  });
}

/** The depth of an expression around others. @throws InputError where it would be too deep. */
function around(cursor: Cursor, place: Place, a?: Expr, b?: Expr): number {
  return checkedDepth(cursor, place, Math.max(a?.depth ?? 0, b?.depth ?? 0));
}

function aroundAll(cursor: Cursor, place: Place, inside: readonly (Expr | undefined)[]): number {
  return checkedDepth(
    cursor,
    place,
    inside.reduce((most, part) => Math.max(most, part?.depth ?? 0), 0),
  );
}

function checkedDepth(cursor: Cursor, place: Place, inside: number): number {
  if (inside >= deepestExpression)
    throw cursor.fail('an expression of too many levels', `at most ${deepestExpression}`, place);
  return inside + 1;
}

function readUnary(cursor: Cursor): Expr {
  const { kind, text, place } = cursor.token;
  if (kind === 'symbol' && (text === '-' || text === '+' || text === '~' || text === '!')) {
    cursor.take();
    const arg = readExpression(cursor, unaryPrecedence);
    return { kind: 'unary', operator: text, arg, place, depth: around(cursor, place, arg) };
  }
  let read = readPrimary(cursor);
  while (cursor.at('[')) {
    const { place: bracket } = cursor.token;
    const index = readIndex(cursor);
    const depth = aroundAll(cursor, bracket, [read, ...index.flatMap(partsOf)]);
    read = { kind: 'index', base: read, index, place: bracket, depth };
  }
  return read;
}

function partsOf(index: Index): (Expr | undefined)[] {
  if (index.kind === 'range') return [index.start, index.step, index.stop];
  return index.kind === 'set' ? [...index.items] : [index];
}

function readPrimary(cursor: Cursor): Expr {
  const { token } = cursor;
  const { place } = token;
  switch (token.kind) {
    case 'integer':
    case 'float':
      cursor.take();
      return { kind: 'number', value: token.value, whole: token.kind === 'integer', place, depth: 1 };
    case 'time':
      cursor.take();
      return { kind: 'time', place, depth: 1 };
    case 'string':
      return bitString(cursor, cursor.take());
    case 'name':
      return readNamed(cursor, token);
    case 'imaginary':
      throw cursor.fail('a complex number', 'a real one');
    default:
      if (!cursor.accept('(')) throw cursor.fail(described(token), 'an expression');
      return finish(cursor, readExpression(cursor), ')');
  }
}

function finish<T>(cursor: Cursor, result: T, closing: string): T {
  cursor.expect(closing);
  return result;
}

function bitString(cursor: Cursor, { text, place }: Token): Expr {
  if (!/^[01]/.test(text) || /[^01_]|__|_$/.test(text))
    throw cursor.fail(quoted(text), 'a text of 0 and 1, such as "0101"', place);
  return { kind: 'bits', text: text.replaceAll('_', ''), place, depth: 1 };
}

const scalarNames = new Set(['bit', 'int', 'uint', 'float', 'angle', 'bool', 'duration', 'stretch', 'complex']);

function readNamed(cursor: Cursor, { text, place }: Token): Expr {
  if (text === 'true' || text === 'false') {
    cursor.take();
    return { kind: 'boolean', value: text === 'true', place, depth: 1 };
  }
  if (text === 'durationof') throw cursor.fail('durationof', 'a number: nothing here takes time');
  if (text === 'measure')
    throw cursor.fail(
      'a measurement inside an expression',
      'a value known when the circuit is built: feed-forward is not simulated',
    );
  if (scalarNames.has(text)) {
    const type = readScalarType(cursor);
    cursor.expect('(');
    const arg = finish(cursor, readExpression(cursor), ')');
    return { kind: 'cast', type, arg, place, depth: around(cursor, place, arg) };
  }
  // The power is a modifier by name, and was once listed as a function.
  const name = text === 'pow' ? cursor.take() : cursor.name('an expression');
  if (!cursor.accept('(')) {
    if (text === 'pow') throw cursor.fail(described(cursor.token), '(');
    return { kind: 'name', name: name.text, place, depth: 1 };
  }
  const args = readList(cursor, ')', () => readExpression(cursor));
  return { kind: 'call', name: name.text, args, place, depth: aroundAll(cursor, place, args) };
}

/** Items between commas up to the closing symbol; a comma may stand behind the last. */
export function readList<T>(cursor: Cursor, closing: string, read: () => T): T[] {
  const items: T[] = [];
  while (!cursor.accept(closing)) {
    items.push(read());
    if (cursor.accept(',')) continue;
    cursor.expect(closing);
    break;
  }
  return items;
}

/** What stands between brackets: indices, ranges or one set. */
export function readIndex(cursor: Cursor): Index[] {
  cursor.expect('[');
  const { place } = cursor.token;
  if (cursor.accept('{')) {
    const items = cursor.nested(() => readList(cursor, '}', () => readExpression(cursor)));
    return finish(cursor, [{ kind: 'set', items, place }], ']');
  }
  const index = readList(cursor, ']', () => readIndexItem(cursor));
  if (index.length === 0) throw cursor.fail('no index', 'one between [ and ]', place);
  return index;
}

function readIndexItem(cursor: Cursor): Index {
  const { place } = cursor.token;
  const start = cursor.at(':') ? undefined : readExpression(cursor);
  if (start && !cursor.at(':')) return start;
  return readRange(cursor, start, place);
}

/** The part of a range from its first colon: `start:stop` or `start:step:stop`. */
function readRange(cursor: Cursor, start: Expr | undefined, place: Place): RangeExpr {
  cursor.expect(':');
  const ends = () => cursor.at(':', ']', ',');
  const second = ends() ? undefined : readExpression(cursor);
  const third = cursor.accept(':') && !ends() ? { stop: readExpression(cursor), step: second } : { stop: second };
  return {
    kind: 'range',
    place,
    ...(start && { start }),
    ...(third.stop && { stop: third.stop }),
    ...(third.step && { step: third.step }),
  };
}

/** A type such as `float[64]`. */
export function readScalarType(cursor: Cursor): ScalarType {
  const { text: name, place } = cursor.token;
  if (!scalarNames.has(name)) throw cursor.fail(described(cursor.token), 'a type');
  cursor.take();
  if (name === 'complex') throw cursor.fail('the type complex', 'a real type', place);
  if (!cursor.accept('[')) return { kind: 'scalar', name, place };
  if (name === 'bool') throw cursor.fail('a width of bool', 'bool alone, or bit[n] for several');
  return { kind: 'scalar', name, width: finish(cursor, readExpression(cursor), ']'), place };
}

/** `{…}` with expressions or further lists in it. */
export function readArrayLiteral(cursor: Cursor): Expr {
  const { place } = cursor.expect('{');
  const items = cursor.nested(() =>
    readList(cursor, '}', () => (cursor.at('{') ? readArrayLiteral(cursor) : readExpression(cursor))),
  );
  return { kind: 'list', items, place, depth: aroundAll(cursor, place, items) };
}
