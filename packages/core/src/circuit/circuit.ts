import { InputError } from '../errors.ts';
import { adjoint, type Complex, identity, largestDifference, product } from '../linalg/complex.ts';
import { counted, didYouMean } from '../wording.ts';
import { type Angle, isTrainable } from './angle.ts';
import { type Expression, largestInput, largestParameter, ruleOf } from './expression.ts';
import { angleCount, type ElementaryGate, type FixedGate, type GateName, gates, type RotationGate } from './gates.ts';

/** One gate of a circuit as its author writes it. */
export interface Operation {
  /** Name in the gate table, or `unitary` with a matrix of its own. Any other text is refused by `compile`. */
  readonly gate: GateName | 'unitary' | (string & Record<never, never>);
  /** Qubits; controls first, then targets. */
  readonly wires: readonly number[];
  readonly angles?: readonly Angle[];
  /** For `unitary`: 2^k × 2^k, interleaved row-major, the first wire least significant. */
  readonly matrix?: Complex;
}

/** A place in a text that something was read from. */
export interface TextPlace {
  readonly source: { readonly name: string; readonly text: string };
  /** Characters before it. */
  readonly offset: number;
}

/** A circuit as its author writes it; `compile` turns it into a Circuit. */
export interface CircuitSource {
  readonly qubits: number;
  /** Names of the qubits in drawings; q0, q1, … where left out. */
  readonly qubitNames?: readonly string[];
  /** Number of features of a data point. */
  readonly inputs: number;
  /** Names of the features in messages; x_0, x_1, … where left out. */
  readonly inputNames?: readonly string[];
  /** Names of the trainable parameters, in order. */
  readonly parameters: readonly string[];
  /**
   * |0…0⟩, or the data point itself: its features as amplitudes, normalised and zero-padded, or as a state, real and
   * imaginary part of each amplitude in turn.
   */
  readonly start: 'zero' | 'amplitudes' | 'states';
  readonly operations: readonly Operation[];
  /** Where each operation was written, where they were read from a text. */
  readonly places?: readonly TextPlace[];
}

/**
 * A validated circuit as flat arrays, ready for an engine.
 *
 * Gate g is `gates[gate[g]]` on the wires `wires[wireStart[g] … wireStart[g+1])` with the angle in slot `slot[g]`
 * (−1: none). The first `sharedSlots` slots hold one angle for all data points, the others an angle a point.
 */
export interface Circuit {
  readonly source: CircuitSource;
  readonly qubits: number;
  readonly inputs: number;
  readonly parameters: readonly string[];
  readonly gates: readonly ElementaryGate[];
  readonly gate: Int32Array;
  readonly wireStart: Int32Array;
  readonly wires: Int32Array;
  readonly slot: Int32Array;
  readonly sharedSlots: number;
  /** What each slot's angle is made of. */
  readonly angles: readonly Angle[];
  /** 1 where the slot's angle depends on a parameter, so that its derivative is wanted. */
  readonly trainable: Uint8Array;
}

interface Part {
  gate: ElementaryGate;
  wires: readonly number[];
  angle: Angle | undefined;
}

/**
 * Validates a circuit and lowers it to gates of at most one angle.
 *
 * @throws InputError naming the operation by its position where a gate is unknown, a wire is out of range or repeated,
 * the number of wires or angles is wrong, a matrix is not unitary, or an input or parameter does not exist.
 */
export function compile(source: CircuitSource): Circuit {
  if (!Number.isInteger(source.qubits) || source.qubits < 1)
    throw new InputError({ where: 'qubits', found: String(source.qubits), expected: 'a whole number from 1' });
  if (!Number.isInteger(source.inputs) || source.inputs < 0)
    throw new InputError({ where: 'inputs', found: String(source.inputs), expected: 'a whole number from 0' });
  const matrixGates: MatrixGates = new Map();
  const parts = source.operations.flatMap((operation, position) => lower(operation, position, source, matrixGates));
  const angles = layOutSlots(parts);
  const kinds = [...new Set(parts.map((part) => part.gate))];
  const wireStart = new Int32Array(parts.length + 1);
  parts.forEach((part, g) => {
    wireStart[g + 1] = wireStart[g] + part.wires.length;
  });
  const kindIndex = new Map(kinds.map((gate, index) => [gate, index]));
  return {
    source,
    qubits: source.qubits,
    inputs: source.inputs,
    parameters: source.parameters,
    gates: kinds,
    gate: Int32Array.from(parts, (part) => kindIndex.get(part.gate) as number),
    wireStart,
    wires: Int32Array.from(parts.flatMap((part) => part.wires)),
    slot: angles.slotOfPart,
    sharedSlots: angles.shared,
    angles: angles.list,
    trainable: Uint8Array.from(angles.list, (angle) => (isTrainable(angle) ? 1 : 0)),
  };
}

/** Gives every trainable gate a slot of its own; equal angles without parameters share one. Shared slots come first. */
function layOutSlots(parts: readonly Part[]): { list: Angle[]; shared: number; slotOfPart: Int32Array } {
  const shared: Angle[] = [];
  const perPoint: Angle[] = [];
  const known = new Map<string, number>();
  const places = parts.map(({ angle }) => {
    if (!angle) return undefined;
    const target = dependsOnInputs(angle) ? perPoint : shared;
    const key = isTrainable(angle) ? undefined : JSON.stringify(angle.offset);
    let index = key === undefined ? undefined : known.get(key);
    if (index === undefined) {
      index = target.push(angle) - 1;
      if (key !== undefined) known.set(key, index);
    }
    return { target, index };
  });
  const slotOfPart = Int32Array.from(places, (place) =>
    place === undefined ? -1 : place.index + (place.target === perPoint ? shared.length : 0),
  );
  return { list: [...shared, ...perPoint], shared: shared.length, slotOfPart };
}

