import type { DenseNetwork, FiniteRun } from '@qntk/core';
import { twirl, twirlDeviation, twirlDistance } from './twirl.ts';

/** How evenly the generators stay spread along a run. */
interface SpreadAlongRun {
  /** ‖Δ(t)‖ = ‖Y(θ(t)) − Y*‖ at every time. */
  readonly deviation: Float64Array;
  /** ‖Y(θ(t)) − Y(θ(0))‖ at every time. */
  readonly change: Float64Array;
  /** C₃ of this run: the largest √p·‖Y(θ(t)) − Y(θ(0))‖/t. */
  readonly constant: number;
}

/**
 * You et al. 2023, Lemma B.4: ‖Y(θ(t)) − Y(θ(0))‖ ≤ C₃·t/√p with a C₃ that depends neither on p nor on t.
 *
 * @throws InputError above dimension 32.
 */
export function generatorSpread(network: DenseNetwork, { times, parameters }: FiniteRun): SpreadAlongRun {
  const start = twirl(network, parameters[0]);
  // One Y at a time: each has d⁴ entries.
  const spread = parameters.map((theta) => {
    const y = twirl(network, theta);
    return { deviation: twirlDeviation(y), change: twirlDistance(y, start) };
  });
  const change = Float64Array.from(spread, (at) => at.change);
  const root = Math.sqrt(network.parameters);
  return {
    deviation: Float64Array.from(spread, (at) => at.deviation),
    change,
    constant: change.reduce((most, value, k) => (times[k] > 0 ? Math.max(most, (root * value) / times[k]) : most), 0),
  };
}
