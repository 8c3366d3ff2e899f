import { logSpaced } from '../../linalg/log-spaced.ts';
import { timeToOutput } from '../limit/closed-forms.ts';
import type { EnsembleDocument } from './document.ts';

/** Loss, λmin and kernel change of the limit p → ∞, d → ∞ at a time. */
export interface ClosedPoint {
  readonly t: number;
  readonly loss: number;
  readonly lambdaMin: number;
  readonly kernelChange: number;
}

/** Outputs drawn, evenly in the logarithm of what is done over what is left: from 10⁻⁴ of the end to within 10⁻⁸ of it. */
const ways = { first: 1e-4, last: 1e8, count: 160 };

/**
 * The limit's way as d → ∞, where samples part: ŷ goes from 0 to y (or γ, if that is nearer) under
 * dŷ/dt = 2(γ² − ŷ²)(y − ŷ), and K = 2(γ² − ŷ²)·1. Nothing unless the readout is ±γ and all labels are as large.
 */
export function closedForm({ spectrum, labels }: EnsembleDocument['setting']): ClosedPoint[] {
  const gamma = spectrum[0].value;
  const label = Math.abs(labels[0]);
  const symmetric = spectrum.length === 2 && spectrum[1].value === -gamma;
  if (!symmetric || label === 0 || labels.some((each) => Math.abs(each) !== label)) return [];
  const end = Math.min(label, gamma);
  return Array.from(logSpaced(ways.first, ways.last, ways.count), (ratio) => {
    const output = (end * ratio) / (1 + ratio);
    return {
      t: timeToOutput(output, label, gamma),
      loss: (label - output) ** 2 / 2,
      lambdaMin: 2 * (gamma ** 2 - output ** 2),
      kernelChange: (output / gamma) ** 2,
    };
  });
}
