import { constant, type Expression } from '../../circuit/expression.ts';
import { leaf, type Real } from '../interpret/values.ts';
import type { Place } from '../parse/source.ts';
import type { Sink } from './controls.ts';
import { type Primitive, primitives } from './primitives.ts';

/** A gate made of others. */
export interface Definition {
  readonly kind: 'definition';
  readonly name: string;
  readonly qubits: number;
  readonly parameters: number;
  readonly body: readonly Call[];
  /** How many definitions stand in one another. */
  readonly depth: number;
  /** Names of the parameters, where Qiskit's exporter wrote the definition. */
  readonly exported?: readonly string[];
  /** Defined by an included library rather than by the program. */
  readonly library?: string;
}

export type Gate = Primitive | Definition;

/** A gate with modifiers on given qubits. */
export interface Call {
  readonly gate: Gate;
  /** Of each control, whether it has to be 1. */
  readonly controls: readonly boolean[];
  /** Exponents, the innermost first; an inverse is −1. */
  readonly powers: readonly Real[];
  /** Inside a definition its own parameters are the leaves that `formal` makes. */
  readonly args: readonly Real[];
  /** Controls first; inside a definition counted by its own qubits. */
  readonly wires: readonly number[];
  readonly place: Place;
}

/** Parameter k of the definition around: a leaf that no circuit has, as circuits count their parameters from 0. */
export const formal = (k: number): Expression => ({ kind: 'parameter', index: -1 - k });

/** Which parameter of the definition around a leaf is. */
export const formalIndex = (index: number): number => -1 - index;

/** A gate of a library: `body` gets the parameters and places calls of primitives. */
export function libraryGate(
  name: string,
  qubits: number,
  parameters: number,
  library: string,
  body: (place: Placing, angles: readonly Expression[]) => void,
): Definition {
  const calls: Call[] = [];
  const place: Placing = (gate, wires, args = [], controls = 0) => {
    const found = primitives.get(gate);
    if (!found) throw new Error(`${gate} is no primitive`);
    calls.push({
      gate: found,
      controls: Array(controls).fill(true),
      powers: [],
      args: args.map(leaf),
      wires,
      place: { source: { name: library, text: '' }, offset: 0 },
    });
  };
  body(
    place,
    Array.from({ length: parameters }, (_, k) => formal(k)),
  );
  return { kind: 'definition', name, qubits, parameters, body: calls, depth: 1, library };
}

type Placing = (gate: string, wires: readonly number[], args?: readonly Expression[], controls?: number) => void;

/** Most controls of one gate, those of the definitions around included. */
export const mostControls = 50;

const costs = new WeakMap<Gate, (number | undefined)[]>();

/** Gates of the gate table that a gate under so many controls comes to, found without expanding it. */
function cost(gate: Gate, controls: number): number {
  const known = costs.get(gate) ?? [];
  costs.set(gate, known);
  const found =
    known[controls] ?? (gate.kind === 'primitive' ? primitiveCost(gate, controls) : bodyCost(gate, controls));
  known[controls] = found;
  return found;
}

function primitiveCost(gate: Primitive, controls: number): number {
  let count = 0;
  const counting: Sink = { push: () => count++, unitary: () => count++, phase: () => {} };
  const wires = Array.from({ length: controls + gate.qubits }, (_, k) => k);
  const angles = Array.from({ length: gate.parameters }, () => constant(0.1));
  gate.lower(wires.slice(0, controls), wires.slice(controls), angles, counting);
  return count;
}

function bodyCost(gate: Definition, controls: number): number {
  return gate.body.reduce((sum, call) => sum + callCost(call, controls), 1);
}

/** Gates that a call comes to; `controls` come from outside. */
export function callCost({ gate, controls: signs, powers }: Call, controls = 0): number {
  const all = controls + signs.length;
  if (all > mostControls) return Number.POSITIVE_INFINITY;
  const once = cost(gate, all) + 2 * signs.filter((positive) => !positive).length;
  return gate.kind === 'primitive' ? once : once * powers.reduce((times, power) => times * repetitions(power), 1);
}

/** How often a whole power repeats its gate. */
function repetitions({ expression }: Real): number {
  if (expression.kind !== 'number' || !Number.isInteger(expression.value)) return 1;
  return Math.max(1, Math.abs(expression.value));
}
