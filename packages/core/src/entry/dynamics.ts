/**
 * Networks of many parameters: dense networks of any dimension, their limit p → ∞, and the regimes of convergence.
 *
 * @module
 */

export { type DenseCircuit, type DenseJacobian, type DenseSimulator, generatorOf } from '../dynamics/dense/dense.ts';
export { type AsymptoticSetting, asymptoticSeed, asymptoticSetting } from '../dynamics/ensemble/asymptotic.ts';
export { boundsOf, boundsSetting, type SeedBounds, type Slope } from '../dynamics/ensemble/bounds.ts';
export { type BoundsDocument, joiningBounds } from '../dynamics/ensemble/bounds-document.ts';
export { type ClosedPoint, closedForm } from '../dynamics/ensemble/closed-form.ts';
export {
  type Band,
  type EnsembleCurves,
  type EnsembleDocument,
  ensembleDocument,
} from '../dynamics/ensemble/document.ts';
export {
  type FiniteOptions,
  type FiniteSetting,
  finiteBytes,
  finiteSeed,
  finiteSetting,
  finiteTimes,
} from '../dynamics/ensemble/finite.ts';
export { type DynamicsProblem, type ProblemOptions, problemOf } from '../dynamics/ensemble/problem.ts';
export { type Curves, type SeedRecord, type SeedRun, seedRun, summaryOf } from '../dynamics/ensemble/run.ts';
export { type Statistics, statistics } from '../dynamics/ensemble/statistics.ts';
export { timesTo } from '../dynamics/ensemble/times.ts';
export { type HeisenbergPicture, heisenberg } from '../dynamics/finite/heisenberg.ts';
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
export {
  type FiniteProblem,
  type FiniteRun,
  finiteDescending,
  finiteDescent,
  finiteFlow,
  finiteFlowing,
} from '../dynamics/finite/run.ts';
export { meanKernel, type Tilt, terminalRate, tiltTo, timeToOutput } from '../dynamics/limit/closed-forms.ts';
export {
  type LimitInputs,
  type LimitProblem,
  limitProblem,
  mixtures,
  orthonormalInputs,
  overlappingInputs,
} from '../dynamics/limit/problem.ts';
export { followLimit, type LimitRun, limitFollower, limitFollowing, limitTimes } from '../dynamics/limit/run.ts';
export { haarState, type LimitState } from '../dynamics/limit/state.ts';
export { type Eigenspace, type Readout, readoutFrom, readoutOf } from '../dynamics/readout.ts';
export { type Decay, type Estimate, fitDecay } from '../dynamics/regime/decay.ts';
export {
  type RegimeDocument,
  type RegimeOptions,
  type RegimeProblem,
  regimeDocument,
  regimeProblem,
  regimeSeed,
} from '../dynamics/regime/of-model.ts';
export { type PowerLaw, powerLaw } from '../dynamics/regime/power-law.ts';
export { closestOutputs, regimeOfSpectrum } from '../dynamics/regime/range.ts';
export { conservedCharge, type Regime, type RegimeOfLabels, regimeOfRanges } from '../dynamics/regime/regime.ts';
export type { LossCurve } from '../dynamics/theorems/curve.ts';
export {
  type ExponentialBound,
  exponentialUpperBound,
  type KernelCurve,
  perturbationNorm,
} from '../dynamics/theorems/exponential-upper-bound.ts';
export {
  type MinimaMeasure,
  type MinimaSetting,
  minimaMeasures,
  sampleMinima,
} from '../dynamics/theorems/global-minima.ts';
export { leastEigenvalueAtMinima, type MinimaRates, minimumKernel } from '../dynamics/theorems/minima-eigenvalue.ts';
export { type OneSampleRate, type OneSampleRun, oneSampleRate } from '../dynamics/theorems/one-sample-rate.ts';
export { decayRates } from '../dynamics/theorems/rates.ts';
export {
  type SublinearBound,
  type SublinearSlopes,
  sublinearLowerBound,
  sublinearSlopeOfLimit,
  sublinearSlopes,
} from '../dynamics/theorems/sublinear-lower-bound.ts';
