import { counted } from '../../wording.ts';
import { type Place, problem, quoted } from '../parse/source.ts';
import type { Expr, Index, RangeExpr, ScalarType } from '../parse/syntax.ts';
import type { Division } from './arithmetic.ts';
import { binary, unary } from './arithmetic.ts';
import type { Budget } from './budget.ts';
import { callFunction } from './functions.ts';
import { lookUp, type Scope } from './scope.ts';
import {
  asBits,
  asBool,
  asInt,
  asReal,
  checkedInt,
  constantOf,
  int,
  kindOf,
  mismatch,
  mostElements,
  real,
  type Value,
} from './values.ts';

/** What an expression is worked out in. */
export interface Context {
  readonly scope: Scope;
  readonly budget: Budget;
  readonly version: number;
  /** Says something about the program that is no error. */
  note(place: Place, text: string): void;
}

/** Value of an expression. @throws InputError where it has none. */
export function evaluateExpr(expr: Expr, context: Context, division: Division = 'real'): Value {
  context.budget.steps(1, expr.place);
  const inside = (part: Expr) => evaluateExpr(part, context, division);
  const { place } = expr;
  switch (expr.kind) {
    case 'number':
      return expr.whole ? checkedInt(expr.value, place) : real(expr.value);
    case 'boolean':
      return { type: 'bool', value: expr.value };
    case 'bits':
      return { type: 'bits', value: expr.text };
    case 'time':
      throw problem(place, 'a duration', 'a number: nothing here takes time');
    case 'name':
      return named(expr.name, context, place);
    case 'unary':
      return unary(expr.operator, inside(expr.arg), place);
    case 'binary': {
      const [left, right] = [inside(expr.left), inside(expr.right)];
      const result = binary(expr.operator, left, right, division, place);
      if (expr.operator === '/' && result.type === 'real' && left.type === 'int' && context.version === 3)
        noteDivision(left, right, context, place);
      return result;
    }
    case 'call':
      if (expr.name === 'sizeof') return sizeOf(expr.args, context, place);
      refuseUnsupported(expr.name, context, place);
      return callFunction(expr.name, expr.args.map(inside), place);
    case 'cast':
      return cast(
        evaluateExpr(expr.arg, context, expr.type.name.includes('int') ? 'whole' : 'real'),
        expr.type,
        context,
      );
    case 'index':
      return indexed(inside(expr.base), expr.index, context, place);
    case 'list':
      return { type: 'array', items: expr.items.map(inside) };
  }
}

function noteDivision(left: Value, right: Value, { note }: Context, place: Place): void {
  if (left.type === 'int' && right.type === 'int')
    note(
      place,
      `${left.value}/${right.value} is read as ${left.value / right.value}, not as the whole number the language has`,
    );
}

function named(name: string, { scope, version }: Context, place: Place): Value {
  const found = lookUp(scope, name);
  if (!found)
    throw problem(
      place,
      `${quoted(name)}, which is not defined${insideGate(scope) ? ' in this gate' : ''}`,
      'a value',
      version === 2 && !insideGate(scope)
        ? 'OpenQASM 2 has no parameters: write OPENQASM 3.0 with `input float NAME;` before it is used'
        : undefined,
    );
  refuseUnsupported(name, { scope }, place);
  if (found.kind !== 'value') throw problem(place, `${quoted(name)}, which is a gate`, 'a value');
  return found.value;
}

function insideGate(scope: Scope): boolean {
  return scope.gateBody === true || (scope.parent !== undefined && insideGate(scope.parent));
}

/** @throws InputError where a program calls what it only declares. */
function refuseUnsupported(name: string, { scope }: Pick<Context, 'scope'>, place: Place): void {
  const found = lookUp(scope, name);
  if (found?.kind === 'unsupported') throw problem(place, `${name}, ${found.why.found}`, found.why.expected);
}

function sizeOf(args: readonly Expr[], context: Context, place: Place): Value {
  let value = args[0] ? evaluateExpr(args[0], context) : undefined;
  const dimension = args[1] ? wholeNumber(args[1], context) : 0;
  for (let k = 0; k < dimension && value?.type === 'array'; k++) value = value.items[0];
  if (value?.type === 'array') return int(value.items.length);
  if (value?.type === 'qubits') return int(value.qubits.length);
  if (value?.type === 'bits') return int(value.value.length);
  throw problem(place, 'sizeof of something else', 'sizeof of an array or register, with a dimension it has');
}

/** A constant whole number. */
export function wholeNumber(expr: Expr, context: Context, what?: string): number {
  return asInt(evaluateExpr(expr, context, 'whole'), expr.place, what);
}

/** Bits of a type or register, at most so many. */
export function checkedWidth(expr: Expr, context: Context, most = mostElements): number {
  const width = wholeNumber(expr, context, 'a number of bits');
  if (width < 1 || width > most) throw problem(expr.place, `a width of ${width}`, `1 to ${most}`);
  return width;
}

