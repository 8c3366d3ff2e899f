/**
 * Everything public in one place; each part has an entry of its own, such as `@qntk/core/kernel`.
 *
 * The words to write circuits with (`input`, `apply`, `fixed`, …) are in `@qntk/core/circuit` alone: they say little
 * without it.
 *
 * @module
 */

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
export * from './entry/compare.ts';
export * from './entry/cost.ts';
export * from './entry/data.ts';
export * from './entry/diagnose.ts';
export * from './entry/drawing.ts';
export * from './entry/dynamics.ts';
export * from './entry/errors.ts';
export * from './entry/expressibility.ts';
export * from './entry/forecast.ts';
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
