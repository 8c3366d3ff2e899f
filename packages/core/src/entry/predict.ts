/**
 * Forecasts: a frozen kernel at any time in closed form, and the gradient flow itself with few Jacobians.
 *
 * @module
 */
export { type Flow, type FlowOptions, type FlowProgress, followFlow, followingFlow } from '../predict/flow.ts';
export { type FlowSystem, flowSystem } from '../predict/flow-system.ts';
export { descentLaw, flowLaw, type Law, limitLaw, rateLimit } from '../predict/law.ts';
export {
  type LinearData,
  type LinearModel,
  linearFromJacobian,
  linearFromKernel,
  linearTrajectory,
  lossAt,
  negativeEigenvalue,
  type Outputs,
  outputsAt,
  residualLoss,
  type Time,
  timeOfLoss,
} from '../predict/linear.ts';
export {
  checkEndPoint,
  type EndPointCheck,
  type LossDeviation,
  lossDeviation,
  reducedLoss,
} from '../predict/linearisation.ts';
export {
  type PredictedRate,
  type Prediction,
  type PredictionScores,
  type PredictOptions,
  predict,
  type StepForecast,
} from '../predict/prediction.ts';
