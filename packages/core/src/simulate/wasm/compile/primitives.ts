import { type Circuit, gateAt, wiresAt } from '../../../circuit/circuit.ts';
import type { FixedGate, RotationGate } from '../../../circuit/gates.ts';
import { adjoint, type Complex, identity, kronecker, order, product } from '../../../linalg/complex.ts';

/** constant + Σ weight·(angle of slot). */
export interface SlotAngle {
  readonly constant: number;
  readonly slots: readonly { readonly slot: number; readonly weight: number }[];
}

/**
 * What the engine can do. Every one-qubit gate is a real rotation between two diagonal gates, so that few kernels
 * serve the whole gate table:
 * - `rotation`: RY(angle) on a qubit
 * - `phase`: exp(−i·angle·χ), χ(k) = (−1)^|k ∧ mask|
 * - `permutation`: basis state k of the wires goes to image[k]
 * - `dense`: any fixed matrix
 */
export type Primitive =
  | { readonly kind: 'rotation'; readonly qubit: number; readonly angle: SlotAngle }
  | { readonly kind: 'phase'; readonly mask: number; readonly angle: SlotAngle }
  | { readonly kind: 'permutation'; readonly wires: readonly number[]; readonly image: readonly number[] }
  | { readonly kind: 'dense'; readonly wires: readonly number[]; readonly matrix: Complex };

const quarter = Math.PI / 4;
/** Entries of the gate table below this are zeros with rounding. */
const negligible = 1e-14;

const fixedAngle = (constant: number): SlotAngle => ({ constant, slots: [] });
const slotAngle = (slot: number, weight: number): SlotAngle => ({ constant: 0, slots: [{ slot, weight }] });

/** Takes a circuit apart into primitives, in order of application and up to a global phase. */
export function primitivesOf(circuit: Circuit): Primitive[] {
  const known = new Map<string, Primitive[]>();
  return Array.from(circuit.gate, (kind, g) => {
    const key = `${kind},${circuit.slot[g]},${wiresAt(circuit, g)}`;
    const primitives = known.get(key) ?? primitivesOfGate(circuit, g);
    known.set(key, primitives);
    return primitives;
  }).flat();
}

function primitivesOfGate(circuit: Circuit, g: number): Primitive[] {
  const gate = gateAt(circuit, g);
  const wires = [...wiresAt(circuit, g)];
  return gate.kind === 'fixed' ? fixedPrimitives(gate, wires) : rotationPrimitives(gate, wires, circuit.slot[g]);
}

function fixedPrimitives(gate: FixedGate, wires: number[]): Primitive[] {
  const monomial = monomialPrimitives(gate.matrix, wires);
  if (monomial) return monomial;
  if (wires.length === 1) return singlePrimitives(gate.matrix, wires[0]);
  return [{ kind: 'dense', wires, matrix: gate.matrix }];
}

/** A matrix with one entry in each column: phases, then a permutation. */
function monomialPrimitives(matrix: Complex, wires: number[]): Primitive[] | undefined {
  const n = order(matrix);
  const image: number[] = [];
  const angles: number[] = [];
  for (let column = 0; column < n; column++) {
    const rows = Array.from({ length: n }, (_, r) => r).filter((r) => modulus(matrix, r, column) > negligible);
    if (rows.length !== 1) return undefined;
    image.push(rows[0]);
    angles.push(-argument(matrix, rows[0], column));
  }
  const phases = characters(angles).map(({ mask, weight }) => phase(maskOn(wires, mask), fixedAngle(weight)));
  const moves = image.some((to, from) => to !== from);
  return moves ? [...phases, { kind: 'permutation', wires, image }] : phases;
}

/** U = e^{iγ} RZ(a) RY(b) RZ(c). */
function singlePrimitives(matrix: Complex, qubit: number): Primitive[] {
  const b = 2 * Math.atan2(modulus(matrix, 1, 0), modulus(matrix, 0, 0));
  const sum = argument(matrix, 1, 1) - argument(matrix, 0, 0);
  // a − c follows from the same γ as a + c: each alone is only known up to 2π, and the halves must match.
  const difference = 2 * (argument(matrix, 1, 0) - argument(matrix, 0, 0)) - sum;
  const mask = 1 << qubit;
  return [
    phase(mask, fixedAngle((sum - difference) / 4)),
    { kind: 'rotation', qubit, angle: fixedAngle(b) },
    phase(mask, fixedAngle((sum + difference) / 4)),
  ];
}

