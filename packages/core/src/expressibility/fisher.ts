import { gateAt, wiresAt } from '../circuit/circuit.ts';
import { InputError } from '../errors.ts';
import { spectrumOfJacobian } from '../kernel/spectrum.ts';
import { batchAt, type Inputs, type Model } from '../model/model.ts';
import type { Batch } from '../simulate/engine.ts';
import { applyMatrix, matrixAt } from '../simulate/reference.ts';

/** The quantum Fisher information of a circuit's states at one θ. */
export interface QuantumFisher {
  /** Eigenvalues of its mean over the points, descending; those of min(P, points·2·2ⁿ). */
  readonly values: Float64Array;
  /** How many of them are not rounding: directions of θ in which any of the states moves. */
  readonly rank: number;
}

/**
 * Quantum Fisher information F_ij = 4 Re(⟨∂_iψ|∂_jψ⟩ − ⟨∂_iψ|ψ⟩⟨ψ|∂_jψ⟩) of the P parameters of the circuit, its mean over the data
 * points: four times the metric of Stokes et al. 2020. Its rank (Haug et al. 2021) is at most P, at most 2(2ⁿ − 1) of one point, and bounds that of
 * every tangent kernel of this circuit, whatever is read out.
 *
 * From the derivatives of the states themselves, whose singular values tell a zero from rounding to about 10⁻¹³ of the largest.
 *
 * @throws InputError where there is no point or no parameter, or the derivatives would not fit into memory.
 */
export function quantumFisher(model: Model, theta: Float64Array, inputs: Inputs): QuantumFisher {
  const { circuit } = model;
  const { points } = inputs;
  const parameters = circuit.parameters.length;
  const size = 2 * 2 ** circuit.qubits;
  if (points === 0) throw new InputError({ where: 'inputs', found: 'no point', expected: 'at least one' });
  if (parameters === 0)
    throw new InputError({ where: 'model', found: 'no parameter of the circuit', expected: 'at least one' });
  checkMemory(points * size * circuit.angles.length);
  const batch = batchAt(model, theta, inputs);
  const derivatives = new Float64Array(points * size * circuit.angles.length);
  for (let point = 0; point < points; point++) horizontalDerivatives(model, batch, point, derivatives);
  const J = model.angles.chain(derivatives, theta, size, 1, inputs);
  const { values, rank } = spectrumOfJacobian(J, points * size, parameters);
  return { values: values.map((value) => (4 * value) / points), rank };
}

/** Numbers that the derivatives may take: 512 MiB. */
const mostNumbers = 2 ** 26;

function checkMemory(numbers: number): void {
  if (numbers > mostNumbers)
    throw new InputError({
      where: 'inputs',
      found: `derivatives of ${(numbers / 2 ** 27).toFixed(1)} GiB`,
      expected: 'at most 0.5 GiB',
      advice: 'take fewer points',
    });
}

/**
 * ∂ψ/∂slot without its part along iψ, the change of phase that nothing can measure; a row for each real and imaginary part of a point's
 * amplitudes, a column for each slot. The state and the derivatives so far pass every gate together.
 */
function horizontalDerivatives({ circuit }: Model, batch: Batch, point: number, into: Float64Array): void {
  const size = 2 * 2 ** circuit.qubits;
  const slots = circuit.angles.length;
  // The state, then a derivative for each trainable gate.
  const all = new Float64Array(size * (1 + circuit.gate.length));
  const slotOf: number[] = [];
  if (batch.amplitudes) all.set(batch.amplitudes.subarray(point * size, (point + 1) * size));
  else all[0] = 1;
  for (let g = 0; g < circuit.gate.length; g++) {
    const gate = gateAt(circuit, g);
    const wires = wiresAt(circuit, g);
    applyMatrix(all.subarray(0, size * (1 + slotOf.length)), matrixAt(circuit, g, batch, point), wires);
    const slot = circuit.slot[g];
    if (gate.kind !== 'rotation' || slot < 0 || !circuit.trainable[slot]) continue;
    slotOf.push(slot);
    const derivative = all.subarray(size * slotOf.length, size * (slotOf.length + 1));
    derivative.set(all.subarray(0, size));
    // −iG: the gate commutes with its generator.
    applyMatrix(derivative, gate.generator, wires);
    for (let i = 0; i < size; i += 2) {
      const re = derivative[i];
      derivative[i] = derivative[i + 1];
      derivative[i + 1] = -re;
    }
  }
  const psi = all.subarray(0, size);
  slotOf.forEach((slot, k) => {
    const derivative = all.subarray(size * (k + 1), size * (k + 2));
    let phase = 0;
    for (let i = 0; i < size; i += 2) phase += psi[i] * derivative[i + 1] - psi[i + 1] * derivative[i];
    for (let i = 0; i < size; i += 2) {
      into[(point * size + i) * slots + slot] += derivative[i] + phase * psi[i + 1];
      into[(point * size + i + 1) * slots + slot] += derivative[i + 1] - phase * psi[i];
    }
  });
}
