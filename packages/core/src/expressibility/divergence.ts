import { InputError } from '../errors.ts';
import { checkFinite } from '../magnitude.ts';
import { shown } from '../wording.ts';

/** How far sampled fidelities are from those of Haar-random states. */
export interface HaarDivergence {
  /** D_KL of the binned distributions, nats; 0 for Haar-random states. */
  readonly value: number;
  /** What the finite sample adds to it in the mean, to first order: (occupied bins − 1)/(2·samples). */
  readonly bias: number;
  readonly samples: number;
  readonly bins: number;
}

/** As many as Sim et al. 2019 take. */
export const usualBins = 75;

/**
 * Kullback–Leibler divergence of a sample of fidelities |⟨φ|ψ⟩|² from those of Haar-random states of dimension N, whose density is
 * (N − 1)(1 − F)^{N − 2} (Sim et al. 2019, Eq. 9): both in equally wide bins, the second exactly.
 *
 * The estimate is biased upwards by about `bias` (Miller 1955). Binning only ever takes away from the divergence: of many qubits, where
 * all fidelities fall into the first bin, nothing is left of it.
 *
 * @throws InputError where there is no fidelity, one is not from 0 to 1, the dimension is below 2 or there are fewer than 2 bins.
 */
export function haarDivergence(fidelities: Float64Array, dimension: number, bins = usualBins): HaarDivergence {
  check(fidelities, dimension, bins);
  const samples = fidelities.length;
  const counts = new Float64Array(bins);
  for (const value of fidelities) counts[Math.min(bins - 1, Math.max(0, Math.floor(value * bins)))]++;
  // Above F a Haar-random fidelity lies with (1 − F)^{N − 1}; logarithms, as that is below the least double in the last bins of many qubits.
  const logTail = (bin: number) => (dimension - 1) * Math.log1p(-bin / bins);
  let value = 0;
  let occupied = 0;
  counts.forEach((count, bin) => {
    if (count === 0) return;
    occupied++;
    const logShare = logTail(bin) + Math.log(-Math.expm1(logTail(bin + 1) - logTail(bin)));
    value += (count / samples) * (Math.log(count / samples) - logShare);
  });
  return { value: Math.max(0, value), bias: (occupied - 1) / (2 * samples), samples, bins };
}

/** Rounding of the fidelity of a state with itself. */
const rounding = 1e-9;

function check(fidelities: Float64Array, dimension: number, bins: number): void {
  if (fidelities.length === 0) throw new InputError({ where: 'fidelities', found: 'none', expected: 'at least one' });
  checkFinite('fidelities', fidelities);
  const wrong = fidelities.find((value) => value < -rounding || value > 1 + rounding);
  if (wrong !== undefined)
    throw new InputError({ where: 'fidelities', found: shown(wrong), expected: 'numbers from 0 to 1' });
  if (!(dimension >= 2 && Number.isFinite(dimension)))
    throw new InputError({ where: 'dimension', found: shown(dimension), expected: 'at least 2' });
  if (!(Number.isInteger(bins) && bins >= 2))
    throw new InputError({ where: 'bins', found: shown(bins), expected: 'a whole number from 2' });
}
