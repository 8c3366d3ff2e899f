import type { Displacement, FlowState } from './state.ts';

/** What drives the eigenmodes at a σ: r of the training rows, or J(σ)ᵀr where there are fewer parameters. */
export type DrivingTerm = (sigma: number) => Float64Array;

/**
 * The space of the smaller side of an interpolated Jacobian, in which its flow is followed: training rows, where Δθ = J(σ)ᵀx for a
 * step x, or parameters, where Δθ = x. Substeps take matrices of this side only, however long the other is.
 */
export interface Side {
  /** Order n of the Gram matrices: min(rows, parameters). */
  readonly order: number;
  /** With which weights a step with J frozen at σ is added to the sums of a displacement. */
  weights(sigma: number): readonly number[];
  /** Puts down the lower triangle of the Gram matrix of J(σ), in units of `unit`. */
  writeGram(sigma: number, unit: number, to: Float64Array): void;
  /** The chord as this side sees it: J(σ)·chord, or itself. Only where there are two samples. */
  chordAt(sigma: number): Float64Array;
  /** chord·Δθ of a displacement. Only where there are two samples. */
  alongChord(moved: Displacement): number;
  /** The driving term behind a displacement from a state, y being the labels of the training rows. */
  drivingTerms(y: Float64Array, from: FlowState): (moved: Displacement) => DrivingTerm;
  /** Δθ of displacements. */
  parameterChanges(moved: readonly Displacement[]): Float64Array[];
  /** Changes of the outputs on all rows. */
  outputChanges(moved: readonly Displacement[]): Float64Array[];
}

/** Σ of the terms, entry by entry. */
export function sumOf(...terms: readonly Float64Array[]): Float64Array {
  const sum = terms[0].slice();
  for (const term of terms.slice(1)) for (let i = 0; i < sum.length; i++) sum[i] += term[i];
  return sum;
}

/** Vectors as the rows of one matrix. */
export function stacked(vectors: readonly Float64Array[]): Float64Array {
  const length = vectors[0]?.length ?? 0;
  const all = new Float64Array(vectors.length * length);
  for (const [i, vector] of vectors.entries()) all.set(vector, i * length);
  return all;
}

/** The rows of a matrix of `count` of them. */
export function rowsApart(matrix: Float64Array, count: number): Float64Array[] {
  const length = matrix.length / count;
  return Array.from({ length: count }, (_, i) => matrix.subarray(i * length, (i + 1) * length));
}

/** The columns of a matrix of `count` of them. */
export function columnsApart(matrix: Float64Array, count: number): Float64Array[] {
  const length = matrix.length / count;
  return Array.from({ length: count }, (_, j) => Float64Array.from({ length }, (_, i) => matrix[i * count + j]));
}
