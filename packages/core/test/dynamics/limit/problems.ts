import { type LimitInputs, type LimitProblem, limitProblem } from '../../../src/dynamics/limit/problem.ts';
import { type FullProblem, fullKernel, fullLimit, fullOutputs } from '../../../src/dynamics/limit/reference.ts';
import { type LimitState, stateOfProjections } from '../../../src/dynamics/limit/state.ts';
import type { Readout } from '../../../src/dynamics/readout.ts';
import { adjoint, type Complex, product } from '../../../src/linalg/complex.ts';
import { haarUnitary } from '../../../src/random/haar.ts';
import type { Random } from '../../../src/random/random.ts';

/** c vectors of d amplitudes, one a row. */
export type Vectors = readonly Float64Array[];

/** ⟨a|b⟩. */
export function inner(a: Float64Array, b: Float64Array): [number, number] {
  let [re, im] = [0, 0];
  for (let i = 0; i < a.length; i += 2) {
    re += a[i] * b[i] + a[i + 1] * b[i + 1];
    im += a[i] * b[i + 1] - a[i + 1] * b[i];
  }
  return [re, im];
}

/** c orthonormal vectors. */
export function orthonormalVectors(d: number, c: number, draw: Random): Vectors {
  const rows = haarUnitary(d, draw);
  return Array.from({ length: c }, (_, a) => rows.slice(2 * a * d, 2 * (a + 1) * d));
}

/** c normalised vectors of any overlap. */
export function overlappingVectors(d: number, c: number, draw: Random): Vectors {
  return Array.from({ length: c }, () => {
    const vector = Float64Array.from({ length: 2 * d }, () => draw.normal());
    const size = Math.sqrt(inner(vector, vector)[0]);
    return vector.map((entry) => entry / size);
  });
}

/** V†V. */
export function gramOf(vectors: Vectors): Complex {
  return Float64Array.from(vectors.flatMap((a) => vectors.flatMap((b) => inner(a, b))));
}

/** M(0) of a Haar-random eigenbasis, and its projectors Π_k. */
export function randomReadout(readout: Readout, draw: Random): { M: Complex; projectors: readonly Complex[] } {
  const d = readout.dimension;
  const U = haarUnitary(d, draw);
  let from = 0;
  const projectors = readout.eigenspaces.map(({ dimension }) => {
    const chosen = new Float64Array(2 * d * d);
    for (let i = from; i < from + dimension; i++) chosen[2 * (i * d + i)] = 1;
    from += dimension;
    return product(adjoint(U), product(chosen, U));
  });
  const M = new Float64Array(2 * d * d);
  projectors.forEach((projector, k) => {
    projector.forEach((entry, i) => {
      M[i] += readout.eigenspaces[k].value * entry;
    });
  });
  return { M, projectors };
}

/** A|v⟩. */
function applied(A: Complex, v: Float64Array): Float64Array {
  const d = v.length / 2;
  const out = new Float64Array(2 * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) {
      const at = 2 * (i * d + j);
      out[2 * i] += A[at] * v[2 * j] - A[at + 1] * v[2 * j + 1];
      out[2 * i + 1] += A[at] * v[2 * j + 1] + A[at + 1] * v[2 * j];
    }
  return out;
}

/** V†AV. */
export function compressed(A: Complex, vectors: Vectors): Complex {
  const moved = vectors.map((v) => applied(A, v));
  return Float64Array.from(vectors.flatMap((a) => moved.flatMap((b) => inner(a, b))));
}

/** ρ_j of the inputs whose columns are these vectors. */
export function statesOf(inputs: LimitInputs, vectors: Vectors): readonly Complex[] {
  const d = vectors[0].length / 2;
  const states = Array.from({ length: inputs.count }, () => new Float64Array(2 * d * d));
  vectors.forEach((v, a) => {
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) {
        const at = 2 * (i * d + j);
        const weight = inputs.weights[a];
        states[inputs.sample[a]][at] += weight * (v[2 * i] * v[2 * j] + v[2 * i + 1] * v[2 * j + 1]);
        states[inputs.sample[a]][at + 1] += weight * (v[2 * i + 1] * v[2 * j] - v[2 * i] * v[2 * j + 1]);
      }
  });
  return states;
}

/** One problem twice: reduced, and on all d dimensions. */
export function bothOf(readout: Readout, inputs: LimitInputs, vectors: Vectors, labels: Float64Array, draw: Random) {
  const { M, projectors } = randomReadout(readout, draw);
  const problem: LimitProblem = limitProblem(readout, inputs, labels);
  const start: LimitState = stateOfProjections(
    problem,
    projectors.map((projector) => compressed(projector, vectors)),
  );
  const full: FullProblem = { M, states: statesOf(inputs, vectors), labels };
  return { problem, start, full };
}

/** Outputs (times × m) and K_asym (times × m × m) of the d × d equation. */
export function fullCurves(full: FullProblem, times: Float64Array, tolerance: number) {
  const path = fullLimit(full, times, tolerance);
  return {
    outputs: Float64Array.from(path.flatMap((M) => [...fullOutputs(M, full.states)])),
    kernels: Float64Array.from(path.flatMap((M) => [...fullKernel(M, full.states)])),
  };
}
