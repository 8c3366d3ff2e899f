import { counted } from '../../wording.ts';
import { expandCall } from '../gates/expand.ts';
import { type Cursor, cursorOn } from '../parse/cursor.ts';
import { leftOut, unsupported } from '../parse/directives.ts';
import { readStatement, readVersion } from '../parse/parser.ts';
import { type Place, placeText, problem, quoted, type Source } from '../parse/source.ts';
import type { Expr, GateDefinition, Measurement, Operand, Statement } from '../parse/syntax.ts';
import { binary } from './arithmetic.ts';
import { callsOf, type Named, qubitsOf, sequenceOf } from './calls.ts';
import { declare } from './declare.ts';
import { gateOf, loopValues } from './define-gate.ts';
import { type Context, evaluateExpr, wholeNumber } from './evaluate.ts';
import { builtInGates, libraries, secondBuiltIn } from './libraries.ts';
import { mostQubits, type Program } from './program.ts';
import { define, type Entity, lookUp, type Scope, scopeIn } from './scope.ts';
import { asBool, asInt, listedQubits, measuredValue, mismatch, mostElements, type Value } from './values.ts';

/** How a statement ended. */
type Outcome = 'next' | 'break' | 'continue' | 'end';

/** Files in one another, and altogether. */
const deepestInclude = 16;
const mostIncludes = 100;

/** Reads a file and runs it statement by statement. @throws InputError at the first thing that is not supported. */
export function runFile(source: Source, program: Program, including: readonly string[]): void {
  const cursor = cursorOn(source, program.version);
  readVersion(cursor);
  if (including.length === 0) begin(program, cursor);
  else if (cursor.version !== program.version)
    throw problem(
      { source, offset: 0 },
      `OpenQASM ${cursor.version} included in OpenQASM ${program.version}`,
      'one version',
    );
  while (cursor.token.kind !== 'end') {
    const statement = readStatement(cursor);
    const outcome = run(statement, program, program.scope, [...including, source.name]);
    if (outcome === 'end') return;
    if (outcome !== 'next') throw problem(statement.place, `${outcome} outside a loop`, 'it in a loop');
  }
}

function begin(program: Program, { version }: Cursor): void {
  program.version = version;
  for (const gate of version === 2 ? secondBuiltIn : builtInGates)
    program.scope.names.set(gate.name, { kind: 'gate', gate });
}

/** Runs one statement. */
function run(statement: Statement, program: Program, scope: Scope, including: readonly string[]): Outcome {
  const { place } = statement;
  program.budget.steps(1, place);
  const context = contextOf(program, scope);
  const inside = (inner: Statement, within = scope) => run(inner, program, within, including);
  switch (statement.kind) {
    case 'call':
      for (const call of callsOf(statement, context, (operand) => operandOf(operand, context, program))) {
        for (const wire of call.wires) {
          unmeasured(wire, program, place);
          program.touched.add(wire);
        }
        program.place = place;
        expandCall(call, { out: program.out, budget: program.budget, place });
      }
      return 'next';
    case 'gate':
      defineGate(statement, program, scope);
      return 'next';
    case 'declare':
      if (statement.value?.kind === 'measure') measure(statement.value, context, program);
      declare(statement, context, program);
      return 'next';
    case 'qubits':
      declareQubits(statement, context, program);
      return 'next';
    case 'alias':
      define(
        scope,
        statement.name,
        { kind: 'value', value: joined(statement.parts, context), constant: true, place },
        place,
      );
      return 'next';
    case 'assign':
      if (statement.value.kind === 'measure') measure(statement.value, context, program);
      assign(statement, context);
      return 'next';
    case 'measured':
      measure(statement.value, context, program);
      if (statement.target) store(statement.target, measuredValue, context);
      return 'next';
    case 'include':
      if (scope !== program.scope) throw problem(place, 'an include inside a block', 'it outside');
      include(statement.file, program, including, place);
      return 'next';
    case 'block': {
      const within = scopeIn(scope);
      for (const inner of statement.statements) {
        const outcome = inside(inner, within);
        if (outcome !== 'next') return outcome;
      }
      return 'next';
    }
    case 'if': {
      const branch = asBool(evaluateExpr(statement.test, context), statement.test.place) ? statement.yes : statement.no;
      return branch ? inside(branch, scopeIn(scope)) : 'next';
    }
    case 'for':
      for (const value of loopValues(statement, context)) {
        const within = scopeIn(scope);
        define(within, statement.name, { kind: 'value', value, constant: false }, place);
        const outcome = inside(statement.body, within);
        if (outcome === 'break') break;
        if (outcome === 'end') return outcome;
      }
      return 'next';
    case 'while':
      while (asBool(evaluateExpr(statement.test, context), statement.test.place)) {
        program.budget.steps(1, place);
        const outcome = inside(statement.body, scopeIn(scope));
        if (outcome === 'break') break;
        if (outcome === 'end') return outcome;
      }
      return 'next';
    case 'switch': {
      const on = asInt(evaluateExpr(statement.on, context, 'whole'), statement.on.place);
      const chosen = statement.cases.find(({ labels }) => labels.some((label) => wholeNumber(label, context) === on));
      const branch = chosen?.body ?? statement.otherwise;
      return branch ? inside(branch) : 'next';
    }
    case 'ignored':
      for (const operand of statement.operands) sequenceOf(operand, context, hardwareQubits(program));
      if (statement.what === 'delay') program.note(place, leftOut.delay);
      return 'next';
    case 'noted':
      program.note(place, statement.note);
      return 'next';
    case 'declared':
      define(
        scope,
        statement.name,
        { kind: 'unsupported', why: unsupported[statement.what], constant: true, place },
        place,
      );
      return 'next';
    case 'calibration':
      calibrate(statement.name, program);
      program.note(place, leftOut.calibration);
      return 'next';
    case 'reset':
      reset(operandOf(statement.qubits, context, program), program, place);
      return 'next';
    case 'break':
    case 'continue':
    case 'end':
      return statement.kind;
    case 'nothing':
      return 'next';
  }
}

