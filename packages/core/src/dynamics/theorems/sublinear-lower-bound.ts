import { InputError } from '../../errors.ts';
import { generatorOf } from '../dense/dense.ts';
import type { DenseNetwork } from '../finite/network.ts';
import type { LossCurve } from './curve.ts';

/** L(t) ≥ 1/(c₀ + c₁t)² with one constant c₁, compared with a run. */
export interface SublinearBound {
  /** 1/√L(0). */
  readonly c0: number;
  readonly c1: number;
  /** The bound at every time. */
  readonly bound: Float64Array;
  /** The least c₁ that would do for this run: the largest (1/√L(t) − c₀)/t. 0 where the loss does not fall. */
  readonly needed: number;
  readonly holds: boolean;
}

/** c₁ as the theorem states it, as its proof gives it, and for the limit p → ∞. */
export interface SublinearSlopes {
  /** 12·ηΣ‖H_l‖², You et al. 2023, Theorem 3.2. */
  readonly stated: number;
  /** 8√2·ηΣ‖H_l‖², what Eq. 38 of You et al. 2023 integrates to; one qubit with one parameter attains it. */
  readonly proof: number;
}

/** A needed constant above the bound's by this share is rounding of the run. */
const slack = 1e-6;

/**
 * You et al. 2023, Theorem 3.2: with pure inputs, labels ±1 and a readout of eigenvalues ±1 (and 0) gradient flow is no
 * faster than L(t) ≥ 1/(c₀ + c₁t)², whatever the ansatz.
 *
 * It holds for every readout within [−1, 1] and for mixed inputs too: tr(i[M,ρ]H)² ≤ 4‖H‖²(tr(M²ρ) − ŷ²) summed over
 * ρ's eigenvectors, and tr(M²ρ) − ŷ² ≤ 1 − ŷ² ≤ 2|r|, which is where You et al.'s proof stands in Eq. 33.
 *
 * The bound is an equality at t = 0, so its tightness is told by c₁/needed, not by the smallest L/bound.
 */
export function sublinearLowerBound({ times, loss }: LossCurve, c1: number): SublinearBound {
  const c0 = 1 / Math.sqrt(loss[0]);
  const needed = loss.reduce(
    (most, value, k) => (times[k] > 0 ? Math.max(most, (1 / Math.sqrt(value) - c0) / times[k]) : most),
    0,
  );
  return { c0, c1, bound: times.map((t) => 1 / (c0 + c1 * t) ** 2), needed, holds: needed <= c1 * (1 + slack) };
}

/**
 * c₁ of a network in the limit's time, where η = m/(pZ).
 *
 * @throws InputError where the theorem says nothing: eigenvalues beyond ±1, labels other than ±1.
 */
export function sublinearSlopes(
  { inputs, circuit, parameters, strength }: DenseNetwork,
  labels: Float64Array,
): SublinearSlopes {
  const beyond = circuit.readout.find((value) => Math.abs(value) > 1);
  if (beyond !== undefined)
    throw new InputError({
      where: 'network.readout',
      found: `the eigenvalue ${beyond}`,
      expected: 'eigenvalues within [-1, 1]',
      advice: 'the bound is about no others',
    });
  const wrong = labels.find((label) => Math.abs(label) !== 1);
  if (wrong !== undefined)
    throw new InputError({
      where: 'labels',
      found: `${wrong}`,
      expected: '1 or -1',
      advice: 'the bound is about no others',
    });
  let squares = 0;
  for (let l = 0; l < parameters; l++)
    squares += generatorOf(circuit, l).reduce((most, value) => Math.max(most, value * value), 0);
  const speed = (inputs.count / strength) * squares;
  return { stated: 12 * speed, proof: 8 * Math.SQRT2 * speed };
}

/**
 * c₁ = 4√2·m of the limit p → ∞: tr K_asym ≤ Σ 2(1 − ŷ²) ≤ 4Σ|r| ≤ 4m√(2L) in place of the operator norms. It does not
 * depend on d, while `sublinearSlopes` grows with it, and for m = 1 the limit comes to it as ŷ → y.
 */
export const sublinearSlopeOfLimit = (m: number): number => 4 * Math.SQRT2 * m;
