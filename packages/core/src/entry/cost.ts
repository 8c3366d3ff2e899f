/**
 * What work takes before it is begun: operations and memory of each command, and seconds.
 *
 * @module
 */
export {
  type CompareWork,
  cheaperBasis,
  commandCosts,
  type DiagnoseWork,
  type ForecastBasis,
  type PredictWork,
  type TrainWork,
} from '../cost/commands.ts';
export { type Cost, secondsFor } from '../cost/cost.ts';
export { type PointCounts, type Sizes, sizesOf } from '../cost/pieces.ts';
