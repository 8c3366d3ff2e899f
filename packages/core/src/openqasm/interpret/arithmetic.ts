import type { Operator } from '../../circuit/expression.ts';
import { counted } from '../../wording.ts';
import { type Place, problem } from '../parse/source.ts';
import {
  asBits,
  asBool,
  asInt,
  asReal,
  checkedInt,
  combine,
  constantOf,
  int,
  mismatch,
  type Real,
  real,
  type Value,
} from './values.ts';

/**
 * How `/` takes two whole numbers: `whole` as the language has it, 7/2 = 3; `real` as everybody writes angles, 1/2 = 0.5.
 */
export type Division = 'whole' | 'real';

/** `left operator right`. */
export function binary(operator: string, left: Value, right: Value, division: Division, place: Place): Value {
  for (const value of [left, right]) if (value.type === 'unknown') throw problem(place, value.found, value.expected);
  const whole = isWhole(left) && isWhole(right);
  switch (operator) {
    case '&&':
      return bool(asBool(left, place) && asBool(right, place));
    case '||':
      return bool(asBool(left, place) || asBool(right, place));
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return bool(compared(operator, left, right, place));
    case '&':
    case '|':
    case '^':
    case '<<':
    case '>>':
      return bitwise(operator, left, right, place);
    default:
      return whole ? wholeResult(operator, left, right, division, place) : realResult(operator, left, right, place);
  }
}

const bool = (value: boolean): Value => ({ type: 'bool', value });
const isWhole = ({ type }: Value) => type === 'int' || type === 'bool';
const widthOf = (value: Value) => (value.type === 'int' ? value.width : undefined);

function wholeResult(operator: string, left: Value, right: Value, division: Division, place: Place): Value {
  const a = asInt(left, place);
  const b = asInt(right, place);
  const width = widthOf(left) ?? widthOf(right);
  switch (operator) {
    case '+':
      return checkedInt(a + b, place, width);
    case '-':
      return checkedInt(a - b, place, width);
    case '*':
      return checkedInt(a * b, place, width);
    case '/':
      if (b === 0) throw problem(place, 'a division by 0', 'another divisor');
      if (a % b === 0) return checkedInt(a / b, place, width);
      return division === 'whole' ? checkedInt(Math.trunc(a / b), place, width) : real(a / b);
    case '%':
      if (b === 0) throw problem(place, 'a remainder of a division by 0', 'another divisor');
      return checkedInt(a % b, place, width);
    case '**':
      if (b < 0) return realResult('**', left, right, place);
      return checkedInt(a ** b, place, width);
    default:
      throw problem(place, `the operator ${operator} between numbers`, 'an arithmetic one');
  }
}

const realOperators: Record<string, Operator | undefined> = Object.assign(Object.create(null), {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': 'mod',
  '**': '^',
});

function realResult(operator: string, left: Value, right: Value, place: Place): Real {
  const known = realOperators[operator];
  if (!known) throw problem(place, `the operator ${operator} between numbers`, 'an arithmetic one');
  return combine(known, place, asReal(left, place), asReal(right, place));
}

function compared(operator: string, left: Value, right: Value, place: Place): boolean {
  if (left.type === 'bits' || right.type === 'bits') {
    const [a, b] = [asBits(left, place), asBits(right, place)].map((bits) => BigInt(`0b${bits}`));
    return order(operator, a < b ? -1 : a > b ? 1 : 0);
  }
  const [a, b] = [left, right].map((value) => {
    const found = constantOf(asReal(value, place));
    if (found === undefined)
      throw problem(
        place,
        'a comparison with an input or parameter',
        'constants, as the circuit is the same at every point',
      );
    return found;
  });
  return order(operator, a < b ? -1 : a > b ? 1 : 0);
}

function order(operator: string, sign: number): boolean {
  if (operator === '==') return sign === 0;
  if (operator === '!=') return sign !== 0;
  return (operator[0] === '<' ? sign < 0 : sign > 0) || (operator.length === 2 && sign === 0);
}

function bitwise(operator: string, left: Value, right: Value, place: Place): Value {
  if (left.type === 'bits') return bitsResult(operator, left.value, right, place);
  const width = widthOf(left) ?? 64;
  const a = BigInt.asUintN(64, BigInt(asInt(left, place)));
  if (operator === '<<' || operator === '>>') {
    const by = asInt(right, place);
    if (by < 0) throw problem(place, `a shift by ${by}`, 'one from 0');
    if (by >= width) return int(0, widthOf(left));
    const shifted = operator === '<<' ? BigInt.asUintN(width, a << BigInt(by)) : BigInt.asUintN(width, a) >> BigInt(by);
    return checkedInt(Number(shifted), place, widthOf(left));
  }
  const b = BigInt.asUintN(64, BigInt(asInt(right, place)));
  const result = operator === '&' ? a & b : operator === '|' ? a | b : a ^ b;
  return checkedInt(Number(BigInt.asIntN(64, result)), place, widthOf(left) ?? widthOf(right));
}

function bitsResult(operator: string, bits: string, right: Value, place: Place): Value {
  if (operator === '<<' || operator === '>>') {
    const by = asInt(right, place);
    if (by < 0) throw problem(place, `a shift by ${by}`, 'one from 0');
    const zeros = '0'.repeat(Math.min(by, bits.length));
    const value =
      operator === '<<' ? bits.slice(zeros.length) + zeros : zeros + bits.slice(0, bits.length - zeros.length);
    return { type: 'bits', value };
  }
  const other = asBits(right, place);
  if (other.length !== bits.length)
    throw problem(place, `${bits.length} and ${counted(other.length, 'bit')}`, 'as many on both sides');
  const value = [...bits].map((bit, k) => {
    const [a, b] = [bit === '1', other[k] === '1'];
    return (operator === '&' ? a && b : operator === '|' ? a || b : a !== b) ? '1' : '0';
  });
  return { type: 'bits', value: value.join('') };
}

/** `operator value`. */
export function unary(operator: string, value: Value, place: Place): Value {
  if (value.type === 'unknown') throw problem(place, value.found, value.expected);
  if (operator === '!') return bool(!asBool(value, place));
  if (operator === '+')
    return isWhole(value) ? checkedInt(asInt(value, place), place, widthOf(value)) : asReal(value, place);
  if (operator === '-') {
    if (isWhole(value)) return checkedInt(-asInt(value, place), place, widthOf(value));
    return combine('negate', place, asReal(value, place));
  }
  if (value.type === 'bool') return bool(!value.value);
  if (value.type === 'bits')
    return { type: 'bits', value: [...value.value].map((bit) => (bit === '1' ? '0' : '1')).join('') };
  if (value.type !== 'int') throw mismatch(value, 'bits behind ~', place);
  const width = value.width ?? 64;
  return checkedInt(Number(BigInt.asUintN(width, ~BigInt(value.value))), place, width);
}
