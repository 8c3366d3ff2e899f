import { constant, type Expression } from '../../circuit/expression.ts';
import { counted } from '../../wording.ts';
import type { Budget } from '../interpret/budget.ts';
import { combine, leaf, type Real } from '../interpret/values.ts';
import { type Place, problem } from '../parse/source.ts';
import type { Sink } from './controls.ts';
import { type Call, callCost, type Definition, formalIndex, type Gate, mostControls } from './gates.ts';
import { unitaryPower } from './matrix-power.ts';
import type { Primitive } from './primitives.ts';

/** What an expansion writes to and answers to. */
export interface Expansion {
  readonly out: Sink;
  readonly budget: Budget;
  /** The call in the program that is being expanded, for errors. */
  readonly place: Place;
}

interface Job {
  readonly gate: Gate;
  /** Exponents still to be taken, the innermost first. */
  readonly powers: readonly Real[];
  readonly args: readonly Real[];
  readonly controls: readonly number[];
  readonly wires: readonly number[];
}

/**
 * Expands a call to gates of the gate table; `wires` are those of the circuit.
 *
 * @throws InputError where the circuit would come to too many gates, before any of them is made, or where a power is
 * undefined.
 */
export function expandCall(call: Call, expansion: Expansion): void {
  const { length } = call.controls;
  if (length > mostControls) throw problem(expansion.place, counted(length, 'control'), `at most ${mostControls}`);
  expansion.budget.room(callCost(call), expansion.place);
  if (length === 0 && call.powers.length === 0 && call.gate.kind === 'primitive') {
    const angles = call.args.map((arg) => arg.expression);
    call.gate.lower([], call.wires, angles, expansion.out);
    return;
  }
  place(call, call.args, call.powers, call.wires, [], [], expansion);
}

/** One call with its arguments worked out, under the controls and powers from outside. */
function place(
  call: Call,
  args: readonly Real[],
  powers: readonly Real[],
  wires: readonly number[],
  controls: readonly number[],
  outer: readonly Real[],
  expansion: Expansion,
): void {
  expansion.budget.steps(1, expansion.place);
  const controlWires = wires.slice(0, call.controls.length);
  const zeros = controlWires.filter((_, k) => !call.controls[k]);
  for (const wire of zeros) expansion.out.push('x', [wire]);
  run(
    {
      gate: call.gate,
      powers: [...powers, ...outer],
      args,
      controls: [...controls, ...controlWires],
      wires: wires.slice(controlWires.length),
    },
    expansion,
  );
  for (const wire of zeros) expansion.out.push('x', [wire]);
}

function run(job: Job, expansion: Expansion): void {
  const { gate, powers, args, controls, wires } = job;
  if (powers.length > 0) runPower(job, expansion);
  else if (gate.kind === 'definition') for (const call of gate.body) runInside(call, job, [], expansion);
  else {
    const angles = args.map((arg) => arg.expression);
    gate.lower(controls, wires, angles, expansion.out);
  }
}

/** A call in the body of a definition. */
function runInside(call: Call, { args, controls, wires }: Job, outer: readonly Real[], expansion: Expansion): void {
  const inside = (value: Real) => substituted(value, args, expansion);
  place(
    call,
    call.args.map(inside),
    call.powers.map(inside),
    call.wires.map((wire) => wires[wire]),
    controls,
    outer,
    expansion,
  );
}

function runPower(job: Job, expansion: Expansion): void {
  const { gate, powers } = job;
  const [{ expression: k }, ...rest] = powers;
  const powered = gate.kind === 'primitive' ? poweredPrimitive(gate, job) : undefined;
  if (isNumber(k, 1)) run({ ...job, powers: rest }, expansion);
  else if (powered) run({ ...job, ...powered, powers: rest }, expansion);
  else if (powers.every((power) => isWhole(power.expression)))
    repeat(
      job,
      powers.reduce((product, power) => product * numberOf(power.expression), 1),
      expansion,
    );
  else if (gate.kind === 'definition' && gate.body.length === 1) runInside(gate.body[0], job, powers, expansion);
  else matrixPower(job, expansion);
}

function poweredPrimitive(gate: Primitive, { powers: [first], args }: Job): { gate: Gate; args: Real[] } | undefined {
  const angles = args.map((arg) => arg.expression);
  const found = gate.power(first.expression, angles);
  return found && { gate: found.primitive, args: found.angles.map((angle) => grown(angle, [first, ...args])) };
}

const isNumber = (e: Expression, value: number) => e.kind === 'number' && e.value === value;
const isWhole = (e: Expression): e is Expression & { kind: 'number' } =>
  e.kind === 'number' && Number.isInteger(e.value);
const numberOf = (e: Expression) => (e.kind === 'number' ? e.value : Number.NaN);

/** An expression that a power has made of others. */
function grown(expression: Expression, of: readonly Real[]): Real {
  if (expression.kind !== 'apply') return leaf(expression);
  return {
    type: 'real',
    expression,
    size: of.reduce((sum, part) => sum + part.size, 2),
    depth: 2 + Math.max(...of.map((part) => part.depth)),
  };
}

const minusOne: Real = leaf(constant(-1));

/** A whole power: so many times the gate, or its inverse. */
function repeat(job: Job, times: number, expansion: Expansion): void {
  const { gate } = job;
  const once: Job = { ...job, powers: [] };
  for (let k = 0; k < Math.abs(times); k++) {
    expansion.budget.steps(1, expansion.place);
    if (times > 0) run(once, expansion);
    else if (gate.kind === 'primitive') run({ ...once, powers: [minusOne] }, expansion);
    else for (const call of gate.body.toReversed()) runInside(call, once, [minusOne], expansion);
  }
}

/** A broken power of a gate that is made of others, by the eigenvectors of its matrix. */
function matrixPower({ gate, args, powers, controls, wires }: Job, expansion: Expansion): void {
  const { out, place: at } = expansion;
  const exponents = powers.map(({ expression }) => numberOf(expression));
  if (exponents.some(Number.isNaN) || args.some(({ expression }) => expression.kind !== 'number'))
    throw problem(
      at,
      `a power of ${gate.name} that depends on an input or parameter`,
      'a constant one: others are defined for rotations and fixed gates alone',
    );
  const body = (sink: Sink) =>
    run({ gate, args, powers: [], controls: [], wires: wires.map((_, k) => k) }, { ...expansion, out: sink });
  const matrix = unitaryPower(body, gate, exponents, controls.length, at);
  if (matrix) out.unitary(matrix, [...controls, ...wires]);
}

/** A value of a definition's body with the arguments of the call in place of its parameters. */
function substituted(value: Real, args: readonly Real[], { budget, place: at }: Expansion): Real {
  if (value.expression.kind === 'number') return value;
  budget.steps(value.size, at);
  const inside = (e: Expression): Real => {
    if (e.kind === 'parameter' && e.index < 0) {
      const arg = args[formalIndex(e.index)];
      budget.steps(arg.size / 8, at);
      return arg;
    }
    return e.kind === 'apply' ? combine(e.operator, at, ...e.args.map(inside)) : leaf(e);
  };
  return inside(value.expression);
}

/** Levels of definitions in one another, so that expanding never runs out of stack. */
export const deepestDefinitions = 200;

/** Depth of a definition with this body. */
export function depthOf(body: readonly Call[]): number {
  return (
    body.reduce((most, { gate }) => Math.max(most, gate.kind === 'definition' ? (gate as Definition).depth : 0), 0) + 1
  );
}
