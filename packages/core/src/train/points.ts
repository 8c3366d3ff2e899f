import { type Dataset, takeRows } from '../model/dataset.ts';
import { bind, type Inputs, type Model, outputs } from '../model/model.ts';
import { takePoints } from '../model/take-points.ts';

/** Data points prepared for a model, in blocks whose Jacobian and states fit in memory. */
export interface Points {
  readonly count: number;
  readonly blocks: readonly Block[];
}

/** Consecutive points: their inputs and labels (points × outputs). */
export interface Block {
  readonly inputs: Inputs;
  readonly y: Float64Array;
}

/** Doubles one block may take for its states and Jacobian: 64 MiB. */
const blockBudget = 2 ** 23;

/** Prepares the given rows of a data set. */
export function preparePoints(model: Model, dataset: Dataset, rows: Int32Array): Points {
  return inBlocks(model, rows, (some) => ({
    inputs: bind(model, takeRows(dataset.X, model.inputs, some), some),
    y: takeRows(dataset.y, model.outputs, some),
  }));
}

/** Prepares the given rows once; what it returns takes some of them, by their positions among `rows`. */
export function preparedOnce(model: Model, dataset: Dataset, rows: Int32Array): (positions: Int32Array) => Points {
  const inputs = bind(model, takeRows(dataset.X, model.inputs, rows), rows);
  const y = takeRows(dataset.y, model.outputs, rows);
  return (positions) =>
    inBlocks(model, positions, (some) => ({
      inputs: takePoints(inputs, some),
      y: takeRows(y, model.outputs, some),
    }));
}

function inBlocks(model: Model, points: Int32Array, blockOf: (some: Int32Array) => Block): Points {
  const size = blockSize(model);
  const blocks: Block[] = [];
  for (let first = 0; first < points.length; first += size) blocks.push(blockOf(points.subarray(first, first + size)));
  return { count: points.length, blocks };
}

/** Outputs of all points at θ: points × outputs. */
export function outputsOf(model: Model, theta: Float64Array, points: Points): Float64Array {
  const values = new Float64Array(points.count * model.outputs);
  let at = 0;
  for (const { inputs } of points.blocks) {
    const part = outputs(model, theta, inputs);
    values.set(part, at);
    at += part.length;
  }
  return values;
}

/** Points that adjoint differentiation can take at once: a state, its partner for each output, and the derivatives. */
function blockSize(model: Model): number {
  const states = 2 * 2 ** model.circuit.qubits * (2 + model.outputs);
  const derivatives = model.outputs * model.circuit.angles.length;
  return Math.max(1, Math.floor(blockBudget / (states + derivatives)));
}
