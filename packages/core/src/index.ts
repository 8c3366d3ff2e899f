/**
 * Everything public in one place; each part has an entry of its own, such as `@qntk/core/kernel`.
 *
 * The words to write circuits with (`input`, `apply`, `fixed`, …) are in `@qntk/core/circuit` alone: they say little
 * without it.
 *
 * @module
 */

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
export {
  type Circuit,
  type CircuitFacts,
  type CircuitSource,
  circuitFacts,
  compile,
  type GateName,
  type Observable,
  type Operation,
  observableRange,
  parseObservable,
  type Range,
} from './entry/circuit.ts';
export * from './entry/data.ts';
export * from './entry/diagnose.ts';
export * from './entry/drawing.ts';
export * from './entry/dynamics.ts';
export * from './entry/errors.ts';
export * from './entry/kernel.ts';
export * from './entry/linalg.ts';
export * from './entry/model.ts';
export * from './entry/openqasm.ts';
export * from './entry/predict.ts';
export * from './entry/progress.ts';
export * from './entry/random.ts';
export * from './entry/simulate.ts';
export * from './entry/spec.ts';
export * from './entry/train.ts';
