import { timeToOutput } from '@qntk/core/dynamics';
import { counting } from './numbers.ts';

/** Starts of one sample of label 1, and whether the limit's loss stays below L(0)·exp(−(γ² − 1)t), Corollary 4.3. */
export interface StartsChecked {
  readonly gamma: number;
  /** Share of the starts −γ < ŷ(0) < 1 from which it does not. */
  readonly failing: number;
  /** The most negative start from which it does, and −√(3γ² + 1)/2. */
  readonly seen: number;
  readonly exact: number;
}

const starts = 1000;
const outputs = 400;

/** By the closed form of the limit, which is exact for one sample. */
export function startsChecked(gamma: number): StartsChecked {
  const all = counting(starts).map((k) => -gamma + ((k + 0.5) * (1 + gamma)) / starts);
  const passing = all.filter((start) => staysBelow(start, gamma));
  return {
    gamma,
    failing: 1 - passing.length / starts,
    seen: Math.min(...passing),
    exact: -Math.sqrt(3 * gamma ** 2 + 1) / 2,
  };
}

function staysBelow(start: number, gamma: number): boolean {
  // Residuals even in their logarithm, from near the start, where bounds are tight, to 10⁻⁶.
  const r0 = 1 - start;
  return counting(outputs).every((k) => {
    const left = (1 - 1e-6) * 1e-6 ** (k / (outputs - 1));
    const t = timeToOutput(1 - r0 * left, 1, gamma, start);
    return 2 * Math.log(left) <= -(gamma ** 2 - 1) * t;
  });
}
