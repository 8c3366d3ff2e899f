import type { Circuit } from '../circuit/circuit.ts';
import { evaluate, largestInput } from '../circuit/expression.ts';
import { type Tape, tapeOf } from '../circuit/tape.ts';
import { isUsable, steepAngle, undefinedAngle } from './undefined-angle.ts';

/** Data points prepared for a model: everything about them that does not depend on the parameters. */
export interface Inputs {
  readonly points: number;
  /** Offset of each per-point slot, slot-major: slots × points. */
  readonly offsets: Float64Array;
  /** Factor of each term that depends on the inputs, term-major: terms × points. */
  readonly factors: Float64Array;
  readonly amplitudes?: Float64Array;
  /** The data points themselves: points × features, for angles that are not affine in the parameters. */
  readonly X: Float64Array;
  /** Row of the data set that each point is, where it is one. */
  readonly rows?: Int32Array;
}

/** How slot angles follow from parameters, and derivatives with respect to parameters from those of the slots. */
export interface AngleTable {
  /**
   * Slot angles at θ, laid out as a Batch has them.
   *
   * @throws InputError where an angle is undefined at θ, such as the logarithm of a negative parameter.
   */
  at(theta: Float64Array, inputs: Inputs): { shared: Float64Array; perPoint: Float64Array };
  /**
   * The chain rule: from ∂f/∂slot (rows × slots) at θ to ∂f/∂θ (rows × P), times `scale`; rows are (point, output)
   * pairs. The derivatives' own memory may become the result's.
   */
  chain(derivatives: Float64Array, theta: Float64Array, outputs: number, scale: number, inputs: Inputs): Float64Array;
}

/** One term of the table: angle of `slot` += factor·θ[parameter]. */
interface Term {
  slot: number;
  parameter: number;
  /** Where it does not depend on the inputs. */
  factor: number;
  /** Row in Inputs.factors where it does, else −1. */
  varying: number;
}

/** A slot whose angle is not affine in the parameters. */
interface Curve {
  slot: number;
  tape: Tape;
}

/**
 * Builds the table of a circuit.
 *
 * @throws InputError where a parameter turns an angle too far to be computed with.
 */
export function angleTable(circuit: Circuit): AngleTable {
  const slots = circuit.angles.length;
  const parameters = circuit.parameters.length;
  const sharedOffsets = Float64Array.from(circuit.angles.slice(0, circuit.sharedSlots), (angle) =>
    evaluate(angle.offset),
  );
  const terms = termsOf(circuit);
  const steep = terms.find(({ factor, varying }) => varying < 0 && !isUsable(factor));
  if (steep) throw steepAngle(circuit, steep.slot, steep.factor);
  const curves = curvesOf(circuit);
  const single = curves.length === 0 ? singleTerms(terms, parameters) : undefined;
  return {
    at(theta, inputs) {
      const shared = sharedOffsets.slice();
      const perPoint = inputs.offsets.slice();
      const { points } = inputs;
      for (const { slot, parameter, factor, varying } of terms) {
        if (slot < circuit.sharedSlots) {
          shared[slot] += factor * theta[parameter];
          continue;
        }
        const base = (slot - circuit.sharedSlots) * points;
        for (let i = 0; i < points; i++)
          perPoint[base + i] += (varying < 0 ? factor : inputs.factors[varying * points + i]) * theta[parameter];
      }
      for (const { slot, tape } of curves) {
        const pointSlot = slot - circuit.sharedSlots;
        const finite = (value: number, point: number) => {
          if (isUsable(value)) return value;
          throw undefinedAngle(circuit, slot, { ...inputs, point, theta });
        };
        if (pointSlot < 0) shared[slot] += finite(tape.value(inputs.X, 0, theta), 0);
        else
          for (let i = 0; i < points; i++)
            perPoint[pointSlot * points + i] += finite(tape.value(inputs.X, i * circuit.inputs, theta), i);
      }
      return { shared, perPoint };
    },
    chain(derivatives, theta, outputs, scale, inputs) {
      const { points } = inputs;
      const rows = points * outputs;
      if (single) return gathered(derivatives, slots, single, scale, rows);
      const J = new Float64Array(rows * parameters);
      for (let row = 0; row < rows; row++) {
        const point = Math.floor(row / outputs);
        for (const { slot, parameter, factor, varying } of terms) {
          const weight = varying < 0 ? factor : inputs.factors[varying * points + point];
          J[row * parameters + parameter] += scale * weight * derivatives[row * slots + slot];
        }
      }
      for (const curve of curves) chainCurve(curve, J, { circuit, derivatives, theta, outputs, scale, inputs });
      return J;
    },
  };
}

