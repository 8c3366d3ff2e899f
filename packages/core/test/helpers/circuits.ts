import { type Angle, data, fixed, parameter } from '../../src/circuit/angle.ts';
import { type CircuitSource, compile, type Operation } from '../../src/circuit/circuit.ts';
import { apply, constant, input } from '../../src/circuit/expression.ts';
import { angleCount, type Gate, gates } from '../../src/circuit/gates.ts';
import { parseObservable } from '../../src/circuit/observable.ts';
import { createModel, type Model } from '../../src/model/model.ts';
import { haarUnitary } from '../../src/random/haar.ts';
import type { Random } from '../../src/random/random.ts';
import type { Engine } from '../../src/simulate/engine.ts';

/** Names for so many parameters. */
export const names = (count: number): string[] => Array.from({ length: count }, (_, k) => `theta_${k}`);

/** A circuit from |0…0⟩ with as many parameters as its operations name. */
export function sourceOf(qubits: number, inputs: number, operations: Operation[]): CircuitSource {
  const used = operations.flatMap(({ angles = [] }) => angles.flatMap(({ terms }) => terms.map((t) => t.parameter)));
  return { qubits, inputs, parameters: names(Math.max(-1, ...used) + 1), start: 'zero', operations };
}

/** A model of a circuit. */
export const modelOf = (source: CircuitSource, observables: string[], engine: Engine, gamma = 1): Model =>
  createModel(
    compile(source),
    observables.map((text) => parseObservable(text, source.qubits)),
    gamma,
    engine,
  );

/** Angles of every kind: fixed, trained, affine in two shared parameters, of the inputs, θ times an input. */
export function randomAngle(draw: Random, inputs: number, parameters: number): Angle {
  const kind = draw.integer(6);
  const x = input(draw.integer(inputs));
  const one = draw.integer(parameters);
  const factor = draw.uniform(-2, 2);
  if (kind === 0) return fixed(draw.uniform(-4, 4));
  if (kind === 1) return data(apply('*', factor, apply('-', Math.PI, x)));
  if (kind === 2) return parameter(one);
  if (kind === 3) return { offset: x, terms: [{ parameter: one, factor: x }] };
  const other = { parameter: draw.integer(parameters), factor: constant(0.5) };
  return { offset: constant(factor), terms: [{ parameter: one, factor: constant(factor) }, other] };
}

/** Any gate of the table or a unitary of its own, on random wires. */
export function randomOperation(
  draw: Random,
  qubits: number,
  inputs: number,
  parameters: number,
  among: readonly Gate[] = [...gates.values()],
): Operation {
  const fitting = among.filter((gate) => gate.qubits <= qubits);
  const wires = [...draw.permutation(qubits)];
  const choice = draw.integer(fitting.length + 1);
  if (choice === fitting.length) return { gate: 'unitary', wires: wires.slice(0, 1), matrix: haarUnitary(2, draw) };
  const gate = fitting[choice];
  const angles = Array.from({ length: angleCount(gate) }, () => randomAngle(draw, inputs, parameters));
  return { gate: gate.name, wires: wires.slice(0, gate.qubits), angles };
}

/** A sum of up to four random Pauli products as text, numbers without exponent. */
export function randomSum(draw: Random, qubits: number, letters = 'XYZ'): string {
  return Array.from({ length: 1 + draw.integer(4) }, () => {
    const factors = [...draw.permutation(qubits)].slice(0, 1 + draw.integer(qubits));
    const product = factors.map((qubit) => `${letters[draw.integer(letters.length)]}${qubit}`).join('*');
    return `${draw.uniform(0.1, 2).toFixed(6)}*${product}`;
  }).join(draw.integer(2) ? ' - ' : ' + ');
}

/** `count` numbers in [low, high). */
export const uniform = (draw: Random, count: number, low = -Math.PI, high = Math.PI): Float64Array =>
  Float64Array.from({ length: count }, () => draw.uniform(low, high));
