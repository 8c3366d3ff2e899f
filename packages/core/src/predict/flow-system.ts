import { type Jacobian, jacobian } from '../kernel/jacobian.ts';
import { checkFits, checkParameters } from '../model/checks.ts';
import { type Dataset, takeRows } from '../model/dataset.ts';
import { type LossKind, lossWeight } from '../model/loss.ts';
import { bindRows, type Model, outputs } from '../model/model.ts';

/** A network with its training problem, as an integrator sees it: rows are (point, output) pairs, training rows first. */
export interface FlowSystem {
  readonly theta0: Float64Array;
  /** Labels of the training rows. */
  readonly y: Float64Array;
  readonly trainRows: number;
  /** Number of training points. */
  readonly points: number;
  readonly loss: LossKind;
  /** w of dθ/dt = w·Jᵀr. */
  readonly weight: number;
  jacobian(theta: Float64Array): Jacobian;
  outputs(theta: Float64Array): Float64Array;
}

/** The same system where the Jacobian at θ₀ is known already, on all its rows or on more. */
export function startingWith(first: Jacobian, system: FlowSystem): FlowSystem {
  return { ...system, jacobian: (theta) => (theta === system.theta0 ? first : system.jacobian(theta)) };
}

/**
 * The flow of a model on the training rows of a data set, with its test rows beside them.
 *
 * @throws InputError where data, model and start do not fit together.
 */
export function flowSystem(model: Model, dataset: Dataset, loss: LossKind, theta0: Float64Array): FlowSystem {
  checkFits(model, dataset);
  checkParameters('theta0', theta0, model);
  const rows = Int32Array.from([...dataset.train, ...dataset.test]);
  const inputs = bindRows(model, dataset, rows);
  return {
    theta0,
    y: takeRows(dataset.y, dataset.outputs, dataset.train),
    trainRows: dataset.train.length * dataset.outputs,
    points: dataset.train.length,
    loss,
    weight: lossWeight(loss, dataset.train.length),
    jacobian: (theta) => jacobian(model, theta, inputs),
    outputs: (theta) => outputs(model, theta, inputs),
  };
}