/** A gate that has a calibration alone cannot be called; one that has a definition, before or behind, can. */
function calibrate(name: string, { scope }: Program): void {
  if (!scope.names.has(name)) scope.names.set(name, { kind: 'unsupported', why: unsupported.defcal, constant: true });
}

function contextOf(program: Program, scope: Scope): Context {
  return { scope, budget: program.budget, version: program.version, note: program.note };
}

function defineGate(statement: GateDefinition, program: Program, scope: Scope): void {
  const { name, place } = statement;
  if (scope !== program.scope) throw problem(place, 'the definition of a gate inside a block', 'it outside');
  const known = scope.names.get(name);
  const gate = gateOf(statement, contextOf(program, scope));
  // Files of OpenQASM 2 define gates that some libraries of that name have and others have not.
  if (program.version === 2 && known?.kind === 'gate' && !known.place) scope.names.delete(name);
  define(scope, name, { kind: 'gate', gate, place }, place);
}

function declareQubits(
  { name, size, place }: Extract<Statement, { kind: 'qubits' }>,
  context: Context,
  program: Program,
): void {
  if (context.scope !== program.scope) throw problem(place, 'qubits declared inside a block', 'it outside');
  const count = size ? wholeNumber(size, context, 'a number of qubits') : 1;
  if (count < 1 || program.qubits + count > mostQubits)
    throw problem(size?.place ?? place, counted(count, 'qubit'), `1 to ${mostQubits} altogether`);
  if (program.hardware) throw problem(place, 'declared qubits beside hardware qubits', 'one kind');
  const register = { name, first: program.qubits, size: count, single: size === undefined };
  program.registers.push(register);
  program.qubits += count;
  const qubits = { length: count, at: (k: number) => register.first + k };
  define(
    context.scope,
    name,
    { kind: 'value', value: { type: 'qubits', qubits, single: register.single }, constant: true, place },
    place,
  );
}

const operandOf = (operand: Operand, context: Context, program: Program): Named =>
  qubitsOf(operand, context, hardwareQubits(program));

/** Takes hardware qubits as they are named: the program has none that it does not name. */
function hardwareQubits(program: Program) {
  return (index: number, place: Place): number => {
    if (program.registers.length > 0) throw problem(place, 'a hardware qubit beside declared ones', 'one kind');
    if (!(index < mostQubits)) throw problem(place, `hardware qubit ${index}`, `one below ${mostQubits}`);
    program.hardware = true;
    program.qubits = Math.max(program.qubits, index + 1);
    return index;
  };
}

