import { symmetricEigen } from '../../linalg/eigen.ts';
import { gram } from '../../linalg/matrix.ts';
import { perSamplePair } from './input-states.ts';
import { type DenseNetwork, networkJacobian } from './network.ts';

/** K = K_asym + K_pert in the limit's time, dr/dt = −K·r with η = m/(pZ) (You et al. 2023, Lemma 4.1); m × m each. */
export interface KernelParts {
  /** JJᵀ/(pZ). */
  readonly kernel: Float64Array;
  /** tr(i[M,ρ_i] i[M,ρ_j]). */
  readonly asymptotic: Float64Array;
  /** What is left, which vanishes as 1/√p. */
  readonly perturbation: Float64Array;
}

/** Outputs and the kernel's parts at θ. */
export function kernelParts(network: DenseNetwork, theta: Float64Array): KernelParts & { readonly f: Float64Array } {
  const { f, J } = networkJacobian(network, theta);
  const kernel = gram(J, network.inputs.count, theta.length).map((value) => value / network.strength);
  const asymptotic = asymptoticKernel(network, theta);
  return { f, kernel, asymptotic, perturbation: kernel.map((value, i) => value - asymptotic[i]) };
}

/**
 * K_asym at θ (You et al. 2023, Eq. 7). With φ_k the columns behind the last layer, [M,ρ] and ρ need d numbers a column
 * only: tr(i[M,ρ_k] i[M,ρ_l]) = 2·Re(⟨φ_k|M₀²|φ_l⟩⟨φ_l|φ_k⟩) − 2·|⟨φ_k|M₀|φ_l⟩|².
 */
function asymptoticKernel({ simulator, circuit, inputs }: DenseNetwork, theta: Float64Array): Float64Array {
  const { dimension: d, readout } = circuit;
  const n = inputs.weights.length;
  const states = simulator.states(theta);
  const K = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let l = 0; l <= k; l++) {
      // ⟨φ_k|M₀^power|φ_l⟩ for the powers 0, 1 and 2.
      const sums = new Float64Array(6);
      for (let i = 0; i < d; i++) {
        const a = 2 * (k * d + i);
        const b = 2 * (l * d + i);
        const re = states[a] * states[b] + states[a + 1] * states[b + 1];
        const im = states[a] * states[b + 1] - states[a + 1] * states[b];
        for (let power = 0, factor = 1; power < 3; power++, factor *= readout[i]) {
          sums[2 * power] += factor * re;
          sums[2 * power + 1] += factor * im;
        }
      }
      const [s, sIm, g, gIm, h, hIm] = sums;
      K[k * n + l] = 2 * (h * s + hIm * sIm) - 2 * (g * g + gIm * gIm);
      K[l * n + k] = K[k * n + l];
    }
  return perSamplePair(inputs, K);
}

/** Least and largest eigenvalue of a kernel (m × m). */
export function extremes(kernel: Float64Array): { least: number; largest: number } {
  const m = Math.sqrt(kernel.length);
  const { values } = symmetricEigen(kernel, m);
  return { least: values[m - 1], largest: values[0] };
}
