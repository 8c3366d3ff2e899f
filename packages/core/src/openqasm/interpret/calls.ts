import { apply } from '../../circuit/expression.ts';
import { counted } from '../../wording.ts';
import type { Call, Gate } from '../gates/gates.ts';
import { mostControls } from '../gates/gates.ts';
import { type Place, problem, quoted } from '../parse/source.ts';
import type { Expr, GateCall, Operand } from '../parse/syntax.ts';
import { type Context, evaluateExpr, indexed, wholeNumber } from './evaluate.ts';
import { exporterGate, nearestGate } from './exporters.ts';
import { lookUp, type Scope } from './scope.ts';
import { asReal, constantOf, kindOf, leaf, listedQubits, type QubitSequence, type Real } from './values.ts';

/** The qubits an operand names: one, or a register that a gate is broadcast over. */
export interface Named {
  readonly qubits: readonly number[];
  readonly single: boolean;
  readonly place: Place;
}

/** Turns a written gate into calls, one for each qubit it is broadcast over. @throws InputError where it is no gate. */
export function callsOf(statement: GateCall, context: Context, operandOf: (operand: Operand) => Named): Call[] {
  const { place } = statement;
  const gate = gateNamed(statement, context);
  const args = statement.args.map((arg) => asReal(evaluateExpr(arg, context), arg.place));
  if (args.length !== gate.parameters)
    throw problem(place, counted(args.length, 'angle'), `${gate.parameters}, as ${statement.name} takes`);
  if (gate.kind === 'definition' && gate.exported) noteExchanged(statement, gate.exported, context);
  const { controls, powers } = modifiersOf(statement, context);
  const operands = statement.operands.map(operandOf);
  const expected = gate.qubits + controls.length;
  // A phase of the whole state may name the qubits that it is a phase of.
  const anyNumber = gate.name === 'gphase' && controls.length === 0;
  if (operands.length !== expected && !anyNumber)
    throw problem(place, counted(operands.length, 'qubit'), `${expected}, as ${statement.name} acts on`);
  const call = { gate, controls, powers, args, place };
  if (anyNumber) return [{ ...call, wires: [] }];
  return broadcast(operands).map((wires) => {
    repeated(wires, operands, place);
    return { ...call, wires };
  });
}

/**
 * Qiskit 2.6 names a gate's parameters after the circuit's, but may pass them in another order, and passes an expression
 * that the body holds already. The text is read as it stands; that it may not be what was meant is worth a note.
 */
function noteExchanged({ args, name, place }: GateCall, formals: readonly string[], { note }: Context): void {
  const odd = args.some((arg, k) => !isName(arg, formals[k]) && formals.some((formal) => mentions(arg, formal)));
  if (!odd) return;
  const call = `${name}(${formals.join(', ')})`;
  note(
    place,
    `${call} is called with other angles under the same names, which Qiskit's exporter does by mistake; export the circuit after circuit.decompose(reps=3)`,
  );
}

const isName = (expr: Expr, name: string | undefined) => expr.kind === 'name' && expr.name === name;

function mentions(expr: Expr, name: string): boolean {
  switch (expr.kind) {
    case 'name':
      return expr.name === name;
    case 'unary':
      return mentions(expr.arg, name);
    case 'binary':
      return mentions(expr.left, name) || mentions(expr.right, name);
    case 'call':
      return expr.args.some((arg) => mentions(arg, name));
    default:
      return false;
  }
}

function gateNamed({ name, place }: GateCall, { scope, note, version }: Context): Gate {
  const found = lookUp(scope, name);
  if (found?.kind === 'gate') return found.gate;
  if (found?.kind === 'unsupported' && found.place)
    throw problem(place, `${quoted(name)}, ${found.why.found}`, found.why.expected);
  if (found?.kind === 'value') throw problem(place, `${quoted(name)}, which is ${kindOf(found.value)}`, 'a gate');
  const exported = version === 2 && scope.libraries.length === 0 ? undefined : exporterGate(name, scope.libraries);
  if (exported) {
    note(place, exported.note);
    return exported.gate;
  }
  if (found) throw problem(place, `${quoted(name)}, ${found.why.found}`, found.why.expected);
  const near = nearestGate(name, gatesIn(scope), version);
  throw problem(
    place,
    `the gate ${quoted(name)}, which is not defined`,
    `one of include "${version === 2 ? 'qelib1.inc' : 'stdgates.inc'}" or a definition before`,
    near && adviceOn(name, near),
  );
}

