import type { Operator } from '../../circuit/expression.ts';
import { counted } from '../../wording.ts';
import { type Place, problem } from '../parse/source.ts';
import { asBits, asInt, asReal, combine, int, type Real, real, type Value } from './values.ts';

interface Function {
  readonly args: number;
  apply(args: readonly Value[], place: Place): Value;
}

const reals = (args: number, operator: Operator): Function => ({
  args,
  apply: (values, place) => combine(operator, place, ...values.map((value) => asReal(value, place))),
});

const named = (names: readonly string[], entry: Function): [string, Function][] => names.map((name) => [name, entry]);

/** The functions of the language, and the names that Qiskit writes for some of them. */
const table: ReadonlyMap<string, Function> = new Map([
  ...(['sin', 'cos', 'tan', 'exp', 'sqrt', 'abs', 'sign', 'floor', 'ceiling'] as const).map(
    (name): [string, Function] => [name, reals(1, name)],
  ),
  ...named(['arcsin', 'asin'], reals(1, 'arcsin')),
  ...named(['arccos', 'acos'], reals(1, 'arccos')),
  ...named(['arctan', 'atan'], reals(1, 'arctan')),
  ...named(['log', 'ln'], reals(1, 'ln')),
  ...named(['pow'], reals(2, '^')),
  // Of a real number itself; Qiskit writes it around parameters, which may be complex there.
  ...named(['conj', 'conjugate'], { args: 1, apply: ([value], place) => asReal(value, place) }),
  ...named(['mod'], { args: 2, apply: modulus }),
  ...named(['popcount'], { args: 1, apply: ([value], place) => int(asBits(value, place).replaceAll('0', '').length) }),
  ...named(['rotl'], { args: 2, apply: ([value, by], place) => rotated(value, asInt(by, place), place) }),
  ...named(['rotr'], { args: 2, apply: ([value, by], place) => rotated(value, -asInt(by, place), place) }),
  ...named(['real'], { args: 1, apply: ([value], place) => asReal(value, place) }),
]);

function modulus([a, b]: readonly Value[], place: Place): Value {
  if (a.type !== 'int' || b.type !== 'int') return combine('mod', place, asReal(a, place), asReal(b, place));
  if (b.value === 0) throw problem(place, 'a remainder of a division by 0', 'another divisor');
  return int(a.value % b.value, a.width);
}

function rotated(value: Value, left: number, place: Place): Value {
  if (value.type === 'int' && value.width === undefined)
    throw problem(place, 'a whole number without a width', 'bits or a type such as uint[8]');
  const bits = asBits(value, place);
  const by = ((left % bits.length) + bits.length) % bits.length;
  const turned = bits.slice(by) + bits.slice(0, by);
  if (value.type !== 'int') return { type: 'bits', value: turned };
  const number = Number(`0b${turned}`);
  if (!Number.isSafeInteger(number))
    throw problem(place, 'a whole number beyond 2^53', 'one that double precision holds');
  return int(number, value.width);
}

/** A function of the language applied. @throws InputError where there is none, or it takes other arguments. */
export function callFunction(name: string, args: readonly Value[], place: Place): Value {
  const found = table.get(name);
  if (!found)
    throw problem(
      place,
      `${name}, which is no function of the language`,
      `one of ${[...table.keys()].sort().join(', ')}`,
    );
  if (args.length !== found.args)
    throw problem(place, counted(args.length, 'argument'), `${found.args}, as ${name} takes`);
  for (const value of args) if (value.type === 'unknown') throw problem(place, value.found, value.expected);
  return found.apply(args, place);
}

/** The constants that are there from the beginning. */
export const builtInConstants: ReadonlyMap<string, Real> = new Map(
  (
    [
      ['pi', Math.PI],
      ['π', Math.PI],
      ['tau', 2 * Math.PI],
      ['τ', 2 * Math.PI],
      ['euler', Math.E],
      ['ℇ', Math.E],
    ] as const
  ).map(([name, value]) => [name, real(value)]),
);
