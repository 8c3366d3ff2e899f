import { meanOf, type Readout, varianceOf } from '../readout.ts';

/**
 * The time that one sample's output takes from `start` to `output` under dŷ/dt = 2(γ² − ŷ²)(y − ŷ): exact for a readout
 * ±γ and one sample, and for each of m orthogonal ones as d → ∞ (start 0).
 *
 * @throws RangeError where the output never gets there.
 */
export function timeToOutput(output: number, label: number, gamma: number, start = 0): number {
  const end = Math.max(-gamma, Math.min(gamma, label));
  const onTheWay = start < end ? start <= output && output < end : end < output && output <= start;
  if (!(Math.abs(start) < gamma && onTheWay))
    throw new RangeError(`the output goes from ${start} to ${end} and never is ${output}`);
  return timeFunction(output, label, gamma) - timeFunction(start, label, gamma);
}

/** An antiderivative of 1/(2(γ² − u²)(y − u)) by partial fractions. */
function timeFunction(u: number, y: number, gamma: number): number {
  if (y === -gamma) return timeFunction(-u, gamma, gamma);
  if (y === gamma) return 1 / (4 * gamma * (gamma - u)) + Math.log((gamma + u) / (gamma - u)) / (8 * gamma * gamma);
  const atTop = 1 / (2 * gamma * (y - gamma));
  const atBottom = 1 / (2 * gamma * (y + gamma));
  const atLabel = 1 / (gamma * gamma - y * y);
  const logs = -atTop * Math.log(gamma - u) + atBottom * Math.log(gamma + u) - atLabel * Math.log(Math.abs(y - u));
  return logs / 2;
}

/**
 * The spectrum as a probability law, tilted to a mean: p_k ∝ d_k·e^{2λ_k s}.
 *
 * One sample's probabilities p_k = tr(Π_kρ) obey dp_k/dt = 2r·p_k(λ_k − ŷ), so that they move along this family with
 * ds/dt = r, ŷ being its mean and K_asym twice its variance; so does each of m orthogonal ones as d → ∞, from p_k = d_k/d.
 */
export interface Tilt {
  readonly s: number;
  /** p, one for each eigenspace. */
  readonly probabilities: Float64Array;
  readonly variance: number;
}

/** The tilt whose mean is a label; undefined where the label is not between the outermost eigenvalues. */
export function tiltTo(readout: Readout, label: number): Tilt | undefined {
  const { eigenspaces } = readout;
  if (!(label < eigenspaces[0].value && label > eigenspaces[eigenspaces.length - 1].value)) return undefined;
  const away = (s: number) => momentsOf(readout, s).mean - label;
  // Twice the tilt of a law whose mean grows with it, until the label lies between.
  const sign = label < meanOf(readout) ? -1 : 1;
  let [low, high] = [0, sign / (eigenspaces[0].value - eigenspaces[eigenspaces.length - 1].value)];
  while (away(high) * sign < 0) [low, high] = [high, 2 * high];
  for (;;) {
    const s = (low + high) / 2;
    if (s === low || s === high) return { s, ...momentsOf(readout, s) };
    if (away(s) * sign < 0) low = s;
    else high = s;
  }
}

function momentsOf({ eigenspaces, dimension }: Readout, s: number) {
  const exponents = eigenspaces.map((space) => Math.log(space.dimension / dimension) + 2 * space.value * s);
  const most = Math.max(...exponents);
  const weights = exponents.map((exponent) => Math.exp(exponent - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const probabilities = Float64Array.from(weights, (weight) => weight / total);
  const mean = probabilities.reduce((sum, p, k) => sum + p * eigenspaces[k].value, 0);
  const variance = probabilities.reduce((sum, p, k) => sum + p * (eigenspaces[k].value - mean) ** 2, 0);
  return { probabilities, mean, variance };
}

/**
 * −d ln L/dt as the loss of one sample vanishes, as d → ∞: 4·Var, the variance of the spectrum tilted to the label; for a
 * readout ±γ 4(γ² − y²). With several samples the slowest one is left at last. 0 for labels on the edge of the spectrum,
 * where the loss falls as 1/t², and outside, where it stays.
 */
export function terminalRate(readout: Readout, label: number): number {
  return 4 * (tiltTo(readout, label)?.variance ?? 0);
}

/**
 * Eigenvalues of the mean of K_asym over Haar-random starts, m orthonormal inputs: `most` (m − 1 times) and `least`. With
 * v the variance of the spectrum, 2vd²/(d² − 1) and 2vd(d − m)/(d² − 1).
 */
export function meanKernel(readout: Readout, m: number): { least: number; most: number } {
  const d = readout.dimension;
  const unit = (2 * varianceOf(readout) * d) / ((d - 1) * (d + 1));
  return { least: unit * (d - m), most: unit * (m > 1 ? d : d - 1) };
}
