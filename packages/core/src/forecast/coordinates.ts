import { type Dataset, takeRows } from '../model/dataset.ts';
import type { Model } from '../model/model.ts';
import { weightsAt, withoutConstants } from '../model/readout.ts';
import type { ModelFit, ModelPoint, NetworkModel, Sample } from './process.ts';

/**
 * A network as a Gaussian process can know it: without what is linear in its parameters, and with parameters in units in
 * which they are like angles. Outputs of random circuits have the constant terms of the observables (biases, where
 * the readout is trained) as their mean, which is the process's mean.
 */
export interface Coordinates {
  /** Change of each parameter that is like one radian; infinite where the outputs are linear in it whatever the others. */
  readonly units: Float64Array;
  /** Whether all units are 1: parameters are angles. */
  readonly angles: boolean;
  /** What outputs have for their mean at θ, one number an output. */
  means(theta: Float64Array): Float64Array;
  /** Parameter that is the bias of each output, and what it is multiplied by; undefined where nothing is trained of a readout. */
  readonly biases?: { readonly parameters: readonly number[]; readonly factor: number };
}

/** Weights of a readout count as angles in units of what reaches the labels, at least 1; its biases do not count. */
export function coordinatesOf(model: Model, dataset: Dataset): Coordinates {
  const units = new Float64Array(model.parameters).fill(1);
  const { readout, scale } = model;
  if (!readout) {
    const constants = Float64Array.from(withoutConstants(model.observables).constants, (value) => scale * value);
    return { units, angles: true, means: () => constants };
  }
  const unit = Math.max(1, deviation(takeRows(dataset.y, dataset.outputs, dataset.train)) / scale);
  const first = model.circuit.parameters.length;
  const parameters: number[] = [];
  let at = first;
  for (const { count } of readout.outputs) {
    units.fill(unit, at, at + count);
    units[at + count] = Number.POSITIVE_INFINITY;
    parameters.push(at + count);
    at += count + 1;
  }
  return {
    units,
    angles: false,
    means: (theta) => weightsAt(readout, theta).biases.map((value) => scale * value),
    biases: { parameters, factor: scale },
  };
}

/** RMS deviation from the mean. */
export function deviation(y: Float64Array): number {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
}

/** θ in units of radians. */
export const inRadians = ({ units, angles }: Coordinates, theta: Float64Array): Float64Array =>
  angles ? theta : quotients(theta, units);

/** A sample as a process takes it: without the mean, and derivatives by parameters in units of radians; J itself where these are. */
export function toProcess(coordinates: Coordinates, { theta, f, J, rows, columns }: Sample): Sample {
  const { units, angles } = coordinates;
  const means = coordinates.means(theta);
  return {
    theta: inRadians(coordinates, theta),
    f: lessMeans(f, means),
    J: angles ? J : J.map((value, k) => (Number.isFinite(units[k % columns]) ? value * units[k % columns] : 0)),
    rows,
    columns,
  };
}

/** The network's model from that of a process: f̂ and Ĵᵀv at θ in its own units. */
export function fromProcess(
  coordinates: Coordinates,
  process: Pick<NetworkModel, 'at'>,
  theta: Float64Array,
): Pick<ModelPoint, 'f' | 'vectorJacobian'> {
  const { units, angles, biases } = coordinates;
  const point = process.at(inRadians(coordinates, theta));
  const means = coordinates.means(theta);
  return {
    f: point.f.map((value, row) => value + means[row % means.length]),
    vectorJacobian(v) {
      const product = angles ? point.vectorJacobian(v) : quotients(point.vectorJacobian(v), units);
      addBiases(biases, product, v);
      return product;
    },
  };
}

/** The same of a fit: y − f̂ and Ĵᵀ·(y − f̂) in the network's own units. */
export function fitFromProcess(
  coordinates: Coordinates,
  process: Pick<NetworkModel, 'fit'>,
  theta: Float64Array,
  y: Float64Array,
): ModelFit {
  const { units, angles, biases } = coordinates;
  const means = coordinates.means(theta);
  const found = process.fit(inRadians(coordinates, theta), lessMeans(y, means));
  if (angles) return found;
  const product = quotients(found.product, units);
  addBiases(biases, product, found.residual);
  return { residual: found.residual, product };
}

/** What values have beyond the means of their outputs. */
function lessMeans(values: Float64Array, means: Float64Array): Float64Array {
  if (means.every((mean) => mean === 0)) return values;
  const out = new Float64Array(values.length);
  for (let row = 0; row < out.length; row++) out[row] = values[row] - means[row % means.length];
  return out;
}

function quotients(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i] / b[i];
  return out;
}

/** Adds to Ĵᵀ·v what the biases have of v. */
function addBiases(biases: Coordinates['biases'], product: Float64Array, v: Float64Array): void {
  biases?.parameters.forEach((parameter, output) => {
    for (let row = output; row < v.length; row += biases.parameters.length)
      product[parameter] += biases.factor * v[row];
  });
}

/** Largest |a_i − b_i| in units of radians. */
export function largestChange({ units }: Coordinates, a: Float64Array, b: Float64Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]) / units[i]);
  return most;
}
