import { expressionOf } from '../../circuit/angle.ts';
import { type CircuitSource, compile, type Operation } from '../../circuit/circuit.ts';
import { gates } from '../../circuit/gates.ts';
import { type Notation, spell } from '../../circuit/notation.ts';
import { InputError } from '../../errors.ts';
import type { Complex } from '../../linalg/complex.ts';
import { definitions } from './definitions.ts';
import { freshNames, inputNames, type Names, numberText, openqasmNotation } from './spelling.ts';
import { type Step, synthesize } from './synthesis.ts';

/**
 * A circuit as a program in OpenQASM 3: one statement a gate, the inputs under their `names` (x_0, x_1, … where left
 * out) and then the parameters, all in order, as `input float[64]`. Names that OpenQASM has for something else get a
 * number behind them. Comments say which qubit is which where the source has other names. Numbers read back to the same double. A matrix of one's own becomes a gate of exact rotations.
 *
 * @throws InputError where the circuit starts in a state that data gives, or is not valid.
 */
export function writeOpenqasm(source: CircuitSource, names: readonly string[] = inputNames(source)): string {
  compile(source);
  if (source.start !== 'zero')
    throw new InputError({
      where: 'start',
      found: `"${source.start}", a state that the data point gives`,
      expected: '"zero", as OpenQASM starts in |0…0⟩ and has no gate that depends on data in that way',
    });
  const used = new Set(source.operations.map(({ gate }) => gates.get(gate)?.openqasm ?? gate));
  const needed = [...definitions].filter(([name]) => used.has(name));
  const fresh = freshNames(needed.map(([name]) => name));
  const inputs = names.map(fresh.take);
  const parameters = source.parameters.map(fresh.take);
  const register = fresh.take('q');
  const matrixGates = new MatrixGates(fresh);
  const notation = openqasmNotation(inputs, parameters);
  const statements = source.operations.map((operation) => statement(operation, register, notation, matrixGates));
  return [
    'OPENQASM 3.0;',
    'include "stdgates.inc";',
    ...[...inputs, ...parameters].map((name) => `input float[64] ${name};`),
    ...needed.map(([, definition]) => definition),
    ...matrixGates.definitions,
    `qubit[${source.qubits}] ${register};`,
    ...renamed(source.qubitNames, register),
    ...statements,
    '',
  ].join('\n');
}

/** Which qubit is which, where the program that the circuit comes from has other names; a name has no line break. */
function renamed(qubitNames: readonly string[] = [], register: string): string[] {
  return qubitNames.flatMap((name, wire) => {
    const here = `${register}[${wire}]`;
    return name === here ? [] : [`// ${here} was ${name}`];
  });
}

function statement(
  { gate, wires, angles = [], matrix }: Operation,
  register: string,
  notation: Notation,
  matrixGates: MatrixGates,
) {
  const name = matrix ? matrixGates.nameOf(matrix) : gates.get(gate)?.openqasm;
  const list = angles.map((angle) => spell(expressionOf(angle), notation)).join(', ');
  const on = wires.map((wire) => `${register}[${wire}]`).join(', ');
  return `${name}${list && `(${list})`} ${on};`;
}

/** Gates defined by a matrix, each written once however often it is used. */
class MatrixGates {
  readonly definitions: string[] = [];
  private readonly named = new Map<string, string>();
  private readonly fresh: Names;

  constructor(fresh: Names) {
    this.fresh = fresh;
  }

  nameOf(matrix: Complex): string {
    const key = matrix.join();
    const known = this.named.get(key);
    if (known) return known;
    const name = this.fresh.take('unitary');
    this.named.set(key, name);
    this.definitions.push(...definitionOf(name, matrix));
    return name;
  }
}

function definitionOf(name: string, matrix: Complex): string[] {
  const wires = Array.from({ length: Math.log2(matrix.length / 2) / 2 }, (_, w) => `w${w}`);
  const { phase, steps } = synthesize(matrix);
  return [
    `gate ${name} ${wires.join(', ')} {`,
    ...(phase === 0 ? [] : [`  gphase(${numberText(phase)});`]),
    ...steps.map((step) => `  ${stepText(step, wires)}`),
    '}',
  ];
}

/** Controls stand before the target, `ctrl` for the wires that are 1 and `negctrl` for those that are 0. */
function stepText({ gate, angle, target, ones, zeros }: Step, wires: readonly string[]): string {
  const modifiers = [modifier('ctrl', ones.length), modifier('negctrl', zeros.length)].join('');
  return `${modifiers}${gate}(${numberText(angle)}) ${[...ones, ...zeros, target].map((w) => wires[w]).join(', ')};`;
}

function modifier(word: string, count: number): string {
  if (count === 0) return '';
  return count === 1 ? `${word} @ ` : `${word}(${count}) @ `;
}
