import { constant, type Expression } from '../../circuit/expression.ts';
import { type Complex, identity } from '../../linalg/complex.ts';
import { halved, negated } from './scaling.ts';

/** Where gates of the gate table go. */
export interface Sink {
  push(gate: string, wires: readonly number[], ...angles: readonly Expression[]): void;
  /** A fixed unitary with a matrix of its own. */
  unitary(matrix: Complex, wires: readonly number[]): void;
  /** A phase of the whole state, which counts only where the sink makes a matrix. */
  phase(angle: Expression): void;
}

type Wires = readonly number[];

/** Most controls of an X that is one matrix; beyond, it is made of smaller ones. */
const mostControlsOfMatrix = 4;

/** X on the target where all controls are 1; `spare`, a further qubit in any state, is given back as it was. */
export function controlledX(controls: Wires, target: number, out: Sink, spare?: number): void {
  const m = controls.length;
  if (m <= 2) out.push(['x', 'cx', 'ccx'][m], [...controls, target]);
  else if (m <= mostControlsOfMatrix) out.unitary(controlledXMatrix(m), [...controls, target]);
  else if (spare === undefined) {
    out.push('h', [target]);
    controlledPhase(constant(Math.PI), [...controls, target], out);
    out.push('h', [target]);
  } else {
    // Barenco et al. (1995), lemma 7.3: two halves, each twice, borrow the spare qubit.
    const first = controls.slice(0, Math.ceil(m / 2));
    const second = [...controls.slice(first.length), spare];
    for (let round = 0; round < 2; round++) {
      controlledX(first, spare, out, target);
      controlledX(second, target, out, first[0]);
    }
  }
}

/** e^{i·angle} where all of `wires` are 1: on none of them a phase of the state. */
export function controlledPhase(angle: Expression, wires: Wires, out: Sink): void {
  if (wires.length === 0) out.phase(angle);
  else if (wires.length <= 2) out.push(wires.length === 1 ? 'p' : 'cp', wires, angle);
  else manyPhase(angle, wires, out);
}

/** Two controlled phases and two X less a control each, which take the last control's part; the target is their spare. */
function manyPhase(angle: Expression, wires: Wires, out: Sink): void {
  const target = wires[wires.length - 1];
  const last = wires[wires.length - 2];
  const others = wires.slice(0, -2);
  const half = halved(angle);
  out.push('cp', [last, target], half);
  controlledX(others, last, out, target);
  out.push('cp', [last, target], negated(half));
  controlledX(others, last, out, target);
  controlledPhase(half, [...others, target], out);
}

/** RY or RZ on the target where all controls are 1: half of it, and half of it back between two X. */
export function controlledRotation(
  gate: 'ry' | 'rz',
  angle: Expression,
  controls: Wires,
  target: number,
  out: Sink,
): void {
  if (controls.length <= 1) {
    out.push(controls.length === 0 ? gate : `c${gate}`, [...controls, target], angle);
    return;
  }
  const half = halved(angle);
  out.push(gate, [target], half);
  controlledX(controls, target, out);
  out.push(gate, [target], negated(half));
  controlledX(controls, target, out);
}

const matrices = new Map<number, Complex>();

/** X with m controls; one matrix for all gates of its kind, so that a compiled circuit has one kind of them. */
function controlledXMatrix(m: number): Complex {
  const known = matrices.get(m);
  if (known) return known;
  const order = 2 ** (m + 1);
  const matrix = identity(order);
  const [a, b] = [order / 2 - 1, order - 1];
  for (const [row, column, value] of [
    [a, a, 0],
    [b, b, 0],
    [a, b, 1],
    [b, a, 1],
  ])
    matrix[2 * (row * order + column)] = value;
  matrices.set(m, matrix);
  return matrix;
}
