/**
 * Networks of many parameters: dense networks of any dimension, their limit p → ∞, and the regimes of convergence.
 *
 * @module
 */

export type { DenseCircuit, DenseJacobian, DenseSimulator } from '../dynamics/dense/dense.ts';
export {
  type InputStates,
  independentInputs,
  mixedInputs,
  orthogonalInputs,
  pureInputs,
} from '../dynamics/finite/input-states.ts';
export type { KernelParts } from '../dynamics/finite/kernel-parts.ts';
export { largestGap, limitOf } from '../dynamics/finite/limit-of-network.ts';
export {
  type DenseNetwork,
  defaultLabels,
  type GeneralSetting,
  type Generator,
  generalNetwork,
  initialAngles,
  type NetworkJacobian,
  networkJacobian,
  type PeriodicSetting,
  periodicNetwork,
} from '../dynamics/finite/network.ts';
export { type FiniteProblem, type FiniteRun, finiteDescent, finiteFlow } from '../dynamics/finite/run.ts';
export { meanKernel, type Tilt, terminalRate, tiltTo, timeToOutput } from '../dynamics/limit/closed-forms.ts';
export {
  type LimitInputs,
  type LimitProblem,
  limitProblem,
  mixtures,
  orthonormalInputs,
  overlappingInputs,
} from '../dynamics/limit/problem.ts';
export { followLimit, type LimitRun, limitFollower, limitTimes } from '../dynamics/limit/run.ts';
export { haarState, type LimitState } from '../dynamics/limit/state.ts';
export { type Eigenspace, type Readout, readoutFrom, readoutOf } from '../dynamics/readout.ts';
export { type Decay, type Estimate, fitDecay } from '../dynamics/regime/decay.ts';
export { type PowerLaw, powerLaw } from '../dynamics/regime/power-law.ts';
export { closestOutputs, regimeOfSpectrum } from '../dynamics/regime/range.ts';
export { conservedCharge, type Regime, type RegimeOfLabels, regimeOfRanges } from '../dynamics/regime/regime.ts';
