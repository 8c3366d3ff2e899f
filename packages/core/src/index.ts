export { type CircuitFacts, circuitFacts } from './circuit/facts.ts';
export type { Range } from './circuit/range.ts';
export { datasetFromTable } from './data/from-table.ts';
export { generateTable } from './data/generate.ts';
export type { DataSpec } from './data/schema.ts';
export type { Table } from './data/table.ts';
export { cautionsOf } from './diagnose/cautions.ts';
export { diagnose } from './diagnose/diagnose.ts';
export type * from './diagnose/diagnosis.ts';
export type { DiagnoseOptions } from './diagnose/options.ts';
export { drawSvg } from './drawing/svg.ts';
export { drawText } from './drawing/text.ts';
export {
  type InputStates,
  independentInputs,
  mixedInputs,
  orthogonalInputs,
  pureInputs,
} from './dynamics/finite/input-states.ts';
export { largestGap, limitOf } from './dynamics/finite/limit-of-network.ts';
export {
  type DenseNetwork,
  defaultLabels,
  generalNetwork,
  initialAngles,
  networkJacobian,
  periodicNetwork,
} from './dynamics/finite/network.ts';
export { type FiniteProblem, type FiniteRun, finiteDescent, finiteFlow } from './dynamics/finite/run.ts';
export { meanKernel, type Tilt, terminalRate, tiltTo, timeToOutput } from './dynamics/limit/closed-forms.ts';
export {
  type LimitInputs,
  type LimitProblem,
  limitProblem,
  mixtures,
  orthonormalInputs,
  overlappingInputs,
} from './dynamics/limit/problem.ts';
export { followLimit, type LimitRun, limitFollower, limitTimes } from './dynamics/limit/run.ts';
export { haarState, type LimitState } from './dynamics/limit/state.ts';
export { type Eigenspace, type Readout, readoutFrom, readoutOf } from './dynamics/readout.ts';
export { type Decay, type Estimate, fitDecay } from './dynamics/regime/decay.ts';
export { type PowerLaw, powerLaw } from './dynamics/regime/power-law.ts';
export { closestOutputs, regimeOfSpectrum } from './dynamics/regime/range.ts';
export { conservedCharge, type Regime, type RegimeOfLabels, regimeOfRanges } from './dynamics/regime/regime.ts';
export { commutatorKernel } from './dynamics/theorems/commutator-kernel.ts';
export { exponentialUpperBound, perturbationNorm } from './dynamics/theorems/exponential-upper-bound.ts';
export { type MinimaMeasure, minimaMeasures, sampleMinima } from './dynamics/theorems/global-minima.ts';
export { lemmaB2 } from './dynamics/theorems/lemma-b-2.ts';
export { lemmaB3 } from './dynamics/theorems/lemma-b-3.ts';
export { lemmaB4 } from './dynamics/theorems/lemma-b-4.ts';
export { leastEigenvalueAtMinima } from './dynamics/theorems/minima-eigenvalue.ts';
export { oneSampleRate } from './dynamics/theorems/one-sample-rate.ts';
export { decayRates } from './dynamics/theorems/rates.ts';
export {
  sublinearLowerBound,
  sublinearSlopeOfLimit,
  sublinearSlopes,
} from './dynamics/theorems/sublinear-lower-bound.ts';
export { InputError, type InputProblem } from './errors.ts';
export { kernelChange } from './kernel/change.ts';
export { type Jacobian, jacobian } from './kernel/jacobian.ts';
export { type Spectrum, spectrumOfJacobian, spectrumOfKernel } from './kernel/spectrum.ts';
export { gram, norm } from './linalg/matrix.ts';
export { isComputable } from './magnitude.ts';
export { buildModel } from './model/build.ts';
export { type Dataset, takeRows } from './model/dataset.ts';
export { initialTheta } from './model/initial.ts';
export { type LossKind, lossKinds } from './model/loss.ts';
export { bind, type Inputs, type Model, outputs } from './model/model.ts';
export type { ModelSpec } from './model/schema.ts';
export { accuracy, type Decision, decisionOf, mse, r2, type Score } from './model/scores.ts';
export type { Trajectory } from './model/trajectory.ts';
export { type QasmCircuit, type ReadOptions, readOpenqasm } from './openqasm/read.ts';
export { writeOpenqasm } from './openqasm/write/write.ts';
export { descentLaw, flowLaw, type Law, limitLaw, rateLimit } from './predict/law.ts';
export {
  type LinearModel,
  linearFromJacobian,
  linearFromKernel,
  linearTrajectory,
  lossAt,
  outputsAt,
  residualLoss,
} from './predict/linear.ts';
export { random } from './random/random.ts';
export type { Path } from './schema/expected.ts';
export type { Engine } from './simulate/engine.ts';
export { engines } from './simulate/engines.ts';
export { isSpecKey, parseSpec, type Spec, type SpecInput, specSchema, type TrainingSpec } from './spec/spec.ts';
export { optimizerNamed, optimizers } from './train/index.ts';
export { preparePoints } from './train/points.ts';
export { train } from './train/train.ts';
export type { Training } from './train/training.ts';
export { startThreads } from './wasm/threads/pool.ts';
export { counted, didYouMean, nearest, shown } from './wording.ts';
