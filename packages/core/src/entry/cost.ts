/**
 * What work takes before it is begun: operations and memory of each command, and seconds.
 *
 * @module
 */
export { type CompareWork, commandCosts, type DiagnoseWork, type PredictWork } from '../cost/commands.ts';
export { type Cost, secondsFor } from '../cost/cost.ts';
export { type PointCounts, type Sizes, sizesOf } from '../cost/pieces.ts';