function adviceOn(name: string, near: { name: string; library: string | undefined }): string {
  if (near.library === undefined) return `did you mean "${near.name}"?`;
  return near.name === name ? `${near.library} has it` : `did you mean "${near.name}" of ${near.library}?`;
}

/** Names of the gates that a program has defined so far. */
function gatesIn(scope: Scope): string[] {
  const here = [...scope.names].flatMap(([name, entity]) => (entity.kind === 'gate' && entity.place ? [name] : []));
  return scope.parent ? [...here, ...gatesIn(scope.parent)] : here;
}

function modifiersOf({ modifiers }: GateCall, context: Context): { controls: boolean[]; powers: Real[] } {
  const controls: boolean[] = [];
  const powers: Real[] = [];
  for (const { kind, arg, place } of modifiers) {
    if (kind === 'inv') powers.unshift(leaf({ kind: 'number', value: -1 }));
    else if (kind === 'pow' && arg) powers.unshift(asReal(evaluateExpr(arg, context), arg.place));
    else {
      const count = arg ? wholeNumber(arg, context, 'a number of controls') : 1;
      if (count < 1 || controls.length + count > mostControls)
        throw problem(place, counted(count, 'control'), `1 to ${mostControls} together`);
      for (let k = 0; k < count; k++) controls.push(kind === 'ctrl');
    }
  }
  return { controls, powers: merged(powers) };
}

/** Whole powers one after the other are one; others may not be, as (U²)^½ need not be U. */
function merged(powers: readonly Real[]): Real[] {
  const whole = powers.every((power) => Number.isInteger(constantOf(power)));
  if (!whole || powers.length < 2) return [...powers];
  return [leaf(powers.map((power) => power.expression).reduce((a, b) => apply('*', a, b)))];
}

/** Wires of each call; registers of one length go together, single qubits stand in every call. */
function broadcast(operands: readonly Named[]): number[][] {
  const registers = operands.filter(({ single }) => !single);
  if (registers.length === 0) return [operands.map(({ qubits }) => qubits[0])];
  const [{ qubits: first }] = registers;
  const odd = registers.find(({ qubits }) => qubits.length !== first.length);
  if (odd)
    throw problem(
      odd.place,
      `a register of ${counted(odd.qubits.length, 'qubit')} beside one of ${first.length}`,
      'equal lengths',
    );
  return first.map((_, k) => operands.map(({ qubits, single }) => qubits[single ? 0 : k]));
}

function repeated(wires: readonly number[], operands: readonly Named[], place: Place): void {
  if (new Set(wires).size === wires.length) return;
  const at = wires.findIndex((wire, k) => wires.indexOf(wire) < k);
  throw problem(operands[at]?.place ?? place, 'the same qubit twice in one gate', 'every qubit once');
}

/** The qubits of an operand outside gates, one by one. */
export function qubitsOf(operand: Operand, context: Context, hardware: HardwareQubit): Named {
  const { place } = operand;
  const { qubits, single } = sequenceOf(operand, context, hardware);
  return { qubits: listedQubits(qubits, place), single, place };
}

type HardwareQubit = (index: number, place: Place) => number;

/** The qubits of an operand outside gates, however many. @throws InputError where it names none. */
export function sequenceOf(
  { place, name, hardware: number = 0, index }: Operand,
  context: Context,
  hardware: HardwareQubit,
): { qubits: QubitSequence; single: boolean } {
  if (name === undefined) return { qubits: [hardware(number, place)], single: true };
  const found = lookUp(context.scope, name);
  if (!found) throw problem(place, `${quoted(name)}, which is not defined`, 'a qubit or register');
  if (found.kind !== 'value') throw problem(place, `${quoted(name)}, which is a gate`, 'a qubit');
  const value = index.reduce((base, each) => indexed(base, each, context, place), found.value);
  if (value.type !== 'qubits') throw problem(place, `${quoted(name)}, which is ${kindOf(value)}`, 'a qubit');
  return value;
}
