import {
  defaultLabels,
  type FiniteProblem,
  initialAngles,
  orthogonalInputs,
  periodicNetwork,
  random,
  readoutOf,
} from '@qntk/core';

/** A training problem as You et al. 2023 draw it. */
export interface Setting {
  /** d, the dimension. */
  readonly d: number;
  /** m, the number of orthogonal pure inputs; half of the labels are 1, the others −1. */
  readonly m: number;
  /** p, the number of angles. */
  readonly p: number;
  /** γ, the readout scale. */
  readonly gamma: number;
  /** Eigenvalues of M₀ before γ, which share d equally; ±1 where left out. */
  readonly eigenvalues?: readonly number[];
}

/** Inputs, unitaries and angles of the random stream that the words name. */
export function problemOf({ d, m, p, gamma, eigenvalues }: Setting, words: readonly number[]): FiniteProblem {
  const draw = random(...words);
  const inputs = orthogonalInputs(d, m, draw);
  const network = periodicNetwork({ inputs, parameters: p, readout: readoutOf(d, eigenvalues, gamma) }, draw);
  return { network, labels: defaultLabels(m), theta0: initialAngles(p, draw) };
}
