import { rotationOfSlot } from '../circuit/circuit.ts';
import { InputError } from '../errors.ts';
import { batchAt, fromExpectations, type Inputs, type Model, outputs } from '../model/model.ts';
import { productsAt, withReadoutColumns } from '../model/readout.ts';
import type { Batch, SlotJacobian } from '../simulate/engine.ts';
import { counted } from '../wording.ts';
import { shiftRule } from './shift-rule.ts';

/** Outputs and their derivatives at one θ; rows are (point, output) pairs, the output running fastest. */
export interface Jacobian {
  readonly rows: number;
  readonly columns: number;
  /** Outputs, length rows. */
  readonly f: Float64Array;
  /** ∂f/∂θ, rows × columns, readout scale included. */
  readonly J: Float64Array;
}

/** A view of some rows of a Jacobian. */
export function rowsOf({ columns, f, J }: Jacobian, from: number, to: number): Jacobian {
  return { rows: to - from, columns, f: f.subarray(from, to), J: J.subarray(from * columns, to * columns) };
}

/** Jacobian of a model's outputs with respect to its parameters. */
export type JacobianMethod = (model: Model, theta: Float64Array, inputs: Inputs) => Jacobian;

/** Derivatives by slot that are held at once: 8 MiB. Of many points they would take more memory than J itself. */
const mostDerivatives = 2 ** 20;

/** Numbers that a Jacobian may have: 1 GiB. */
const mostNumbers = 2 ** 27;

/** @throws InputError where a Jacobian of all outputs on so many points would not fit into memory. */
export function checkJacobian({ outputs, parameters }: Pick<Model, 'outputs' | 'parameters'>, points: number): void {
  const numbers = points * outputs * parameters;
  if (numbers > mostNumbers)
    throw new InputError({
      where: 'data',
      found: `${counted(points, 'point')} × ${counted(outputs, 'output')} × ${counted(parameters, 'parameter')}, a Jacobian of ${(numbers / mostNumbers).toFixed(1)} GiB`,
      expected: 'at most 1 GiB',
      advice: 'take fewer points or layers',
    });
}

/** By adjoint differentiation: exact, about three circuit passes whatever the number of parameters. */
export const jacobian: JacobianMethod = (model, theta, inputs) => {
  const size = Math.max(1, Math.floor(mostDerivatives / (model.outputs * model.circuit.angles.length)));
  if (inputs.points <= size) return byAdjoint(model, theta, inputs);
  checkJacobian(model, inputs.points);
  const rows = inputs.points * model.outputs;
  const f = new Float64Array(rows);
  const J = new Float64Array(rows * model.parameters);
  for (let first = 0; first < inputs.points; first += size) {
    const block = byAdjoint(model, theta, pointsOf(inputs, first, Math.min(size, inputs.points - first)));
    f.set(block.f, first * model.outputs);
    J.set(block.J, first * model.outputs * model.parameters);
  }
  return { rows, columns: model.parameters, f, J };
};

const byAdjoint: JacobianMethod = (model, theta, inputs) => {
  const batch = batchAt(model, theta, inputs);
  const { values, derivatives } = model.simulator.jacobian(batch);
  return fromSlots(model, theta, { values, derivatives }, batch, inputs);
};

/** Some consecutive points of prepared ones. */
function pointsOf({ points, offsets, factors, amplitudes, X }: Inputs, first: number, count: number): Inputs {
  const columns = (values: Float64Array) => {
    const part = new Float64Array((values.length / points) * count);
    for (let row = 0; row * count < part.length; row++)
      part.set(values.subarray(row * points + first, row * points + first + count), row * count);
    return part;
  };
  const rows = (values: Float64Array) => {
    const width = values.length / points;
    return values.subarray(first * width, (first + count) * width);
  };
  return {
    points: count,
    offsets: columns(offsets),
    factors: columns(factors),
    X: rows(X),
    ...(amplitudes && { amplitudes: rows(amplitudes) }),
  };
}

/** By the general parameter-shift rule: exact, from expectation values alone, as a quantum computer would. */
const byShift: JacobianMethod = (model, theta, inputs) => {
  const batch = batchAt(model, theta, inputs);
  const slots = model.circuit.angles.length;
  const values = model.simulator.expectations(batch);
  const derivatives = new Float64Array(values.length * slots);
  for (let slot = 0; slot < slots; slot++) {
    if (!model.circuit.trainable[slot]) continue;
    for (const { shift, weight } of shiftRule(rotationOfSlot(model.circuit, slot).spectrum)) {
      const plus = model.simulator.expectations(shifted(batch, model, slot, shift));
      const minus = model.simulator.expectations(shifted(batch, model, slot, -shift));
      for (let row = 0; row < plus.length; row++) derivatives[row * slots + slot] += weight * (plus[row] - minus[row]);
    }
  }
  return fromSlots(model, theta, { values, derivatives }, batch, inputs);
};

/** By central differences in θ with a step of ε^⅓: right to about 1e-10, knows nothing of circuits. */
const byDifference: JacobianMethod = (model, theta, inputs) => {
  const step = Math.cbrt(Number.EPSILON);
  const f = outputs(model, theta, inputs);
  const J = new Float64Array(f.length * theta.length);
  for (let k = 0; k < theta.length; k++) {
    const moved = theta.slice();
    moved[k] = theta[k] + step;
    const plus = outputs(model, moved, inputs);
    moved[k] = theta[k] - step;
    const minus = outputs(model, moved, inputs);
    for (let row = 0; row < f.length; row++) J[row * theta.length + k] = (plus[row] - minus[row]) / (2 * step);
  }
  return { rows: f.length, columns: theta.length, f, J };
};

/** Three independent ways to the same derivative; the tests hold them against each other. */
export const jacobianMethods = { adjoint: jacobian, shift: byShift, difference: byDifference } as const;

function fromSlots(
  model: Model,
  theta: Float64Array,
  { values, derivatives }: SlotJacobian,
  batch: Batch,
  inputs: Inputs,
): Jacobian {
  const { readout, scale, circuit } = model;
  const ofCircuit = model.angles.chain(derivatives, theta, model.outputs, scale, inputs);
  const J = readout
    ? withReadoutColumns(readout, ofCircuit, circuit.parameters.length, productsAt(readout, batch), scale)
    : ofCircuit;
  return { rows: values.length, columns: model.parameters, f: fromExpectations(model, theta, values), J };
}

function shifted(batch: Batch, model: Model, slot: number, shift: number): Batch {
  const pointSlot = slot - model.circuit.sharedSlots;
  if (pointSlot < 0) {
    const shared = batch.shared.slice();
    shared[slot] += shift;
    return { ...batch, shared };
  }
  const perPoint = batch.perPoint.slice();
  for (let i = 0; i < batch.points; i++) perPoint[pointSlot * batch.points + i] += shift;
  return { ...batch, perPoint };
}
