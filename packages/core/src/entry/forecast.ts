/**
 * What training will come to, before it is done: what is impossible, certified, and the optimiser's own path on a model of the
 * network.
 *
 * @module
 */
export { type CertifiedLimit, certifiedLimit } from '../certificate/limit.ts';
export {
  accuracyAround,
  decisionMargins,
  type Following,
  type ForecastInterval,
  intervalAround,
  notKnown,
  type PathIntervals,
  type PathLabels,
  pathIntervals,
  r2Interval,
  trainErrorAround,
  trainErrorNotKnown,
} from '../forecast/interval.ts';
export {
  type ForecastPath,
  forecastPath,
  type PathEvent,
  type PathOptions,
  type PathRecord,
} from '../forecast/path.ts';
export {
  type ModelFit,
  type ModelPoint,
  type NetworkModel,
  type ProcessOptions,
  processThrough,
  type Sample,
} from '../forecast/process.ts';
