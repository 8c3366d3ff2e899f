import { batchAt, type Inputs, type Model } from '../model/model.ts';
import { finalState } from '../simulate/reference.ts';

/** States |ψ(x, θ)⟩ before any readout, a point after the other, 2ⁿ amplitudes each, interleaved: points × 2·2ⁿ. */
export function statesAt(model: Model, theta: Float64Array, inputs: Inputs): Float64Array {
  const batch = batchAt(model, theta, inputs);
  const size = 2 * 2 ** model.circuit.qubits;
  const states = new Float64Array(inputs.points * size);
  for (let point = 0; point < inputs.points; point++) states.set(finalState(model.circuit, batch, point), point * size);
  return states;
}

/** |⟨a|b⟩|² of two states, interleaved. */
export function fidelity(a: Float64Array, b: Float64Array): number {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.length; i += 2) {
    re += a[i] * b[i] + a[i + 1] * b[i + 1];
    im += a[i] * b[i + 1] - a[i + 1] * b[i];
  }
  return re * re + im * im;
}
