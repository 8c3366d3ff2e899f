import { type Cursor, described } from './cursor.ts';
import { calibrationTreatment, leftOut, pragmaTreatment, type Treatment, wordsOfSubroutines } from './directives.ts';
import { readArrayLiteral, readExpression, readIndex, readList, readScalarType } from './expressions.ts';
import type { Token } from './lexer.ts';
import { type Place, problem, quoted } from './source.ts';
import type { ArrayType, Declaration, Expr, Index, Measurement, Modifier, Operand, Statement } from './syntax.ts';

/** `OPENQASM 3.0;` at the beginning of a file, if it is there. */
export function readVersion(cursor: Cursor): void {
  if (!cursor.accept('OPENQASM')) return;
  const { text, value, place } = cursor.token;
  if (!(value >= 2 && value < 4)) throw cursor.fail(`version ${text}`, '2 or 3', place);
  cursor.take();
  cursor.expect(';');
  cursor.version = Math.floor(value);
}

/** The next statement. */
export function readStatement(cursor: Cursor): Statement {
  return cursor.nested(() => statement(cursor));
}

function statement(cursor: Cursor): Statement {
  const { token } = cursor;
  const { text, kind, place } = token;
  if (kind === 'hardware') throw cursor.fail(described(token), 'a gate before its qubits');
  if (kind !== 'name') return symbolStatement(cursor, token);
  if (wordsOfSubroutines.includes(text)) throw cursor.fail(text, 'it in a subroutine, and these are not supported');
  const read = statements[text];
  if (read) return read(cursor, place);
  if (startsType(cursor)) return declaration(cursor, 'variable');
  return named(cursor);
}

function symbolStatement(cursor: Cursor, { text, kind, place }: Token): Statement {
  if (kind === 'symbol') {
    if (text === '{') return block(cursor);
    if (text === '@' || text === '#') {
      if (text === '@') {
        cursor.skipLine();
        return { kind: 'noted', note: leftOut.annotation, place };
      }
      cursor.expect('#');
      if (!cursor.at('pragma')) throw cursor.fail(described(cursor.token), 'pragma behind #');
      return pragma(cursor, place);
    }
  }
  throw cursor.fail(described(cursor.token), 'a statement');
}

const statements: Record<string, ((cursor: Cursor, place: Place) => Statement) | undefined> = Object.assign(
  Object.create(null),
  {
    OPENQASM: (cursor: Cursor) => {
      throw cursor.fail('a version', 'it once, before everything else');
    },
    pragma,
    opaque: (cursor, place) => {
      cursor.take();
      return declaredAlone(cursor, 'opaque', place, () => cursor.skipTo(';'));
    },
    extern: (cursor, place) => {
      cursor.take();
      return declaredAlone(cursor, 'extern', place, () => cursor.skipTo(';'));
    },
    def: (cursor, place) => {
      cursor.take();
      return declaredAlone(cursor, 'def', place, () => skipBody(cursor));
    },
    defcal: (cursor, place) => {
      cursor.take();
      // Measurements, resets and delays have calibrations too.
      const { text: name } = cursor.take();
      skipBody(cursor);
      return { kind: 'calibration', name, place };
    },
    defcalgrammar: (cursor, place) => {
      cursor.take();
      cursor.skipTo(';');
      return ended(cursor, { kind: 'noted', note: leftOut.calibration, place });
    },
    cal: (cursor, place) => {
      cursor.take();
      return treated(calibrationTreatment(cursor.skipBlock()), 'a block of pulses', place);
    },
    reset: (cursor, place) => {
      cursor.take();
      const qubits = operand(cursor);
      return ended(cursor, { kind: 'reset', qubits, place });
    },
    include: (cursor, place) => {
      cursor.take();
      const { kind, text } = cursor.token;
      if (kind !== 'string') throw cursor.fail(described(cursor.token), 'the name of a file in quotes');
      cursor.take();
      return ended(cursor, { kind: 'include', file: text, place });
    },
    qubit: (cursor, place) => {
      cursor.take();
      const size = designator(cursor);
      return ended(cursor, { kind: 'qubits', name: cursor.name('a name').text, ...(size && { size }), place });
    },
    qreg: (cursor, place) => {
      cursor.take();
      const name = cursor.name('a name').text;
      const size = designator(cursor);
      return ended(cursor, { kind: 'qubits', name, ...(size && { size }), place });
    },
    creg: (cursor, place) => {
      cursor.take();
      const { text: name, place: at } = cursor.name('a name');
      const width = designator(cursor);
      const type = { kind: 'scalar', name: 'bit', place, ...(width && { width }) } as const;
      return ended(cursor, { kind: 'declare', mode: 'variable', type, name, place: at });
    },
    let: (cursor, place) => {
      cursor.take();
      const name = cursor.name('a name').text;
      cursor.expect('=');
      const parts = [readExpression(cursor)];
      while (cursor.accept('++')) parts.push(readExpression(cursor));
      return ended(cursor, { kind: 'alias', name, parts, place });
    },
    const: (cursor) => {
      cursor.take();
      return declaration(cursor, 'const');
    },
    input: (cursor) => {
      cursor.take();
      return declaration(cursor, 'input');
    },
    output: (cursor) => {
      cursor.take();
      return declaration(cursor, 'output');
    },
    gate: gateDefinition,
    measure: (cursor, place) => {
      const value = measurement(cursor);
      const target = cursor.accept('->') ? operand(cursor) : undefined;
      return ended(cursor, { kind: 'measured', value, ...(target && { target }), place });
    },
    barrier: (cursor, place) => {
      cursor.take();
      return { kind: 'ignored', what: 'barrier', operands: operandsUntilEnd(cursor), place };
    },
    nop: (cursor, place) => {
      cursor.take();
      return { kind: 'ignored', what: 'nop', operands: operandsUntilEnd(cursor), place };
    },
    delay: (cursor, place) => {
      cursor.take();
      designator(cursor);
      return { kind: 'ignored', what: 'delay', operands: operandsUntilEnd(cursor), place };
    },
    box: (cursor, place) => {
      cursor.take();
      const timed = designator(cursor) !== undefined;
      const gates = block(cursor);
      if (!timed) return gates;
      return { kind: 'block', statements: [{ kind: 'noted', note: leftOut.duration, place }, gates], place };
    },
    if: (cursor, place) => {
      cursor.take();
      const test = inParentheses(cursor);
      const yes = readStatement(cursor);
      const no = cursor.version > 2 && cursor.accept('else') ? readStatement(cursor) : undefined;
      return { kind: 'if', test, yes, ...(no && { no }), place };
    },
    for: (cursor, place) => {
      cursor.take();
      const type = readScalarType(cursor);
      const name = cursor.name('a name').text;
      cursor.expect('in');
      return { kind: 'for', type, name, over: loopValues(cursor), body: readStatement(cursor), place };
    },
    while: (cursor, place) => {
      cursor.take();
      return { kind: 'while', test: inParentheses(cursor), body: readStatement(cursor), place };
    },
    switch: switchStatement,
    break: word('break'),
    continue: word('continue'),
    end: word('end'),
    gphase: gateCall,
    inv: gateCall,
    pow: gateCall,
    ctrl: gateCall,
    negctrl: gateCall,
  } satisfies Record<string, (cursor: Cursor, place: Place) => Statement>,
);

