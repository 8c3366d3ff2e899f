import { isTrainable } from '../circuit/angle.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { type Expression, evaluate, inputsOf } from '../circuit/expression.ts';
import type { Model } from '../model/model.ts';
import { lightCone, wiresOf } from '../simulate/wasm/compile/light-cone.ts';
import { type Primitive, primitivesOf, type SlotAngle } from '../simulate/wasm/compile/primitives.ts';

/** What the outputs of a model depend on, as far as the structure of its circuit tells. */
export interface Dependence {
  /** False where no parameter changes any output, at any data point. */
  readonly onParameters: boolean;
  /** Of each feature, whether any output may depend on it. */
  readonly onInputs: readonly boolean[];
}

/**
 * Follows the state forwards, where gates that only give a basis state a phase do nothing, and the observables backwards,
 * where gates that commute with them do nothing. What is left may matter; what is not, does not for any θ and x.
 */
export function dependenceOf({ circuit, observables, readout, inputs }: Model): Dependence {
  const fromZero = circuit.source.start === 'zero';
  const all = primitivesOf(circuit);
  const acting = fromZero ? withoutPhasesOfBasisStates(all, circuit) : all;
  const { primitives } = lightCone(acting, observables, circuit.qubits);
  const slots = [...new Set(primitives.flatMap((primitive) => ('angle' in primitive ? slotsOf(primitive.angle) : [])))];
  const features = new Set(slots.flatMap((slot) => featuresOf(circuit.angles[slot])));
  return {
    // Weights of the readout are parameters too.
    onParameters: readout !== undefined || slots.some((slot) => circuit.trainable[slot] === 1),
    onInputs: Array.from({ length: inputs }, (_, f) => !fromZero || features.has(f)),
  };
}

const slotsOf = ({ slots }: SlotAngle): number[] => slots.map(({ slot }) => slot);

function featuresOf({ offset, terms, nonlinear }: Model['circuit']['angles'][number]): number[] {
  const parts: Expression[] = [offset, ...terms.map(({ factor }) => factor), ...(nonlinear ? [nonlinear] : [])];
  return parts.flatMap((part) => [...inputsOf(part)]);
}

/** Drops phases on qubits that are all in a basis state, from |0…0⟩ on: they are phases of the whole state. */
function withoutPhasesOfBasisStates(primitives: readonly Primitive[], circuit: Circuit): Primitive[] {
  const inBasis = new Uint8Array(circuit.qubits).fill(1);
  return primitives.filter((primitive) => {
    const wires = wiresOf(primitive);
    if (primitive.kind === 'phase') return !wires.every((wire) => inBasis[wire]);
    if (primitive.kind === 'permutation') carryBasis(primitive, inBasis);
    else if (primitive.kind === 'dense' || !isFlip(primitive.angle, circuit))
      for (const wire of wires) inBasis[wire] = 0;
    return true;
  });
}

/** A rotation RY by a fixed multiple of π, which takes basis states to basis states. */
function isFlip({ constant, slots }: SlotAngle, { angles }: Circuit): boolean {
  const fixed = slots.every(({ slot }) => angles[slot].offset.kind === 'number' && !isTrainable(angles[slot]));
  if (!fixed) return false;
  const angle = slots.reduce((sum, { slot, weight }) => sum + weight * evaluate(angles[slot].offset), constant);
  return Math.abs(Math.sin(angle)) < 1e-12;
}

/** A wire stays in a basis state where its bit follows from wires that are in one. */
function carryBasis({ wires, image }: Extract<Primitive, { kind: 'permutation' }>, inBasis: Uint8Array): void {
  const open = wires.flatMap((wire, bit) => (inBasis[wire] ? [] : [1 << bit]));
  wires.forEach((wire, bit) => {
    const follows = image.every((to, from) => open.every((other) => ((to ^ image[from ^ other]) >> bit) % 2 === 0));
    inBasis[wire] = follows ? 1 : 0;
  });
}
