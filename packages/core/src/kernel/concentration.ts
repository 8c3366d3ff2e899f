import { rotationOfSlot } from '../circuit/circuit.ts';
import { InputError } from '../errors.ts';
import type { Inputs, Model } from '../model/model.ts';
import { counted } from '../wording.ts';
import { circuitsPerPoint } from './hardware.ts';
import type { Jacobian } from './jacobian.ts';
import { shiftRule } from './shift-rule.ts';

/** How much the entries of a tangent kernel differ from one another, and what it takes to see that on hardware. */
export interface KernelConcentration {
  /** Mean and standard deviation of K_ij over all pairs i < j of rows. */
  readonly mean: number;
  readonly deviation: number;
  /** The deviation over the mean of K_ii; null where K is 0. */
  readonly relative: number | null;
  /** Shots of each circuit from which on the noise of K_ij is no more than the deviation; null where no number is enough, or the readout is trained. */
  readonly shots: number | null;
  /** Circuits times shots of all points; null as before. */
  readonly allShots: number | null;
}

/**
 * Concentration of a kernel K = JJᵀ over the data, and shots to resolve it by the parameter-shift rule (docs/predictors.md).
 *
 * A shot of an output has a variance of at most h², h half of its range. With S shots a circuit J_ik is known with the variance v_ik = (h²/S)·Σ
 * (∂angle/∂θ_k)²·2Σ weight² over its gates and their shifts, and an entry of K = JJᵀ with Σ_k J_ik²v_jk + J_jk²v_ik + v_ik·v_jk: S is
 * where that, in the mean over pairs, is the variance of K_ij over the data.
 *
 * @param at - its Jacobian at θ on the points of `inputs`.
 * @throws InputError where there are fewer than two rows, or another number than of these inputs.
 */
export function kernelConcentration(
  model: Model,
  theta: Float64Array,
  inputs: Inputs,
  at: Jacobian,
): KernelConcentration {
  const { rows, columns, J } = at;
  if (rows !== inputs.points * model.outputs || columns !== model.parameters)
    throw new InputError({
      where: 'J',
      found: `${rows} × ${columns}`,
      expected: `${inputs.points * model.outputs} × ${model.parameters}, as model and inputs have it`,
    });
  if (rows < 2) throw new InputError({ where: 'J', found: counted(rows, 'row'), expected: 'at least 2' });
  const { mean, deviation, diagonal } = entries(at);
  const spread = { mean, deviation, relative: diagonal > 0 ? deviation / diagonal : null };
  if (model.ranges === null || !(deviation > 1e-12 * diagonal)) return { ...spread, shots: null, allShots: null };
  const noise = unitNoise(model, theta, inputs);
  // Over all pairs i ≠ j: Σ_ij a_ik·b_jk = Σ_i a_ik · Σ_j b_jk − Σ_i a_ik·b_ik.
  let [linear, square] = [0, 0];
  for (let k = 0; k < columns; k++) {
    let [signal, variance, both, squared] = [0, 0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const [s, v] = [J[i * columns + k] ** 2, noise[i * columns + k]];
      signal += s;
      variance += v;
      both += s * v;
      squared += v * v;
    }
    linear += 2 * (signal * variance - both);
    square += variance ** 2 - squared;
  }
  const pairs = rows * (rows - 1);
  const [a, b, wanted] = [linear / pairs, square / pairs, deviation ** 2];
  const shots = Math.ceil((a + Math.sqrt(a * a + 4 * b * wanted)) / (2 * wanted));
  return { ...spread, shots, allShots: shots * circuitsPerPoint(model) * inputs.points };
}

function entries({ rows, columns, J }: Jacobian) {
  let [sum, squares, diagonal] = [0, 0, 0];
  for (let i = 0; i < rows; i++)
    for (let j = i; j < rows; j++) {
      let value = 0;
      for (let k = 0; k < columns; k++) value += J[i * columns + k] * J[j * columns + k];
      if (i === j) diagonal += value;
      else {
        sum += value;
        squares += value * value;
      }
    }
  const pairs = (rows * (rows - 1)) / 2;
  const mean = sum / pairs;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / pairs - mean * mean)), diagonal: diagonal / rows };
}

/** Variance of every entry of J at one shot a circuit, at most. */
function unitNoise({ circuit, angles, outputs, ranges }: Model, theta: Float64Array, inputs: Inputs): Float64Array {
  const slots = circuit.angles.length;
  const rows = inputs.points * outputs;
  const noise = new Float64Array(rows * circuit.parameters.length);
  for (let slot = 0; slot < slots; slot++) {
    if (!circuit.trainable[slot]) continue;
    const rule = shiftRule(rotationOfSlot(circuit, slot).spectrum);
    const factor = 2 * rule.reduce((sum, { weight }) => sum + weight * weight, 0);
    // The chain rule of this slot alone: ∂angle/∂θ.
    const one = new Float64Array(rows * slots);
    for (let row = 0; row < rows; row++) one[row * slots + slot] = 1;
    const slopes = angles.chain(one, theta, outputs, 1, inputs);
    slopes.forEach((slope, i) => {
      const { low, high } = ranges![Math.floor(i / circuit.parameters.length) % outputs];
      noise[i] += factor * slope * slope * ((high - low) / 2) ** 2;
    });
  }
  return noise;
}
