import { type DenseNetwork, generatorOf } from '@qntk/core';
import { twirl, twirlDeviation } from './twirl.ts';

/** ‖Δ‖ = ‖Y − Y*‖ at the start and its bounds, each to hold with probability 1 − δ. */
interface StartDeviation {
  readonly deviation: number;
  /** 2‖H‖²/(Z√p)·√(2·log(d²/δ)), Eq. 68. */
  readonly stated: number;
  /** 2‖H‖²/(Z√p)·√(log(2d²/δ)), where the proof ends (Eq. 71). */
  readonly proof: number;
  /** 2‖H‖²/(Z√p)·√(8·log(2d²/δ)): the matrix inequality that is cited (Tropp 2012, Theorem 1.3) has an 8 there. */
  readonly cited: number;
  /**
   * 2‖H‖²/(Z√p)·√(2·log(2d²/δ)): a later form of that inequality (Mackey et al. 2014, Corollary 4.2) has a 2, which
   * restores Eq. 68 up to the 2 within the logarithm.
   */
  readonly repaired: number;
}

/**
 * You et al. 2023, Lemma B.2: Haar-random unitaries point p generators almost evenly in all directions, ‖Δ‖ ∝ 1/√p.
 *
 * @param theta - p angles in radians. @param delta - probability with which a bound may fail.
 * @throws InputError above dimension 32.
 */
export function startDeviation(network: DenseNetwork, theta: Float64Array, delta = 0.05): StartDeviation {
  const { circuit, parameters, strength } = network;
  const d = circuit.dimension;
  let square = 0;
  for (let l = 0; l < parameters; l++)
    square = generatorOf(circuit, l).reduce((most, value) => Math.max(most, value * value), square);
  const unit = (2 * square * Math.sqrt(parameters)) / strength;
  const logarithm = Math.log((2 * d * d) / delta);
  return {
    deviation: twirlDeviation(twirl(network, theta)),
    stated: unit * Math.sqrt(2 * Math.log((d * d) / delta)),
    proof: unit * Math.sqrt(logarithm),
    cited: unit * Math.sqrt(8 * logarithm),
    repaired: unit * Math.sqrt(2 * logarithm),
  };
}
