import { apply, constant, type Expression, largestParameter, type Operator, ruleOf } from '../../circuit/expression.ts';
import { counted } from '../../wording.ts';
import { type Place, problem } from '../parse/source.ts';

/** A real number, or a function of inputs and parameters; with how large the expression is. */
export interface Real {
  readonly type: 'real';
  readonly expression: Expression;
  /** Nodes of the expression as a tree. */
  readonly size: number;
  readonly depth: number;
}

/** What an expression of the language stands for while a program is read. */
export type Value =
  | Real
  | { readonly type: 'int'; readonly value: number; readonly width?: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'bits'; readonly value: string }
  | { readonly type: 'array'; readonly items: readonly Value[] }
  | { readonly type: 'qubits'; readonly qubits: QubitSequence; readonly single: boolean }
  /** Something that is not known when the circuit is built, and why. */
  | { readonly type: 'unknown'; readonly found: string; readonly expected: string };

/** Qubits in an order: a list, or a register that may be larger than any list. */
export interface QubitSequence {
  readonly length: number;
  at(k: number): number | undefined;
}

/** Most elements that a list of qubits, a bit string, an array or a set of indices may have. */
export const mostElements = 4096;

/** The qubits one by one. @throws InputError where they are too many for a list. */
export function listedQubits(qubits: QubitSequence, place: Place): number[] {
  if (qubits.length > mostElements) throw problem(place, counted(qubits.length, 'qubit'), `at most ${mostElements}`);
  return Array.from({ length: qubits.length }, (_, k) => qubits.at(k) as number);
}

/** What an error says of values that only running the circuit would give. */
export const feedForward = 'a value known when the circuit is built: feed-forward is not simulated';

/** What a measurement gives. */
export const measuredValue: Value = {
  type: 'unknown',
  found: 'the result of a measurement',
  expected: feedForward,
};

/** Nodes and levels an angle may have. */
const mostNodes = 20_000;
const mostDepth = 1000;

/** A number as a value. */
export const real = (value: number): Real => ({ type: 'real', expression: constant(value), size: 1, depth: 1 });

/** A leaf as a value. */
export const leaf = (expression: Expression): Real => ({ type: 'real', expression, size: 1, depth: 1 });

export const int = (value: number, width?: number): Value => ({
  type: 'int',
  value,
  ...(width !== undefined && { width }),
});

/** An operator applied to real values. @throws InputError where the result is undefined or too large. */
export function combine(operator: Operator, place: Place, ...args: readonly Real[]): Real {
  if (!ruleOf(operator).slopes && args.some((arg) => largestParameter(arg.expression) >= 0))
    throw problem(place, `${operator} of a trainable parameter`, 'a function that has a derivative to train with');
  const expression = apply(operator, ...args.map((arg) => arg.expression));
  if (expression.kind === 'number' && !Number.isFinite(expression.value))
    throw problem(place, `${spelled(operator)} without a finite value`, 'numbers for which it has one');
  if (expression.kind !== 'apply') return { type: 'real', expression, size: 1, depth: 1 };
  return checked(
    {
      type: 'real',
      expression,
      size: args.reduce((sum, arg) => sum + arg.size, 1),
      depth: 1 + Math.max(...args.map((arg) => arg.depth)),
    },
    place,
  );
}

function checked(value: Real, place: Place): Real {
  if (value.size > mostNodes || value.depth > mostDepth)
    throw problem(
      place,
      `an angle of ${value.size} terms and ${value.depth} levels`,
      `at most ${mostNodes} and ${mostDepth}`,
    );
  return value;
}

const spelled = (operator: Operator) => (/^\w/.test(operator) ? operator : `the operator ${operator}`);

/** The constant a real value is, undefined where it depends on inputs or parameters. */
export function constantOf({ expression }: Real): number | undefined {
  return expression.kind === 'number' ? expression.value : undefined;
}

/** A value as a real one, where the language turns it into one by itself. */
export function asReal(value: Value, place: Place): Real {
  switch (value.type) {
    case 'real':
      return value;
    case 'int':
      return real(value.value);
    case 'bool':
      return real(value.value ? 1 : 0);
    default:
      throw mismatch(value, 'a number', place);
  }
}

/** A value as a whole number. */
export function asInt(value: Value, place: Place, what = 'a whole number'): number {
  if (value.type === 'int') return value.value;
  if (value.type === 'bool') return value.value ? 1 : 0;
  if (value.type === 'real') {
    const found = constantOf(value);
    if (found === undefined)
      throw problem(place, 'a value that depends on an input or parameter', `${what} that is constant`);
    if (Number.isSafeInteger(found)) return found;
    throw problem(place, String(found), what);
  }
  throw mismatch(value, what, place);
}

/** A value as a condition. */
export function asBool(value: Value, place: Place): boolean {
  switch (value.type) {
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0;
    case 'bits':
      return value.value.includes('1');
    case 'real': {
      const found = constantOf(value);
      if (found !== undefined) return found !== 0;
      throw problem(place, 'a condition that depends on an input or parameter', 'a constant one');
    }
    default:
      throw mismatch(value, 'a condition', place);
  }
}

/** The bits of a value that has some, least significant last. */
export function asBits(value: Value, place: Place): string {
  if (value.type === 'bits') return value.value;
  if (value.type === 'bool') return value.value ? '1' : '0';
  if (value.type !== 'int') throw mismatch(value, 'bits', place);
  const width = value.width ?? 64;
  return BigInt.asUintN(width, BigInt(value.value)).toString(2).padStart(width, '0');
}

/** Whole numbers stay where double precision has them all. */
export function checkedInt(value: number, place: Place, width?: number): Value {
  if (!Number.isSafeInteger(value))
    throw problem(place, 'a whole number beyond 2^53', 'one that double precision holds');
  return int(value, width);
}

/** An error about a value of the wrong kind. */
export function mismatch(value: Value, expected: string, place: Place): Error {
  return value.type === 'unknown'
    ? problem(place, value.found, value.expected)
    : problem(place, kindOf(value), expected);
}

export function kindOf(value: Value): string {
  switch (value.type) {
    case 'real':
      return 'a number';
    case 'int':
      return `the whole number ${value.value}`;
    case 'bool':
      return String(value.value);
    case 'bits':
      return 'bits';
    case 'array':
      return 'an array';
    case 'qubits':
      return value.single ? 'a qubit' : 'a register of qubits';
    case 'unknown':
      return 'a classical value';
  }
}
