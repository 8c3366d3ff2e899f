import type { Model } from '../model/model.ts';
import { type Cost, inTurn, keeping, nothing, repeated } from './cost.ts';

/** The sizes on which everything depends. */
export interface Sizes {
  readonly qubits: number;
  readonly gates: number;
  readonly outputs: number;
  readonly parameters: number;
}

export function sizesOf({ circuit, outputs, parameters }: Model): Sizes {
  return { qubits: circuit.qubits, gates: circuit.gate.length, outputs, parameters };
}

const double = Float64Array.BYTES_PER_ELEMENT;
const matrix = (rows: number, columns: number): number => double * rows * columns;

/** Numbers of states and derivatives that the engine holds for a block of points: 256 MiB at most, else two states and a few more. */
const mostStateBytes = 2 ** 28;
/** States kept for the way back, where they fit. */
const statesKept = 40;

/** Outputs of some points. */
export function outputsCost({ qubits, gates, outputs }: Sizes, points: number): Cost {
  return { ...nothing, amplitudes: points * gates * 2 ** qubits, calls: 1, bytes: matrix(points, outputs) };
}

/** Their Jacobian by adjoint differentiation: one way there, and for each output a way back of λ and ψ. */
export function jacobianCost(sizes: Sizes, points: number): Cost {
  const { qubits, gates, outputs, parameters } = sizes;
  const states = Math.min(mostStateBytes, 2 * double * statesKept * 2 ** qubits) + 4 * double * 2 ** qubits;
  return {
    ...nothing,
    amplitudes: points * (1 + 2 * outputs) * gates * 2 ** qubits,
    calls: 1,
    bytes: matrix(points * outputs, parameters) + states,
  };
}

/** A Gram matrix of the smaller side, of which half is computed. */
export function gramCost(rows: number, columns: number): Cost {
  const [n, m] = sides(rows, columns);
  return { ...nothing, products: (n * n * m) / 2, bytes: matrix(n, n) };
}

/** All eigenvectors of a symmetric matrix: reduction, divide and conquer, reflectors. */
export function eigenCost(n: number): Cost {
  return { ...nothing, products: 4 * n ** 3, bytes: 5 * matrix(n, n) };
}

/** Spectrum, modes and directions of a Jacobian: those of the Gram matrix, and rotations on what they make of J. */
export function spectrumCost(rows: number, columns: number): Cost {
  const [n, m] = sides(rows, columns);
  const turning = { ...nothing, products: 3 * n * n * m, bytes: 3 * matrix(n, m) };
  return keeping(gramCost(rows, columns), eigenCost(n), turning);
}

/** Substeps of a step of the flow, with the attempts that are not accepted; vectors of a Krylov space. */
const [substeps, vectors] = [12, 16];

/** A flow with so many Jacobians, on points of which `train` have labels: three of them, their Gram matrices, and substeps. */
export function flowCost(sizes: Sizes, { train, test }: PointCounts, jacobians: number): Cost {
  const [rows, P] = [train * sizes.outputs, sizes.parameters];
  const n = Math.min(rows, P);
  const first = jacobianCost(sizes, train + test);
  const step = inTurn(
    first,
    repeated(outputsCost(sizes, train + test), 2),
    repeated(gramCost(rows, P), 3),
    { ...nothing, products: substeps * vectors * 2 * n * (n + vectors) },
    { ...nothing, products: 12 * rows * P },
  );
  return { ...repeated(step, jacobians), bytes: 3 * first.bytes + matrix(rows, P) + 6 * matrix(n, n) };
}

/** Numbers of points to train on, and of others. */
export interface PointCounts {
  readonly train: number;
  readonly test: number;
}

/** Samples that a model of the network on its optimiser's path goes through, at most and where it follows every step. */
const through = { most: 8, steps: 4 } as const;
/** Evaluations of a model for each planned step: most stretches are run twice. */
const evaluations = 2.2;
/** A model that is fitted takes as long as so many evaluations of a small one. */
const fitting = 30;

/** A forecast on the optimiser's path from so many Jacobians: a model at each, and at every step the outputs and gradient of one. */
export function pathCost(sizes: Sizes, { train, test }: PointCounts, jacobians: number, steps: number): Cost {
  const numbers = train * sizes.outputs * sizes.parameters;
  const sample = inTurn(jacobianCost(sizes, train), outputsCost(sizes, test));
  return {
    amplitudes: jacobians * sample.amplitudes,
    products: (2 * jacobians * through.most ** 2 + 2 * evaluations * steps * through.steps) * numbers,
    calls: jacobians * (sample.calls + fitting) + evaluations * steps,
    bytes: double * (jacobians + 2 * through.most) * numbers,
  };
}

function sides(rows: number, columns: number): [shorter: number, longer: number] {
  return rows < columns ? [rows, columns] : [columns, rows];
}
