import { type Complex, product } from '../../linalg/complex.ts';
import { gram } from '../../linalg/matrix.ts';
import { heisenberg } from '../finite/heisenberg.ts';
import { densityMatrix } from '../finite/input-states.ts';
import type { DenseNetwork } from '../finite/network.ts';

/**
 * You et al. 2023, Lemma 3.1: the residual moves by dr/dt = −(η/m)·K(θ)·r with
 * K_ij = Σ_l tr(i[M,ρ_i]H_l)·tr(i[M,ρ_j]H_l).
 *
 * Here from the commutators themselves, p products of d × d matrices: it must equal JJᵀ, which is what runs use.
 *
 * @returns K, m × m.
 */
export function commutatorKernel(network: DenseNetwork, theta: Float64Array): Float64Array {
  const { readout, generators } = heisenberg(network, theta);
  const { count } = network.inputs;
  const rows = new Float64Array(count * generators.length);
  for (let j = 0; j < count; j++) {
    const rho = densityMatrix(network.inputs, j);
    const forward = product(readout, rho);
    const backward = product(rho, readout);
    // tr(i·C·H) is −Im tr(C·H).
    const commutator = forward.map((value, i) => value - backward[i]);
    generators.forEach((h, l) => {
      rows[j * generators.length + l] = -imaginaryTrace(commutator, h);
    });
  }
  return gram(rows, count, generators.length);
}

/** Im tr(AB). */
function imaginaryTrace(a: Complex, b: Complex): number {
  const d = Math.sqrt(a.length / 2);
  let sum = 0;
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const at = 2 * (r * d + c);
      const across = 2 * (c * d + r);
      sum += a[at] * b[across + 1] + a[at + 1] * b[across];
    }
  return sum;
}
