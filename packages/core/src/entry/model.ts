/**
 * Models: a circuit joined with its readouts, from parts or from a SPEC; data sets, losses and scores.
 *
 * @module
 */
export { type Allocator, type Ansatz, allocator } from '../ansatze/ansatz.ts';
export { ansatze } from '../ansatze/index.ts';
export type { Encoding, EncodingRecord } from '../encodings/encoding.ts';
export { encodings } from '../encodings/index.ts';
export type { AngleTable } from '../model/angles.ts';
export { buildModel, type Given } from '../model/build.ts';
export { checkDataset, checkFits, checkOutputs } from '../model/checks.ts';
export { type Dataset, takeRows } from '../model/dataset.ts';
export { type Distribution, initialTheta } from '../model/initial.ts';
export { inLabelUnits, labelUnitsOf } from '../model/label-units.ts';
export { type LossKind, lossKinds, lossOf, lossWeight, residual } from '../model/loss.ts';
export {
  bind,
  createModel,
  type Inputs,
  type Model,
  type ModelOptions,
  outputs,
} from '../model/model.ts';
export type { Components, FittedRange, LabelUnits, Preparation } from '../model/preparation.ts';
export type { TrainableReadout } from '../model/readout.ts';
export { type ModelSpec, modelSchema, type NamedModelInput, type NamedModelSpec } from '../model/schema.ts';
export {
  accuracy,
  type Decision,
  decided,
  decisionOf,
  type LabelScores,
  mse,
  r2,
  type Score,
} from '../model/scores.ts';
export type { Trajectory } from '../model/trajectory.ts';