/** Registers one behind the other. */
function joined(parts: readonly Expr[], context: Context): Value {
  const values = parts.map((part) => ({ value: evaluateExpr(part, context), place: part.place }));
  const [first] = values;
  if (values.length === 1) {
    if (first.value.type === 'unknown' || first.value.type === 'bits') return first.value;
    if (first.value.type !== 'qubits') throw mismatch(first.value, 'qubits', first.place);
    return first.value;
  }
  const qubits = values.flatMap(({ value, place }) => {
    if (value.type !== 'qubits') throw mismatch(value, 'qubits', place);
    return listedQubits(value.qubits, place);
  });
  if (new Set(qubits).size !== qubits.length)
    throw problem(first.place, 'the same qubit twice in one register', 'every qubit once');
  if (qubits.length > mostElements)
    throw problem(first.place, counted(qubits.length, 'qubit'), `at most ${mostElements}`);
  return { type: 'qubits', qubits, single: false };
}

function measure({ qubits, place }: Measurement, context: Context, program: Program): void {
  for (const qubit of operandOf(qubits, context, program).qubits)
    if (!program.measured.has(qubit)) program.measured.set(qubit, place);
  program.note(place, leftOut.measurement);
}

/** A qubit that nothing has acted on is |0⟩ already. @throws InputError where something has. */
function reset({ qubits }: Named, program: Program, place: Place): void {
  for (const qubit of qubits)
    if (program.touched.has(qubit) || program.measured.has(qubit))
      throw problem(
        place,
        'reset of a qubit that a gate or a measurement has acted on',
        'resets before the first gate, as the circuit is one unitary',
      );
  program.note(place, leftOut.reset);
}

/** @throws InputError where a qubit is used after it was measured. */
function unmeasured(qubit: number, { measured }: Program, place: Place): void {
  const before = measured.get(qubit);
  if (before)
    throw problem(
      place,
      `a gate on a qubit that was measured at ${placeText(before)}`,
      'measurements at the end: those in the middle are not simulated',
    );
}

function assign(statement: Extract<Statement, { kind: 'assign' }>, context: Context): void {
  const { target, operator, value, place } = statement;
  const right = value.kind === 'measure' ? measuredValue : evaluateExpr(value, context);
  if (operator === '=') {
    store(target, right, context);
    return;
  }
  const { entity } = variable(target, context);
  if (target.index.length > 0)
    throw problem(
      place,
      'a part of a value that is changed',
      'an assignment to a whole variable, as others are not supported',
    );
  store(
    target,
    binary(operator.slice(0, -1), entity.value, right, entity.value.type === 'int' ? 'whole' : 'real', place),
    context,
  );
}

function variable({ name = '', place }: Operand, { scope }: Context): { entity: Extract<Entity, { kind: 'value' }> } {
  const entity = lookUp(scope, name);
  if (!entity) throw problem(place, `${quoted(name)}, which is not defined`, 'a variable');
  if (entity.kind === 'gate' || entity.constant)
    throw problem(place, `${quoted(name)}, which cannot be changed`, 'a variable');
  return { entity };
}

function store(target: Operand, value: Value, context: Context): void {
  const { entity } = variable(target, context);
  // Of bits that come from measurements nothing is known, whichever of them.
  if (value.type === 'unknown') entity.value = value;
  else if (target.index.length > 0)
    throw problem(
      target.place,
      'a part of a value that is changed',
      'an assignment to a whole variable, as others are not supported',
    );
  else if (entity.value.type !== 'unknown' && entity.value.type === 'int' && value.type === 'real')
    entity.value = { type: 'int', value: asInt(value, target.place) };
  else entity.value = value;
}

/** A name that nothing has but a calibration. */
const isFree = (entity: Entity | undefined): boolean =>
  entity === undefined || (entity.kind === 'unsupported' && entity.place === undefined);

function include(file: string, program: Program, including: readonly string[], place: Place): void {
  const library = libraries.get(file);
  if (library) {
    program.scope.libraries.push(file);
    for (const gate of library)
      if (isFree(program.scope.names.get(gate.name))) program.scope.names.set(gate.name, { kind: 'gate', gate });
    return;
  }
  if (including.length >= deepestInclude)
    throw problem(
      place,
      `files that include one another more than ${deepestInclude} deep`,
      `at most ${deepestInclude}`,
    );
  program.includes++;
  if (program.includes > mostIncludes)
    throw problem(place, `more than ${mostIncludes} includes`, `at most ${mostIncludes}`);
  const source = program.readInclude(file, including[including.length - 1], place);
  if (including.includes(source.name)) throw problem(place, `${source.name}, which includes itself`, 'files that end');
  runFile(source, program, including);
}
