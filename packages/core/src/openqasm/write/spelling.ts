import type { CircuitSource } from '../../circuit/circuit.ts';
import type { Notation } from '../../circuit/notation.ts';
import { InputError } from '../../errors.ts';

/** Multiples of π that are the double nearest to what the text says, so that they read back the same. */
const multiplesOfPi = new Map([1 / 4, 1 / 2, 1, 2].map((factor) => [factor * Math.PI, piText(factor)]));

function piText(factor: number): string {
  if (factor < 1) return `pi/${1 / factor}`;
  return factor === 1 ? 'pi' : `${factor}*pi`;
}

/**
 * The shortest literal of OpenQASM that reads back to the same double. Never an integer: 1/2 would be 0.
 *
 * @throws InputError where the number is not finite.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value))
    throw new InputError({ where: 'angles', found: String(value), expected: 'finite numbers' });
  if (value < 0) return `-${numberText(-value)}`;
  const pi = multiplesOfPi.get(value);
  if (pi) return pi;
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Expressions as OpenQASM spells them, its inputs and parameters under the given names. */
export function openqasmNotation(inputs: readonly string[], parameters: readonly string[]): Notation {
  return {
    number: numberText,
    input: (index) => inputs[index],
    parameter: (index) => parameters[index],
    signs: { '+': ' + ', '-': ' - ', '*': '*', '/': '/', '^': '**' },
    // Products are read by every tool, `**` by few.
    power: (base, exponent) => Array(exponent).fill(base).join('*'),
    function: (operator) => (operator === 'ln' ? 'log' : operator),
  };
}

/** Every word that a program of ours must not take for a name: OpenQASM's own and those of stdgates.inc. */
const reserved = new Set(
  `OPENQASM include defcalgrammar def cal defcal gate extern box let break continue if else end return for while in switch
  case default nop pragma input output const readonly mutable qreg qubit creg bool bit int uint float angle complex
  array void duration stretch gphase inv pow ctrl negctrl delay reset measure barrier true false im durationof sizeof
  pi π tau τ euler ℇ arccos arcsin arctan ceiling cos exp floor log mod popcount real imag rotl rotr sin sqrt tan
  U p x y z h s sdg t tdg sx rx ry rz cx cy cz cp crx cry crz ch swap ccx cswap cu CX phase cphase id u1 u2 u3`.split(
    /\s+/,
  ),
);

/** Names of a program: each valid, none taken twice. */
export interface Names {
  /** `wanted`, changed as little as it takes to make it an identifier that nothing else has. */
  take(wanted: string): string;
}

/** Names beside which the gates `defined` stand. */
export function freshNames(defined: Iterable<string>): Names {
  const taken = new Set([...reserved, ...defined]);
  return {
    take(wanted) {
      const letters = wanted.replace(/[^\p{L}\p{Nl}_0-9]/gu, '_').replace(/^(?=[0-9]|$)/, '_');
      let name = letters;
      for (let k = 1; taken.has(name); k++) name = `${letters}_${k}`;
      taken.add(name);
      return name;
    },
  };
}

/** Names of inputs where the circuit's author gave none: x_0, x_1, … */
export function inputNames({ inputs }: Pick<CircuitSource, 'inputs'>): string[] {
  return Array.from({ length: inputs }, (_, k) => `x_${k}`);
}
