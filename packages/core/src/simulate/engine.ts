import type { Circuit } from '../circuit/circuit.ts';
import type { Observable } from '../circuit/observable.ts';

/**
 * The angles of a compiled circuit for a number of data points.
 *
 * `shared` has an angle for each shared slot, `perPoint` one for each further slot and point, slot-major:
 * perPoint[(slot − sharedSlots)·points + point]. `amplitudes`, where the circuit starts from the data, holds the
 * starting state of each point, interleaved: points × 2·2^qubits. `coefficients`, where the readouts are trained, holds
 * the coefficients of all terms of all observables, in their order; those the observables were prepared with where left out.
 */
export interface Batch {
  readonly points: number;
  readonly shared: Float64Array;
  readonly perPoint: Float64Array;
  readonly amplitudes?: Float64Array;
  readonly coefficients?: Float64Array;
}

/** Expectation values and their derivatives with respect to every trainable slot. */
export interface SlotJacobian {
  /** points × outputs. */
  readonly values: Float64Array;
  /** points × outputs × slots; 0 in the columns of slots that are not trainable. */
  readonly derivatives: Float64Array;
}

/** A circuit and its observables, prepared by an engine. Pure: equal batches give equal numbers. */
export interface Simulator {
  /** ⟨O⟩ for every point and observable, points × outputs, without the readout scale. */
  expectations(batch: Batch): Float64Array;
  /** The same with derivatives by adjoint differentiation. */
  jacobian(batch: Batch): SlotJacobian;
}

/** What an engine can hold. */
export interface Capacity {
  /** Bytes for states and all that stands beside them. */
  readonly bytes: number;
  /** States, 16·2^qubits bytes each, that a Jacobian of one point and so many outputs needs at once. */
  statesAtOnce(outputs: number): number;
}

/** One way to simulate. Engines agree with the reference to rounding; one suite runs over all of them. */
export interface Engine {
  readonly name: string;
  readonly capacity: Capacity;
  /** @throws InputError where what the circuit needs beside its states does not fit. */
  prepare(circuit: Circuit, observables: readonly Observable[]): Simulator;
}