function rotationPrimitives(gate: RotationGate, wires: number[], slot: number): Primitive[] {
  const single = wires.length === 1 ? singleRotation(gate.generator, wires[0], slot) : undefined;
  if (single) return single;
  for (const bases of everyChoice(wires.length)) {
    const change = bases.map((basis) => basis.matrix).reduce((low, high) => kronecker(high, low));
    const diagonal = diagonalOf(product(product(adjoint(change), gate.generator), change));
    if (!diagonal) continue;
    const phases = characters(diagonal).map(({ mask, weight }) => phase(maskOn(wires, mask), slotAngle(slot, weight)));
    return [
      ...bases.flatMap((basis, wire) => basis.enter(wires[wire])),
      ...phases,
      ...bases.flatMap((basis, wire) => basis.leave(wires[wire])),
    ];
  }
  throw new TypeError(`the wasm engine needs the generator of ${gate.name} to be a sum of commuting Pauli products`);
}

/** exp(−iθrY) = RY(2rθ) and, since X = S†YS, exp(−iθrX) = S†·RY(2rθ)·S. */
function singleRotation(generator: Complex, qubit: number, slot: number): Primitive[] | undefined {
  const [d0, , re, im, , , d1] = generator;
  if (d0 !== 0 || d1 !== 0 || (re !== 0 && im !== 0) || re === im) return undefined;
  const rotation: Primitive = { kind: 'rotation', qubit, angle: slotAngle(slot, 2 * (re - im)) };
  return re === 0 ? [rotation] : [phaseGate(qubit, 1), rotation, phaseGate(qubit, -1)];
}

/** S, or S† for sign −1. */
const phaseGate = (qubit: number, sign: number): Primitive => phase(1 << qubit, fixedAngle(sign * quarter));

/** A basis of one qubit: `matrix` carries Z to the basis' Pauli, `enter` is its inverse. */
interface Basis {
  readonly matrix: Complex;
  enter(qubit: number): Primitive[];
  leave(qubit: number): Primitive[];
}

const quarterRotation = (qubit: number, sign: number): Primitive => ({
  kind: 'rotation',
  qubit,
  angle: fixedAngle((sign * Math.PI) / 2),
});

const half = Math.SQRT1_2;
const bases: readonly Basis[] = [
  { matrix: identity(2), enter: () => [], leave: () => [] },
  {
    matrix: Float64Array.of(half, 0, -half, 0, half, 0, half, 0),
    enter: (qubit) => [quarterRotation(qubit, -1)],
    leave: (qubit) => [quarterRotation(qubit, 1)],
  },
  {
    matrix: Float64Array.of(half, 0, -half, 0, 0, half, 0, half),
    enter: (qubit) => [phaseGate(qubit, -1), quarterRotation(qubit, -1)],
    leave: (qubit) => [quarterRotation(qubit, 1), phaseGate(qubit, 1)],
  },
];

/** Every choice of a basis for each of a number of wires. */
function everyChoice(wires: number): Basis[][] {
  if (wires === 0) return [[]];
  return everyChoice(wires - 1).flatMap((choice) => bases.map((basis) => [...choice, basis]));
}

const phase = (mask: number, angle: SlotAngle): Primitive => ({ kind: 'phase', mask, angle });

/** The real diagonal of a matrix that has no other entries. */
function diagonalOf(matrix: Complex): number[] | undefined {
  const n = order(matrix);
  for (let r = 0; r < n; r++)
    for (let c = 0; c < n; c++) if (r !== c && modulus(matrix, r, c) > negligible) return undefined;
  return Array.from({ length: n }, (_, r) => matrix[2 * (r * n + r)]);
}

/** Coefficients of a function of k bits in the characters (−1)^|k ∧ mask|; the constant is left out, a global phase. */
function characters(values: readonly number[]): { mask: number; weight: number }[] {
  const found: { mask: number; weight: number }[] = [];
  for (let mask = 1; mask < values.length; mask++) {
    const signed = values.map((value, k) => (parity(k & mask) ? -value : value));
    const weight = signed.reduce((a, b) => a + b, 0) / values.length;
    if (Math.abs(weight) > negligible) found.push({ mask, weight });
  }
  return found;
}

function parity(word: number): number {
  let odd = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) odd ^= 1;
  return odd;
}

const maskOn = (wires: readonly number[], mask: number): number =>
  wires.reduce((bits, wire, bit) => bits | (((mask >> bit) & 1) << wire), 0);

function modulus(matrix: Complex, r: number, c: number): number {
  const at = 2 * (r * order(matrix) + c);
  return Math.hypot(matrix[at], matrix[at + 1]);
}

function argument(matrix: Complex, r: number, c: number): number {
  const at = 2 * (r * order(matrix) + c);
  return Math.atan2(matrix[at + 1], matrix[at]);
}
