import { deepestDefinitions, depthOf } from '../gates/expand.ts';
import type { Gate } from '../gates/gates.ts';
import { type Call, type Definition, formal } from '../gates/gates.ts';
import { recognised } from '../gates/recognise.ts';
import { type Place, problem, quoted } from '../parse/source.ts';
import type { GateDefinition, Operand, Statement } from '../parse/syntax.ts';
import { callsOf } from './calls.ts';
import { type Context, countedOut, evaluateExpr, wholeNumber } from './evaluate.ts';
import { define, lookUp, scopeIn } from './scope.ts';
import { asBool, int, kindOf, leaf, listedQubits, type Value } from './values.ts';

/**
 * A gate as the program defines it: its loops are run and its angles are functions of its parameters.
 *
 * @throws InputError where the body is more than gates, or calls the gate itself.
 */
export function gateOf(statement: GateDefinition, outer: Context): Gate {
  const { name, parameters, qubits, place } = statement;
  const scope = { ...scopeIn(outer.scope), gateBody: true as const };
  const bind = ({ name: parameterName, place: at }: { name: string; place: Place }, value: Value) =>
    define(scope, parameterName, { kind: 'value', value, constant: true, place: at }, at);
  for (const [k, parameter] of parameters.entries()) bind(parameter, leaf(formal(k)));
  for (const [k, qubit] of qubits.entries()) bind(qubit, { type: 'qubits', qubits: [k], single: true });
  const body: Call[] = [];
  collect(statement.body, { ...outer, scope }, name, body);
  const depth = depthOf(body);
  if (depth > deepestDefinitions)
    throw problem(place, `gates more than ${deepestDefinitions} deep in one another`, `at most ${deepestDefinitions}`);
  const gate: Definition = {
    kind: 'definition',
    name,
    qubits: qubits.length,
    parameters: parameters.length,
    body,
    depth,
    ...(isExported(statement) && { exported: parameters.map((parameter) => parameter.name) }),
  };
  return recognised(gate) ?? gate;
}

/** Qiskit's exporter gives the qubits of every gate these names, and the angles of its own gates the names p0, p1, … */
const isExported = ({ qubits, parameters }: GateDefinition) =>
  qubits[0].name === '_gate_q_0' && !parameters.some(({ name }) => /^p\d+$/.test(name));

const bodySteps = 10;

function collect(statement: Statement, context: Context, gate: string, body: Call[]): void {
  const { place } = statement;
  context.budget.steps(1, place);
  switch (statement.kind) {
    case 'call': {
      if (statement.name === gate && !lookUp(context.scope, gate))
        throw problem(place, `the gate ${quoted(gate)} inside its own definition`, 'gates that are defined before');
      // A body is kept, so that it counts for more than what is run and forgotten.
      context.budget.steps(bodySteps, place);
      body.push(...callsOf(statement, context, (operand) => qubitOf(operand, context)));
      return;
    }
    case 'block':
      for (const inner of statement.statements) collect(inner, context, gate, body);
      return;
    case 'for': {
      for (const value of loopValues(statement, context)) {
        const scope = scopeIn(context.scope);
        define(scope, statement.name, { kind: 'value', value, constant: true }, place);
        collect(statement.body, { ...context, scope }, gate, body);
      }
      return;
    }
    case 'if': {
      const branch = asBool(evaluateExpr(statement.test, context), statement.test.place) ? statement.yes : statement.no;
      if (branch) collect(branch, context, gate, body);
      return;
    }
    case 'noted':
      context.note(place, statement.note);
      return;
    case 'ignored':
    case 'nothing':
      return;
    default:
      throw problem(place, `${statementWords[statement.kind]} in a gate`, 'gates and loops over them');
  }
}

const statementWords: Record<
  Exclude<Statement['kind'], 'call' | 'block' | 'for' | 'if' | 'ignored' | 'noted' | 'nothing'>,
  string
> = {
  gate: 'a definition of a gate',
  declare: 'a declaration',
  include: 'an include',
  qubits: 'a declaration of qubits',
  alias: 'an alias',
  assign: 'an assignment',
  measured: 'a measurement',
  while: 'a while loop',
  switch: 'a switch',
  reset: 'a reset',
  declared: 'a declaration',
  calibration: 'a calibration',
  break: 'break',
  continue: 'continue',
  end: 'end',
};

function qubitOf(operand: Operand, { scope }: Context) {
  const { name, place } = operand;
  if (name === undefined) throw problem(place, 'a hardware qubit in a gate', 'a qubit of its own');
  const found = lookUp(scope, name);
  if (found?.kind !== 'value' || found.value.type !== 'qubits')
    throw problem(place, `${quoted(name)}, which is no qubit of this gate`, 'one of its own');
  if (operand.index.length > 0)
    throw problem(place, `an index behind ${quoted(name)}, which is one qubit`, 'the qubit alone');
  return { qubits: listedQubits(found.value.qubits, place), single: true, place };
}

/** Most rounds of one loop. */
const mostRounds = 1_000_000;

/** What a loop runs over, all of it constant. */
export function loopValues(statement: Extract<Statement, { kind: 'for' }>, context: Context): Value[] {
  const { over } = statement;
  if (over.kind === 'set') return over.items.map((item) => evaluateExpr(item, context));
  if (over.kind === 'range') {
    if (!over.start || !over.stop)
      throw problem(over.place, 'a range without a beginning or an end', 'both, as in [0:3]');
    const [start, stop] = [wholeNumber(over.start, context), wholeNumber(over.stop, context)];
    const step = over.step ? wholeNumber(over.step, context) : 1;
    const values = countedOut(start, stop, step, mostRounds, over.place);
    context.budget.steps(values.length, over.place);
    return values.map((k) => int(k));
  }
  const value = evaluateExpr(over, context);
  if (value.type === 'array') return [...value.items];
  if (value.type === 'bits') return [...value.value].reverse().map((bit) => ({ type: 'bool', value: bit === '1' }));
  if (value.type === 'unknown') throw problem(over.place, value.found, value.expected);
  throw problem(
    over.place,
    `a loop over ${kindOf(value)}`,
    'a range such as [0:3], a set such as {1, 2}, an array or bits',
  );
}
