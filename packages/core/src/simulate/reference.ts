import { type Circuit, gateAt, wiresAt } from '../circuit/circuit.ts';
import { bitCount, type Observable } from '../circuit/observable.ts';
import { adjoint, type Complex } from '../linalg/complex.ts';
import type { Batch, Engine, Simulator, SlotJacobian } from './engine.ts';

/**
 * The slow and obvious engine: one point at a time, every gate a small matrix from the gate table, states interleaved.
 * All other engines are held against this one.
 */
export const reference: Engine = {
  name: 'reference',
  // ψ, its λ of each output, and what is being added to or multiplied; basis states are numbered in 32 bits.
  capacity: { bytes: 2 ** 32, statesAtOnce: (outputs) => outputs + 2 },
  prepare,
};

function prepare(circuit: Circuit, observables: readonly Observable[]): Simulator {
  return {
    expectations(batch) {
      const values = new Float64Array(batch.points * observables.length);
      for (let point = 0; point < batch.points; point++) {
        const state = finalState(circuit, batch, point);
        weighted(observables, batch).forEach((observable, o) => {
          values[point * observables.length + o] = realInner(state, applyObservable(observable, state));
        });
      }
      return values;
    },
    jacobian: (batch) => adjointJacobian(circuit, observables, batch),
  };
}

/** Adjoint differentiation; the derivation is in docs/adjoint.md. */
function adjointJacobian(circuit: Circuit, observables: readonly Observable[], batch: Batch): SlotJacobian {
  const outputs = observables.length;
  const slots = circuit.angles.length;
  const values = new Float64Array(batch.points * outputs);
  const derivatives = new Float64Array(batch.points * outputs * slots);
  for (let point = 0; point < batch.points; point++) {
    const psi = finalState(circuit, batch, point);
    const lambdas = weighted(observables, batch).map((observable) => applyObservable(observable, psi));
    lambdas.forEach((lambda, o) => {
      values[point * outputs + o] = realInner(psi, lambda);
    });
    for (let g = circuit.gate.length - 1; g >= 0; g--) {
      const gate = gateAt(circuit, g);
      const wires = wiresAt(circuit, g);
      const slot = circuit.slot[g];
      if (slot >= 0 && circuit.trainable[slot] && gate.kind === 'rotation') {
        const generated = psi.slice();
        applyMatrix(generated, gate.generator, wires);
        lambdas.forEach((lambda, o) => {
          derivatives[(point * outputs + o) * slots + slot] += 2 * imaginaryInner(lambda, generated);
        });
      }
      const inverse = adjoint(matrixAt(circuit, g, batch, point));
      applyMatrix(psi, inverse, wires);
      for (const lambda of lambdas) applyMatrix(lambda, inverse, wires);
    }
  }
  return { values, derivatives };
}

/** The observables with the coefficients of a batch. */
function weighted(observables: readonly Observable[], { coefficients }: Batch): readonly Observable[] {
  if (!coefficients) return observables;
  let at = 0;
  return observables.map((observable) => ({
    ...observable,
    terms: observable.terms.map((term) => ({ ...term, coefficient: coefficients[at++] })),
  }));
}

/** U(θ, x)|start⟩ of one point, interleaved. */
export function finalState(circuit: Circuit, batch: Batch, point: number): Float64Array {
  const size = 2 * 2 ** circuit.qubits;
  const state = new Float64Array(size);
  if (batch.amplitudes) state.set(batch.amplitudes.subarray(point * size, (point + 1) * size));
  else state[0] = 1;
  for (let g = 0; g < circuit.gate.length; g++)
    applyMatrix(state, matrixAt(circuit, g, batch, point), wiresAt(circuit, g));
  return state;
}

export function matrixAt(circuit: Circuit, g: number, batch: Batch, point: number): Complex {
  const gate = gateAt(circuit, g);
  if (gate.kind === 'fixed') return gate.matrix;
  const slot = circuit.slot[g];
  const pointSlot = slot - circuit.sharedSlots;
  return gate.matrix(pointSlot < 0 ? batch.shared[slot] : batch.perPoint[pointSlot * batch.points + point]);
}

/** state ← matrix on `wires`, the first wire least significant in the matrix's index. */
export function applyMatrix(state: Float64Array, matrix: Complex, wires: Int32Array): void {
  const n = 2 ** wires.length;
  const dimension = state.length / 2;
  const mask = wires.reduce((bits, wire) => bits | (1 << wire), 0);
  const offsets = Array.from({ length: n }, (_, k) =>
    wires.reduce((offset, wire, bit) => offset | (((k >> bit) & 1) << wire), 0),
  );
  const group = new Float64Array(2 * n);
  for (let base = 0; base < dimension; base++) {
    if (base & mask) continue;
    for (let k = 0; k < n; k++) {
      group[2 * k] = state[2 * (base | offsets[k])];
      group[2 * k + 1] = state[2 * (base | offsets[k]) + 1];
    }
    for (let r = 0; r < n; r++) {
      let re = 0;
      let im = 0;
      for (let c = 0; c < n; c++) {
        const at = 2 * (r * n + c);
        re += matrix[at] * group[2 * c] - matrix[at + 1] * group[2 * c + 1];
        im += matrix[at] * group[2 * c + 1] + matrix[at + 1] * group[2 * c];
      }
      state[2 * (base | offsets[r])] = re;
      state[2 * (base | offsets[r]) + 1] = im;
    }
  }
}

/** O|state⟩. X^x Z^z with a factor i for each Y. */
function applyObservable(observable: Observable, state: Float64Array): Float64Array {
  const result = new Float64Array(state.length);
  for (const { coefficient, x, z } of observable.terms) {
    const phasePower = bitCount(x & z) % 4;
    const cos = [1, 0, -1, 0][phasePower] * coefficient;
    const sin = [0, 1, 0, -1][phasePower] * coefficient;
    for (let column = 0; column < state.length / 2; column++) {
      const sign = bitCount(column & z) % 2 ? -1 : 1;
      const row = column ^ x;
      result[2 * row] += sign * (cos * state[2 * column] - sin * state[2 * column + 1]);
      result[2 * row + 1] += sign * (cos * state[2 * column + 1] + sin * state[2 * column]);
    }
  }
  return result;
}

/** Re⟨a|b⟩. */
function realInner(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** Im⟨a|b⟩. */
function imaginaryInner(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 2) total += a[i] * b[i + 1] - a[i + 1] * b[i];
  return total;
}