/** True where an angle differs from data point to data point. */
export function dependsOnInputs(angle: Angle): boolean {
  return partsOf(angle).some((part) => largestInput(part) >= 0);
}

/** Gates given by a matrix: operations that share a matrix share its check, and the gate. */
type MatrixGates = Map<Complex | undefined, FixedGate>;

function lower(operation: Operation, position: number, source: CircuitSource, matrixGates: MatrixGates): Part[] {
  const where = `operation ${position} (${operation.gate})`;
  const angles = operation.angles ?? [];
  checkWires(operation.wires, source.qubits, where);
  for (const angle of angles) checkAngle(angle, source, where);
  const gate = operation.gate === 'unitary' ? matrixGate(operation, where, matrixGates) : gates.get(operation.gate);
  if (!gate)
    throw new InputError({
      where,
      found: 'an unknown gate',
      expected: `one of ${[...gates.keys()].join(', ')}, unitary`,
      ...didYouMean(operation.gate, [...gates.keys()]),
    });
  if (operation.wires.length !== gate.qubits)
    throw new InputError({
      where,
      found: counted(operation.wires.length, 'qubit'),
      expected: counted(gate.qubits, 'qubit'),
    });
  if (angles.length !== angleCount(gate))
    throw new InputError({
      where,
      found: counted(angles.length, 'angle'),
      expected: counted(angleCount(gate), 'angle'),
    });
  if (gate.kind !== 'composite') return [{ gate, wires: operation.wires, angle: angles[0] }];
  return gate.parts(angles).map((part) => ({ ...part, wires: part.wires.map((wire) => operation.wires[wire]) }));
}

function checkWires(wires: readonly number[], qubits: number, where: string): void {
  for (const wire of wires)
    if (!Number.isInteger(wire) || wire < 0 || wire >= qubits)
      throw new InputError({ where, found: `qubit ${wire}`, expected: `qubits 0 to ${qubits - 1}` });
  if (new Set(wires).size !== wires.length)
    throw new InputError({ where, found: `qubits ${wires.join(', ')}`, expected: 'every qubit once' });
}

/** All expressions of an angle. */
function partsOf({ offset, terms, nonlinear }: Angle): Expression[] {
  return [offset, ...terms.map((term) => term.factor), ...(nonlinear ? [nonlinear] : [])];
}

function checkAngle(angle: Angle, source: CircuitSource, where: string): void {
  const inputIndex = Math.max(...partsOf(angle).map(largestInput));
  if (inputIndex >= source.inputs)
    throw new InputError({ where, found: `input ${inputIndex}`, expected: `inputs below ${source.inputs}` });
  const { nonlinear } = angle;
  const used = angle.terms.map((term) => term.parameter).concat(nonlinear ? largestParameter(nonlinear) : []);
  for (const parameter of used)
    if (!Number.isInteger(parameter) || parameter < 0 || parameter >= source.parameters.length)
      throw new InputError({
        where,
        found: `parameter ${parameter}`,
        expected: `whole numbers below ${source.parameters.length}, the number of parameters`,
      });
  for (const part of [angle.offset, ...angle.terms.map((term) => term.factor)])
    if (largestParameter(part) >= 0)
      throw new InputError({
        where,
        found: 'a parameter in the offset or a factor of an angle',
        expected: 'functions of the inputs alone',
        advice: 'angleOf makes an angle of any expression',
      });
  if (nonlinear) checkDifferentiable(nonlinear, where);
}

function checkDifferentiable(expression: Expression, where: string): void {
  if (expression.kind !== 'apply') return;
  const { operator, args } = expression;
  if (!ruleOf(operator).slopes && args.some((arg) => largestParameter(arg) >= 0))
    throw new InputError({
      where,
      found: `${operator} of a parameter`,
      expected: 'functions that have a derivative to train with',
    });
  for (const arg of args) checkDifferentiable(arg, where);
}

function matrixGate({ matrix, wires }: Operation, where: string, matrixGates: MatrixGates): FixedGate {
  const known = matrixGates.get(matrix);
  if (known) return known;
  const order = 2 ** wires.length;
  if (matrix?.length !== 2 * order * order)
    throw new InputError({
      where,
      found: `${(matrix?.length ?? 0) / 2} complex entries of a matrix`,
      expected: `${order} × ${order} on ${counted(wires.length, 'qubit')}`,
    });
  const deviation = largestDifference(product(matrix, adjoint(matrix)), identity(order));
  if (!(deviation < 1e-10))
    throw new InputError({
      where,
      found: `a matrix that is not unitary, U·U† − 1 having an entry of ${deviation}`,
      expected: 'entries below 1e-10',
    });
  const drawing = wires.map(() => 'U');
  const gate: FixedGate = {
    kind: 'fixed',
    name: 'unitary',
    openqasm: 'unitary',
    qubits: wires.length,
    drawing,
    matrix,
  };
  matrixGates.set(matrix, gate);
  return gate;
}

/** Elementary gate number g of a circuit. */
export function gateAt(circuit: Circuit, g: number): ElementaryGate {
  return circuit.gates[circuit.gate[g]];
}

/** The wires of gate number g. */
export function wiresAt(circuit: Circuit, g: number): Int32Array {
  return circuit.wires.subarray(circuit.wireStart[g], circuit.wireStart[g + 1]);
}

/** The rotation whose angle is in a slot; gates that share a slot are copies of one another only if not trainable. */
export function rotationOfSlot(circuit: Circuit, slot: number): RotationGate {
  return gateAt(circuit, circuit.slot.indexOf(slot)) as RotationGate;
}
