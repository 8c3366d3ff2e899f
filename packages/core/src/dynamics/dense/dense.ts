import type { Complex } from '../../linalg/complex.ts';

/**
 * A circuit of dense unitaries in any dimension d, You et al.'s ansatz: U_p·e^{−iθ_p H_p}·…·U_1·e^{−iθ_1 H_1} (no half
 * angle) with diagonal H_l, one for all layers (periodic) or one a layer, and a diagonal readout M₀, γ included. A U₀
 * belongs to the starting states.
 */
export interface DenseCircuit {
  /** d. */
  readonly dimension: number;
  /** U_1 … U_p, d × d each. */
  readonly unitaries: readonly Complex[];
  /** Diagonal of the H of all layers, length d; or of every layer's own, p × d. */
  readonly generator: Float64Array;
  /** Diagonal of M₀, length d. */
  readonly readout: Float64Array;
}

/** Outputs ŷ_j = ⟨ψ_j|M₀|ψ_j⟩ of the m starting states, and J = ∂ŷ/∂θ (m × p). */
export interface DenseJacobian {
  readonly f: Float64Array;
  readonly J: Float64Array;
}

/** A circuit prepared for m starting states. */
export interface DenseSimulator {
  outputs(theta: Float64Array): Float64Array;
  /** The states behind the last layer, m × 2d. */
  states(theta: Float64Array): Float64Array;
  /** By adjoint differentiation; ∇L = −w·Jᵀr follows at no cost worth mentioning. */
  jacobian(theta: Float64Array): DenseJacobian;
}

/** One way to simulate dense circuits. `states`: m × 2d, each state's amplitudes interleaved. */
export interface DenseEngine {
  readonly name: string;
  prepare(circuit: DenseCircuit, states: Float64Array): DenseSimulator;
}

/** Whether every layer has a generator of its own. */
export const generatorPerLayer = ({ dimension, unitaries, generator }: DenseCircuit): boolean =>
  generator.length === unitaries.length * dimension && unitaries.length > 1;

/** Diagonal of layer l's generator, length d. */
export function generatorOf(circuit: DenseCircuit, l: number): Float64Array {
  const { dimension, generator } = circuit;
  return generatorPerLayer(circuit) ? generator.subarray(l * dimension, (l + 1) * dimension) : generator;
}