/** A value as one of the type, as a declaration or a cast turns it. */
export function cast(value: Value, type: ScalarType, context: Context): Value {
  const { place } = type;
  if (value.type === 'unknown') throw problem(place, value.found, value.expected);
  const width = type.width && checkedWidth(type.width, context);
  switch (type.name) {
    case 'float':
    case 'angle':
      return asReal(value, place);
    case 'bool':
      return { type: 'bool', value: asBool(value, place) };
    case 'bit':
      return toBits(value, width, place);
    case 'int':
    case 'uint':
      return toInt(value, type.name === 'uint', width, place);
    default:
      throw problem(place, `a value of type ${type.name}`, 'float, angle, int, uint, bool or bit');
  }
}

function toBits(value: Value, width: number | undefined, place: Place): Value {
  if (width === undefined) return { type: 'bool', value: asBool(value, place) };
  const bits = asBits(value, place);
  if (value.type === 'bits' && bits.length !== width) throw problem(place, counted(bits.length, 'bit'), String(width));
  return { type: 'bits', value: bits.padStart(width, '0').slice(-width) };
}

function toInt(value: Value, unsigned: boolean, width: number | undefined, place: Place): Value {
  if (value.type === 'bits') return checkedInt(Number(BigInt(`0b${value.value}`)), place, width);
  const found = value.type === 'real' ? constantOf(value) : asInt(value, place);
  if (found === undefined) throw problem(place, 'a value that depends on an input or parameter', 'a constant one');
  const whole = Math.trunc(found);
  if (unsigned && whole < 0) throw problem(place, String(whole), 'a whole number from 0');
  const bits = unsigned ? (width ?? 64) : (width ?? 64) - 1;
  if (Math.abs(whole) > 2 ** bits)
    throw problem(place, String(whole), `a number that fits into ${counted(width ?? 64, 'bit')}`);
  return checkedInt(whole, place, width);
}

/** Part of a register, an array or the bits of a value. */
export function indexed(base: Value, index: readonly Index[], context: Context, place: Place): Value {
  const [first, ...rest] = index;
  const inside = (value: Value) => (rest.length > 0 ? indexed(value, rest, context, place) : value);
  const pick = (length: number) => positions(first, length, context);
  switch (base.type) {
    case 'qubits': {
      if (base.single) throw problem(place, 'an index behind a single qubit', 'the qubit alone');
      const found = pick(base.qubits.length);
      if (found.at.length === 0) throw problem(first.place, 'no qubits, as the range or set is empty', 'at least one');
      return inside({ type: 'qubits', qubits: found.at.map((k) => base.qubits.at(k) as number), single: found.single });
    }
    case 'array': {
      const found = pick(base.items.length);
      const items = found.at.map((k) => base.items[k]);
      return found.single ? inside(items[0]) : { type: 'array', items: items.map(inside) };
    }
    case 'bits':
    case 'int': {
      const bits = asBits(base, place);
      const found = pick(bits.length);
      // Bit 0 stands last.
      const value = found.at
        .map((k) => bits[bits.length - 1 - k])
        .reverse()
        .join('');
      return inside(found.single ? { type: 'bool', value: value === '1' } : { type: 'bits', value });
    }
    case 'unknown':
      throw mismatch(base, '', place);
    default:
      throw problem(place, `an index behind ${kindOf(base)}`, 'one behind a register, an array or bits');
  }
}

/** The positions an index means in something of this length; negative ones count from the end. */
function positions(index: Index, length: number, context: Context): { at: number[]; single: boolean } {
  const inRange = (k: number, place: Place) => {
    if (k < -length || k >= length)
      throw problem(place, `index ${k}`, length === 0 ? 'none, as it is empty' : `-${length} to ${length - 1}`);
    return k < 0 ? k + length : k;
  };
  if (index.kind === 'range') return { at: rangePositions(index, length, context, inRange), single: false };
  if (index.kind === 'set')
    return { at: index.items.map((item) => inRange(wholeNumber(item, context), item.place)), single: false };
  return { at: [inRange(wholeNumber(index, context, 'an index'), index.place)], single: true };
}

function rangePositions(
  range: RangeExpr,
  length: number,
  context: Context,
  inRange: (k: number, place: Place) => number,
): number[] {
  const step = range.step ? wholeNumber(range.step, context) : 1;
  const end = (expr: Expr | undefined, otherwise: number) =>
    expr ? inRange(wholeNumber(expr, context), expr.place) : otherwise;
  const start = end(range.start, step > 0 ? 0 : length - 1);
  const stop = end(range.stop, step > 0 ? length - 1 : 0);
  return countedOut(start, stop, step, mostElements, range.place);
}

/** start, start + step, … up to and with stop. */
export function countedOut(start: number, stop: number, step: number, most: number, place: Place): number[] {
  if (step === 0) throw problem(place, 'a range with step 0', 'another step');
  const count = Math.max(0, Math.floor((stop - start) / step) + 1);
  if (count > most) throw problem(place, `a range of ${counted(count, 'number')}`, `at most ${most}`);
  return Array.from({ length: count }, (_, k) => start + k * step);
}
