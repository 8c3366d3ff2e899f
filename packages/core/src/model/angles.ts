import type { Circuit } from '../circuit/circuit.ts';
import { evaluate, largestInput } from '../circuit/expression.ts';
import type { Inputs } from './model.ts';

/** How slot angles follow from parameters, and derivatives with respect to parameters from those of the slots. */
export interface AngleTable {
  /** Slot angles at θ, laid out as a Batch has them. */
  at(theta: Float64Array, inputs: Inputs): { shared: Float64Array; perPoint: Float64Array };
  /**
   * The chain rule: from ∂f/∂slot (rows × slots) to ∂f/∂θ (rows × P), times `scale`; rows are (point, output) pairs.
   */
  chain(derivatives: Float64Array, outputs: number, scale: number, inputs: Inputs): Float64Array;
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

/** Builds the table of a circuit. */
export function angleTable(circuit: Circuit): AngleTable {
  const slots = circuit.angles.length;
  const parameters = circuit.parameters.length;
  const nothing = new Float64Array(0);
  const sharedOffsets = Float64Array.from(circuit.angles.slice(0, circuit.sharedSlots), (angle) =>
    evaluate(angle.offset, nothing),
  );
  const terms = termsOf(circuit);
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
      return { shared, perPoint };
    },
    chain(derivatives, outputs, scale, inputs) {
      const { points } = inputs;
      const rows = points * outputs;
      const J = new Float64Array(rows * parameters);
      for (let row = 0; row < rows; row++) {
        const point = Math.floor(row / outputs);
        for (const { slot, parameter, factor, varying } of terms) {
          const weight = varying < 0 ? factor : inputs.factors[varying * points + point];
          J[row * parameters + parameter] += scale * weight * derivatives[row * slots + slot];
        }
      }
      return J;
    },
  };
}

function termsOf(circuit: Circuit): Term[] {
  let varying = 0;
  const nothing = new Float64Array(0);
  return circuit.angles.flatMap((angle, slot) =>
    angle.terms.map(({ parameter, factor }) => {
      const depends = largestInput(factor) >= 0;
      return {
        slot,
        parameter,
        factor: depends ? Number.NaN : evaluate(factor, nothing),
        varying: depends ? varying++ : -1,
      };
    }),
  );
}