/** A pragma, which ends with its line. */
function pragma(cursor: Cursor, place: Place): Statement {
  const text = cursor.skipLine().trim();
  return treated(pragmaTreatment(text), `the pragma ${quoted(text)}`, place);
}

function treated(treatment: Treatment, found: string, place: Place): Statement {
  if ('note' in treatment) return { kind: 'noted', note: treatment.note, place };
  throw problem(place, found, treatment.refused, treatment.advice);
}

/** A name that is declared without what it means: `rest` goes on to the end of the declaration. */
function declaredAlone(cursor: Cursor, what: 'opaque' | 'extern' | 'def', place: Place, rest: () => void): Statement {
  const { text: name } = cursor.name('a name');
  rest();
  cursor.accept(';');
  return { kind: 'declared', name, what, place };
}

/** Parameters and body of what is not supported. */
function skipBody(cursor: Cursor): void {
  cursor.skipTo('{');
  cursor.skipBlock();
}

function word(kind: 'break' | 'continue' | 'end') {
  return (cursor: Cursor, place: Place): Statement => {
    cursor.take();
    return ended(cursor, { kind, place });
  };
}

function ended<T>(cursor: Cursor, result: T): T {
  cursor.expect(';');
  return result;
}

function designator(cursor: Cursor): Expr | undefined {
  if (!cursor.accept('[')) return undefined;
  const size = readExpression(cursor);
  cursor.expect(']');
  return size;
}

function inParentheses(cursor: Cursor): Expr {
  cursor.expect('(');
  const inside = readExpression(cursor);
  cursor.expect(')');
  return inside;
}

function block(cursor: Cursor): Statement {
  const { place } = cursor.expect('{');
  const statements: Statement[] = [];
  while (!cursor.accept('}')) {
    if (cursor.token.kind === 'end') throw cursor.fail('the end of the file', '} for this {', place);
    statements.push(readStatement(cursor));
  }
  return { kind: 'block', statements, place };
}

function loopValues(cursor: Cursor): Index {
  const { place } = cursor.token;
  if (cursor.accept('{')) return { kind: 'set', items: readList(cursor, '}', () => readExpression(cursor)), place };
  if (!cursor.at('[')) return readExpression(cursor);
  const [range, more] = readIndex(cursor);
  if (range?.kind !== 'range' || more) throw cursor.fail('an index', 'a range such as [0:3]', place);
  return range;
}

