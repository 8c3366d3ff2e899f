import { InputError } from '../errors.ts';
import { type Distribution, initialTheta } from '../model/initial.ts';
import type { Inputs, Model } from '../model/model.ts';
import { takePoints } from '../model/take-points.ts';
import { shown } from '../wording.ts';
import { type HaarDivergence, haarDivergence, usualBins } from './divergence.ts';
import { meyerWallach } from './entanglement.ts';
import { fidelity, statesAt } from './states.ts';

/** How parameters are drawn. */
export interface CapabilityOptions {
  readonly seed: number;
  /** Pairs of states; 2500, so 5000 states, where left out: as many as Sim et al. 2019 draw. */
  readonly pairs?: number;
  readonly bins?: number;
  /** Uniform in [0, 2π) where left out. */
  readonly initial?: Distribution;
}

/** What states random parameters of a circuit give. */
export interface CircuitCapability {
  /** Expressibility; the smaller, the more. */
  readonly expressibility: HaarDivergence;
  /** Entangling capability: mean and standard deviation of the Meyer–Wallach measure over all states. */
  readonly entanglement: { readonly mean: number; readonly std: number };
}

const usualPairs = 2500;

/**
 * Expressibility and entangling capability of a circuit (Sim et al. 2019): pairs of states at random parameters, both of a
 * pair at the same data point, the points in turn. Readouts play no part.
 *
 * @throws InputError where there is no point or no pair.
 */
export function circuitCapability(
  model: Model,
  inputs: Inputs,
  { seed, pairs = usualPairs, bins = usualBins, initial }: CapabilityOptions,
): CircuitCapability {
  if (inputs.points === 0) throw new InputError({ where: 'inputs', found: 'no point', expected: 'at least one' });
  if (!(Number.isSafeInteger(pairs) && pairs >= 1))
    throw new InputError({ where: 'pairs', found: shown(pairs), expected: 'a whole number from 1' });
  const points = Array.from({ length: Math.min(pairs, inputs.points) }, (_, i) => takePoints(inputs, Int32Array.of(i)));
  const fidelities = new Float64Array(pairs);
  const measures = new Float64Array(2 * pairs);
  for (let pair = 0; pair < pairs; pair++) {
    const point = points[pair % points.length];
    const stateOf = (index: number) => statesAt(model, initialTheta(model, seed, index, initial), point);
    const [a, b] = [stateOf(2 * pair), stateOf(2 * pair + 1)];
    fidelities[pair] = Math.min(1, fidelity(a, b));
    measures[2 * pair] = meyerWallach(a);
    measures[2 * pair + 1] = meyerWallach(b);
  }
  const mean = measures.reduce((sum, value) => sum + value, 0) / measures.length;
  const variance = measures.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (measures.length - 1);
  return {
    expressibility: haarDivergence(fidelities, 2 ** model.circuit.qubits, bins),
    entanglement: { mean, std: Math.sqrt(variance) },
  };
}
