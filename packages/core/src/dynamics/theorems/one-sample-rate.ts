import { InputError } from '../../errors.ts';
import { type LossCurve, staysBelow } from './curve.ts';

/** A run with one pure input, of a finite network or of the limit, and its rates −d ln L/dt (null where L = 0). */
export interface OneSampleRun extends LossCurve {
  /** ŷ at every time. */
  readonly outputs: Float64Array;
  readonly rates: readonly (number | null)[];
}

/** What the corollary says of one sample, compared with a run. */
export interface OneSampleRate {
  /** 4(γ² − ŷ²) at every time: −d ln L/dt of the limit. */
  readonly predicted: Float64Array;
  /**
   * Slope of the rates over You et al.'s abscissa 2(γ² − ŷ²), through the origin: 2 in the limit. Null where nothing
   * moves.
   */
  readonly slope: number | null;
  /** L(0)·exp(−(γ² − 1)t), the corollary's bound. */
  readonly bound: Float64Array;
  readonly holds: boolean;
  /** |ŷ(0)| ≤ √(3γ² + 1)/2: exactly then the limit obeys the bound. The corollary's ŷ(0) < 1 is met near −γ too. */
  readonly condition: boolean;
  /** |ŷ(0)| ≤ 1, which is enough and not needed: from there the rate is at least 4(γ² − 1). */
  readonly inside: boolean;
}

/**
 * You et al. 2023, Corollary 4.3: with one pure input, a label ±1, a readout ±γ and γ > 1 the limit's loss falls as
 * L(0)·exp(−C₁t), C₁ ≥ γ² − 1.
 *
 * The limit is dŷ/dt = 2(γ² − ŷ²)(y − ŷ), so that −d ln L/dt = 4(γ² − ŷ²), which is at least γ² − 1 for
 * |ŷ| ≤ √(3γ² + 1)/2. As ŷ moves towards y the whole run stays there if its start does; from one beyond, the loss is
 * above the bound at once. A start with |ŷ(0)| ≤ 1 has C₁ = 4(γ² − 1).
 *
 * @throws InputError where γ ≤ 1 or the label is not ±1.
 */
export function oneSampleRate(run: OneSampleRun, gamma: number, label: number): OneSampleRate {
  if (!(gamma > 1))
    throw new InputError({
      where: 'gamma',
      found: `${gamma}`,
      expected: 'a number above 1',
      advice: 'at 1 the rate falls to 0',
    });
  if (Math.abs(label) !== 1) throw new InputError({ where: 'label', found: `${label}`, expected: '1 or -1' });
  const { times, loss, outputs, rates } = run;
  const predicted = outputs.map((output) => 4 * (gamma ** 2 - output ** 2));
  let [across, square] = [0, 0];
  rates.forEach((rate, k) => {
    if (rate === null) return;
    across += (rate * predicted[k]) / 2;
    square += (predicted[k] / 2) ** 2;
  });
  const bound = times.map((t) => loss[0] * Math.exp(-(gamma ** 2 - 1) * t));
  return {
    predicted,
    slope: square > 0 ? across / square : null,
    bound,
    holds: staysBelow(loss, bound),
    condition: Math.abs(outputs[0]) <= Math.sqrt(3 * gamma ** 2 + 1) / 2,
    inside: Math.abs(outputs[0]) <= 1,
  };
}
