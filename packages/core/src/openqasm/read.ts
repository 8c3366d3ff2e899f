import { angleOf } from '../circuit/angle.ts';
import type { CircuitSource, Operation } from '../circuit/circuit.ts';
import { InputError } from '../errors.ts';
import { counted } from '../wording.ts';
import type { Sink } from './gates/controls.ts';
import { type Budget, budget } from './interpret/budget.ts';
import { builtInConstants } from './interpret/functions.ts';
import { runFile } from './interpret/interpret.ts';
import { libraries } from './interpret/libraries.ts';
import type { Program, Register } from './interpret/program.ts';
import { scopeIn } from './interpret/scope.ts';
import { type Place, placeText, problem, quoted, type Source } from './parse/source.ts';

export interface ReadOptions {
  /** Name of the text in errors. */
  readonly name: string;
  /** The inputs of the program that are features of a data point, in their order; all others are trainable parameters. */
  readonly inputs?: readonly string[];
  /**
   * Finds the text that `include "file"` means in the text called `from`; without it only stdgates.inc and qelib1.inc
   * can be included. Throws an InputError where there is none.
   */
  readInclude?(file: string, from: string): Source;
}

/** A circuit that was written in OpenQASM. Its wires are the qubits of the program, those included that no gate acts on. */
export interface QasmCircuit {
  readonly source: CircuitSource;
  /** Registers in order of declaration; none where the qubits are those of a machine, $0, $1, … */
  readonly registers: readonly Register[];
  /** Names of the features, in order. */
  readonly inputs: readonly string[];
  /** 2 or 3. */
  readonly version: number;
  /** What was left out or read in a way worth knowing, each with its place. */
  readonly notes: readonly string[];
}

/** Characters a program may have, with all that it includes. */
const longestProgram = 32_000_000;
/** Notes say the same again and again in a long program. */
const mostNotes = 20;

/**
 * Reads a circuit from OpenQASM 3 or 2. Global phases are dropped; every other gate is one of the gate table. A program
 * may have many qubits that nothing acts on: `withoutIdleQubits` leaves them out.
 *
 * @throws InputError with file, line, column and the line itself at the first thing that is wrong or not supported.
 */
export function readOpenqasm(text: string, options: ReadOptions): QasmCircuit {
  const names = options.inputs ?? [];
  const feature = new Map(names.map((name, index) => [name, index]));
  const notes = new Map<string, string>();
  const operations: Operation[] = [];
  const places: Place[] = [];
  const spent = budget();
  const program: Program = {
    version: 3,
    qubits: 0,
    hardware: false,
    registers: [],
    includes: 0,
    scope: scopeIn(builtInScope()),
    budget: spent,
    operations,
    out: operationSink({ operations, places }, spent, () => program.place),
    place: { source: { name: options.name, text }, offset: 0 },
    parameters: [],
    declared: [],
    featureOf: (name) => feature.get(name),
    touched: new Set(),
    measured: new Map(),
    note(place, note) {
      if (!notes.has(note) && notes.size < mostNotes) notes.set(note, `${placeText(place)}: ${note}`);
    },
    readInclude: includeReader(options),
  };
  checkLength(text, options.name);
  runFile({ name: options.name, text }, program, []);
  checkInputs(names, program.declared, options.name);
  if (program.qubits === 0) throw new InputError({ where: options.name, found: 'no qubits', expected: 'a circuit' });
  return {
    source: {
      qubits: program.qubits,
      inputs: names.length,
      inputNames: names,
      parameters: program.parameters,
      start: 'zero',
      operations,
      places,
    },
    registers: program.registers,
    inputs: names,
    version: program.version,
    notes: [...notes.values()],
  };
}

/** Constants stand outside the program's own names, which may be the same. */
function builtInScope() {
  const scope = scopeIn();
  for (const [name, value] of builtInConstants) scope.names.set(name, { kind: 'value', value, constant: true });
  return scope;
}

function operationSink(
  { operations, places }: { operations: Operation[]; places: Place[] },
  spent: Budget,
  place: () => Place,
): Sink {
  const add = (operation: Operation) => {
    spent.gates(1, place());
    operations.push(operation);
    places.push(place());
  };
  return {
    push: (gate, wires, ...angles) =>
      add(angles.length === 0 ? { gate, wires } : { gate, wires, angles: angles.map(angleOf) }),
    unitary: (matrix, wires) => add({ gate: 'unitary', wires, matrix }),
    // Of the whole state, so that no expectation value knows of it.
    phase: () => {},
  };
}

function includeReader({ name, readInclude }: ReadOptions): Program['readInclude'] {
  let length = 0;
  return (file, from, place) => {
    if (!readInclude)
      throw problem(
        place,
        `an include of ${quoted(file)}`,
        `one of ${[...libraries.keys()].join(', ')}, as no other file can be read here`,
      );
    let source: Source;
    try {
      source = readInclude(file, from);
    } catch (error) {
      throw error instanceof InputError ? error.within(placeText(place)) : error;
    }
    length += source.text.length;
    if (length > longestProgram)
      throw problem(
        place,
        `more than ${longestProgram} characters in ${name} and what it includes`,
        `at most ${longestProgram}`,
      );
    return source;
  };
}

function checkLength(text: string, name: string): void {
  if (text.length > longestProgram)
    throw new InputError({
      where: name,
      found: counted(text.length, 'character'),
      expected: `at most ${longestProgram}`,
    });
}

function checkInputs(names: readonly string[], declared: readonly string[], file: string): void {
  const expected = declared.length === 0 ? `none, as ${file} has none` : `some of ${declared.slice(0, 30).join(', ')}`;
  names.forEach((name, k) => {
    if (!declared.includes(name))
      throw new InputError({ where: 'inputs', found: `"${name}", which is no input of ${file}`, expected });
    if (names.indexOf(name) !== k)
      throw new InputError({ where: 'inputs', found: `"${name}" twice`, expected: 'every input once' });
  });
}
