import { secondBuiltIn as gates } from '../interpret/libraries.ts';
import { constantOf } from '../interpret/values.ts';
import type { Call, Definition, Gate } from './gates.ts';
import { formal } from './gates.ts';
import { primitives } from './primitives.ts';

/**
 * The gate of the gate table that a definition spells out: RXX, RYY and RZZ are not in the standard library, so that
 * every file brings its own. One gate instead of several is faster and is drawn as it was meant. Only definitions of
 * exactly these forms count, which are equal to the gate in its phase too.
 */
export function recognised(gate: Definition): Gate | undefined {
  if (isControlledNot(gate)) return gates.find(({ name }) => name === 'CX');
  const forms = known[gate.name];
  return forms?.includes(spelling(gate.body)) ? primitives.get(gate.name) : undefined;
}

/**
 * `gate cx c, t { ctrl @ U(π, 0, π) c, t; }` is how many programs, Qiskit's among them, spell a CNOT, and the standard
 * library its CX. By the letter it is one with a phase on the control, as U(π, 0, π) is iX; nobody means that.
 */
function isControlledNot({ name, parameters, qubits, body: [call, more] }: Definition): boolean {
  if (name.toLowerCase() !== 'cx' || parameters !== 0 || qubits !== 2 || !call || more) return false;
  const [theta, phi, lambda] = call.args.map(constantOf);
  const isX = call.gate.name === 'U' && theta === Math.PI && phi === 0 && lambda === Math.PI;
  return isX && call.powers.length === 0 && String(call.controls) === 'true' && String(call.wires) === '0,1';
}

const zz = 'cx 0 1;rz 1;cx 0 1';
const known: Record<string, readonly string[] | undefined> = Object.assign(Object.create(null), {
  rzz: [zz],
  rxx: ['h 0;h 1;', 'h 1;h 0;'].flatMap((before) => [';h 1;h 0', ';h 0;h 1'].map((after) => `${before}${zz}${after}`)),
  ryy: ['sxdg 0;sxdg 1;', 'sxdg 1;sxdg 0;'].flatMap((before) =>
    [';sx 0;sx 1', ';sx 1;sx 0'].map((after) => `${before}${zz}${after}`),
  ),
});

/** A body in a line, where it is one angle in one place; empty for all others. */
function spelling(body: readonly Call[]): string {
  const words = body.map(({ gate, controls, powers, args, wires }) => {
    const name = gate.kind === 'definition' && gate.library === undefined ? '?' : gate.name;
    const plain = controls.length === 0 && powers.length === 0;
    const [arg] = args;
    const { index } = formalLeaf;
    const ownAngle =
      args.length === 0 || (args.length === 1 && arg.expression.kind === 'parameter' && arg.expression.index === index);
    return plain && ownAngle ? `${name} ${wires.join(' ')}` : '?';
  });
  return words.join(';');
}

const formalLeaf = formal(0) as { index: number };
