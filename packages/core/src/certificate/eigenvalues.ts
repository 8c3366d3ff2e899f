import type { Observable } from '../circuit/observable.ts';
import { type Eigenvalues, eigenvaluesOf, observableRange } from '../circuit/range.ts';

/** Eigenvalues of a readout as far as a space of r dimensions can feel them. */
export interface ReadoutEigenvalues {
  /** Descending: all of them, or the r largest and the r least of more. */
  readonly values: Float64Array;
  /** Mean over all; of a readout of which only the range is known, the middle. */
  readonly mean: number;
}

/**
 * Eigenvalues of γ·O on 2^n dimensions. The compression of a Hermitian matrix to r dimensions is bound by the sums of its k
 * largest and of its k least eigenvalues, k ≤ r, and by nothing else. Where the eigenvalues are not known, those of all
 * matrices within the range: a larger hull, so that a bound remains one.
 */
export function readoutEigenvalues(observable: Observable, scale: number, rank: number): ReadoutEigenvalues {
  const known = eigenvaluesOf(observable);
  const dimension = 2 ** observable.qubits;
  if (!known) {
    const { low, high } = observableRange(observable);
    const values = Float64Array.from({ length: 2 * rank }, (_, k) => scale * (k < rank ? high : low));
    return { values, mean: (scale * (low + high)) / 2 };
  }
  const mean = (scale * known.values.reduce((sum, value) => sum + value, 0)) / known.values.length;
  const length = Math.min(dimension, 2 * rank);
  const at = (k: number) => scale * eigenvalueAt(known, k < rank ? k : dimension - length + k);
  return { values: Float64Array.from({ length }, (_, k) => at(k)), mean };
}

const eigenvalueAt = ({ values, multiplicity }: Eigenvalues, k: number): number => values[Math.floor(k / multiplicity)];