function switchStatement(cursor: Cursor, place: Place): Statement {
  cursor.take();
  const on = inParentheses(cursor);
  cursor.expect('{');
  const cases: { labels: Expr[]; body: Statement }[] = [];
  let otherwise: Statement | undefined;
  while (!cursor.accept('}')) {
    if (otherwise || !cursor.at('case', 'default'))
      throw cursor.fail(described(cursor.token), otherwise ? '}' : 'case, default or }');
    if (cursor.take().text === 'default') otherwise = block(cursor);
    else {
      const labels = [readExpression(cursor)];
      while (cursor.accept(',') && !cursor.at('{')) labels.push(readExpression(cursor));
      cases.push({ labels, body: block(cursor) });
    }
  }
  return { kind: 'switch', on, cases, ...(otherwise && { otherwise }), place };
}

const typeWords = ['bit', 'int', 'uint', 'float', 'angle', 'bool', 'duration', 'stretch', 'complex', 'array'];

const startsType = (cursor: Cursor) => cursor.at(...typeWords);

function declaration(cursor: Cursor, mode: Declaration['mode']): Declaration {
  const type = cursor.at('array') ? arrayType(cursor) : readScalarType(cursor);
  const { text: name, place } = cursor.name('a name');
  if (mode === 'input' || mode === 'output') return ended(cursor, { kind: 'declare', mode, type, name, place });
  if (mode === 'const') cursor.expect('=');
  const value = mode === 'const' || cursor.accept('=') ? initial(cursor) : undefined;
  return ended(cursor, { kind: 'declare', mode, type, name, ...(value && { value }), place });
}

function arrayType(cursor: Cursor): ArrayType {
  const { place } = cursor.expect('array');
  cursor.expect('[');
  const element = readScalarType(cursor);
  cursor.expect(',');
  const sizes = readList(cursor, ']', () => readExpression(cursor));
  return { kind: 'array', element, sizes, place };
}

function initial(cursor: Cursor): Expr | Measurement {
  if (cursor.at('measure')) return measurement(cursor);
  return cursor.at('{') ? readArrayLiteral(cursor) : readExpression(cursor);
}

function measurement(cursor: Cursor): Measurement {
  const { place } = cursor.expect('measure');
  return { kind: 'measure', qubits: operand(cursor), place };
}

function operand(cursor: Cursor): Operand {
  const { kind, place, value } = cursor.token;
  if (kind === 'hardware') {
    cursor.take();
    return { hardware: value, index: [], place };
  }
  const { text: name } = cursor.name('a qubit or register');
  const index: Index[][] = [];
  while (cursor.at('[')) index.push(readIndex(cursor));
  return { name, index, place };
}

const operandsUntilEnd = (cursor: Cursor): Operand[] => readList(cursor, ';', () => operand(cursor));

function gateDefinition(cursor: Cursor, place: Place): Statement {
  cursor.take();
  const { text: name, place: at } = cursor.name('the name of a gate');
  const bound = () => {
    const { text, place: namePlace } = cursor.name('a name');
    return { name: text, place: namePlace };
  };
  const parameters = cursor.accept('(') ? readList(cursor, ')', bound) : [];
  const qubits = [bound()];
  while (cursor.accept(',') && !cursor.at('{')) qubits.push(bound());
  if (!cursor.at('{')) throw cursor.fail(described(cursor.token), '{');
  return { kind: 'gate', name, parameters, qubits, body: block(cursor), place: at ?? place };
}

const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '**='];

/** A statement that begins with a name of the program: an assignment or a gate. */
function named(cursor: Cursor): Statement {
  const name = cursor.name('a statement');
  const { place } = name;
  if (cursor.at('[', ...assignments)) {
    const index: Index[][] = [];
    while (cursor.at('[')) index.push(readIndex(cursor));
    const target = { name: name.text, index, place };
    if (!cursor.at(...assignments)) throw cursor.fail(described(cursor.token), '=');
    const operator = cursor.take().text;
    return ended(cursor, { kind: 'assign', target, operator, value: initial(cursor), place });
  }
  return callOf(cursor, name, []);
}

function gateCall(cursor: Cursor): Statement {
  const modifiers: Modifier[] = [];
  while (cursor.at('inv', 'pow', 'ctrl', 'negctrl')) {
    const { text, place } = cursor.take();
    const arg = text !== 'inv' && cursor.at('(') ? inParentheses(cursor) : undefined;
    if (text === 'pow' && !arg) throw cursor.fail('pow alone', 'pow(k)', place);
    modifiers.push({ kind: text as Modifier['kind'], ...(arg && { arg }), place });
    cursor.expect('@');
  }
  return callOf(cursor, cursor.at('gphase') ? cursor.take() : cursor.name('the name of a gate'), modifiers);
}

function callOf(cursor: Cursor, { text: name, place }: Token, modifiers: readonly Modifier[]): Statement {
  const args = cursor.accept('(') ? readList(cursor, ')', () => readExpression(cursor)) : [];
  if (cursor.at('[')) throw cursor.fail('a duration of a gate', 'qubits: nothing here takes time');
  if (cursor.at('=', '->'))
    throw cursor.fail(`${name}(…), a call of a subroutine`, 'a gate: subroutines are not supported', place);
  return { kind: 'call', name, modifiers, args, operands: operandsUntilEnd(cursor), place };
}
