/**
 * Circuits by hand: operations with angles of inputs and parameters, compiled into flat arrays; observables.
 *
 * Qubit q is bit q of a basis index; angles are in radians and a rotation is exp(−iθG) of its generator G.
 *
 * @module
 */
export { type Angle, type AngleTerm, angleOf, data, fixed, isTrainable, parameter } from '../circuit/angle.ts';
export { type Circuit, type CircuitSource, compile, type Operation, type TextPlace } from '../circuit/circuit.ts';
export { apply, constant, type Expression, evaluate, input, type Operator } from '../circuit/expression.ts';
export { type CircuitFacts, circuitFacts } from '../circuit/facts.ts';
export {
  type CompositeGate,
  type ElementaryGate,
  type FixedGate,
  type Gate,
  type GateName,
  gates,
  type RotationGate,
} from '../circuit/gates.ts';
export {
  type Observable,
  type PauliTerm,
  parseObservable,
  type QubitNames,
  qubitsNamedIn,
} from '../circuit/observable.ts';
export { observableRange, type Range } from '../circuit/range.ts';
export type { Complex } from '../linalg/complex.ts';