/** Adds what a curved angle contributes to the Jacobian: its gradient, worked out once a point where inputs enter. */
function chainCurve(
  { slot, tape }: Curve,
  J: Float64Array,
  of: {
    circuit: Circuit;
    derivatives: Float64Array;
    theta: Float64Array;
    outputs: number;
    scale: number;
    inputs: Inputs;
  },
): void {
  const { circuit, derivatives, theta, outputs, scale, inputs } = of;
  const slots = circuit.angles.length;
  const gradient = new Float64Array(tape.parameters.length);
  for (let row = 0; row < inputs.points * outputs; row++) {
    const wanted = slot < circuit.sharedSlots ? row === 0 : row % outputs === 0;
    const point = Math.floor(row / outputs);
    if (wanted) tape.gradient(inputs.X, point * circuit.inputs, theta, gradient);
    tape.parameters.forEach((parameter, k) => {
      const slope = gradient[k];
      if (!isUsable(slope)) throw undefinedAngle(circuit, slot, { ...inputs, point, theta }, true);
      J[row * circuit.parameters.length + parameter] += scale * slope * derivatives[row * slots + slot];
    });
  }
}

function curvesOf(circuit: Circuit): Curve[] {
  return circuit.angles.flatMap(({ nonlinear }, slot) => (nonlinear ? [{ slot, tape: tapeOf(nonlinear) }] : []));
}

/** Slot and factor of each parameter, where all stand in one gate each and no factor depends on the inputs. */
interface SingleTerms {
  readonly slots: Int32Array;
  readonly factors: Float64Array;
  /** The first slot where all factors are 1 and the others follow it in order, else −1. */
  readonly first: number;
}

function singleTerms(terms: readonly Term[], parameters: number): SingleTerms | undefined {
  const slots = new Int32Array(parameters).fill(-1);
  const factors = new Float64Array(parameters);
  for (const { slot, parameter, factor, varying } of terms) {
    if (varying >= 0 || slots[parameter] >= 0) return undefined;
    slots[parameter] = slot;
    factors[parameter] = factor;
  }
  if (slots.includes(-1)) return undefined;
  const inOrder = slots.every((slot, k) => slot === slots[0] + k && factors[k] === 1);
  return { slots, factors, first: inOrder && parameters > 0 ? slots[0] : -1 };
}

/**
 * The chain rule in the common cases, worth loops of their own: small Jacobians take little longer than this does, and for large
 * ones fresh memory costs more than the copying. Parameters in the order of their slots stay where they are.
 */
function gathered(
  derivatives: Float64Array,
  width: number,
  { slots, factors, first }: SingleTerms,
  scale: number,
  rows: number,
): Float64Array {
  const count = slots.length;
  if (first >= 0) {
    if (count < width)
      for (let row = 0, from = first; row < rows; row++, from += width)
        derivatives.copyWithin(row * count, from, from + count);
    const J = derivatives.subarray(0, rows * count);
    if (scale !== 1) for (let i = 0; i < J.length; i++) J[i] *= scale;
    return J;
  }
  const J = new Float64Array(rows * count);
  const weights = scale === 1 ? factors : factors.map((factor) => scale * factor);
  let row = 0;
  // Four rows at a time: each slot and weight is read once for all of them.
  for (; row + 4 <= rows; row += 4)
    for (let k = 0; k < count; k++) {
      const weight = weights[k];
      const from = row * width + slots[k];
      const to = row * count + k;
      J[to] = weight * derivatives[from];
      J[to + count] = weight * derivatives[from + width];
      J[to + 2 * count] = weight * derivatives[from + 2 * width];
      J[to + 3 * count] = weight * derivatives[from + 3 * width];
    }
  for (; row < rows; row++)
    for (let k = 0; k < count; k++) J[row * count + k] = weights[k] * derivatives[row * width + slots[k]];
  return J;
}

function termsOf(circuit: Circuit): Term[] {
  let varying = 0;
  return circuit.angles.flatMap((angle, slot) =>
    angle.terms.map(({ parameter, factor }) => {
      const depends = largestInput(factor) >= 0;
      return {
        slot,
        parameter,
        factor: depends ? Number.NaN : evaluate(factor),
        varying: depends ? varying++ : -1,
      };
    }),
  );
}
