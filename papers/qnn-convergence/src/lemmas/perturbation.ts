import { type FiniteProblem, finiteFlow, gram, heisenberg } from '@qntk/core';
import { starred, twirl } from './twirl.ts';

/**
 * Largest errors, as shares of the largest entry, of two identities of You et al. 2023 at the start of a network with pure
 * inputs: `kernel`, Lemma 3.1's K_ij = Σ_l tr(i[M,ρ_i]H_l)·tr(i[M,ρ_j]H_l) against JJᵀ; `perturbation`, Lemma 4.1's Eq. 8,
 * (K_pert)_ij = tr(i[M,ρ_i] ⊗ i[M,ρ_j]·Δ), against JJᵀ/(pZ) − K_asym.
 */
export function perturbationFromSpread(problem: FiniteProblem): { kernel: number; perturbation: number } {
  const { network, labels, theta0 } = problem;
  const m = labels.length;
  const { dimension: d } = network.circuit;
  const { kernels } = finiteFlow(problem, Float64Array.of(0));
  const { kernel, perturbation } = kernels[0]!;
  const { readout, generators } = heisenberg(network, theta0);
  const commutators = Array.from({ length: m }, (_, j) =>
    commutator(readout, network.inputs.columns.subarray(2 * d * j, 2 * d * (j + 1))),
  );
  const rows = Float64Array.from(commutators.flatMap((c) => generators.map((h) => realTrace(c, h))));
  const byCommutators = gram(rows, m, generators.length).map((value) => value / network.strength);
  const star = starred(d);
  const delta = twirl(network, theta0).map((value, i) => value - star[i]!);
  const bySpread = Float64Array.from({ length: m * m }, (_, at) =>
    pairTrace(commutators[Math.floor(at / m)]!, commutators[at % m]!, delta, d),
  );
  return { kernel: apart(byCommutators, kernel), perturbation: apart(bySpread, perturbation) };
}

function apart(a: Float64Array, b: Float64Array): number {
  const most = b.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  return a.reduce((size, value, i) => Math.max(size, Math.abs(value - b[i]!)), 0) / most;
}

/** i[M, vv†], d × d interleaved: i(av† − va†) with a = Mv. */
function commutator(M: Float64Array, v: Float64Array): Float64Array {
  const d = v.length / 2;
  const a = new Float64Array(2 * d);
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const at = 2 * (r * d + c);
      a[2 * r]! += M[at]! * v[2 * c]! - M[at + 1]! * v[2 * c + 1]!;
      a[2 * r + 1]! += M[at]! * v[2 * c + 1]! + M[at + 1]! * v[2 * c]!;
    }
  const out = new Float64Array(2 * d * d);
  for (let r = 0; r < d; r++)
    for (let c = 0; c < d; c++) {
      const [ar, ai, vr, vi] = [a[2 * r]!, a[2 * r + 1]!, v[2 * r]!, v[2 * r + 1]!];
      const [br, bi, wr, wi] = [a[2 * c]!, a[2 * c + 1]!, v[2 * c]!, v[2 * c + 1]!];
      const re = ar * wr + ai * wi - (vr * br + vi * bi);
      const im = ai * wr - ar * wi - (vi * br - vr * bi);
      out[2 * (r * d + c)] = -im;
      out[2 * (r * d + c) + 1] = re;
    }
  return out;
}

/** tr(AB) of Hermitian matrices. */
function realTrace(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** tr((A ⊗ B)Δ) of Hermitian A, B (d × d) and Δ (d² × d²). */
function pairTrace(a: Float64Array, b: Float64Array, delta: Float64Array, d: number): number {
  let sum = 0;
  let at = 0;
  for (let i = 0; i < d; i++)
    for (let k = 0; k < d; k++)
      for (let j = 0; j < d; j++)
        for (let l = 0; l < d; l++) {
          const [ar, ai] = [a[2 * (i * d + j)]!, a[2 * (i * d + j) + 1]!];
          const [br, bi] = [b[2 * (k * d + l)]!, b[2 * (k * d + l) + 1]!];
          // Hermitian: tr(XΔ) is the sum of the products of one's entries with the other's conjugates.
          sum += (ar * br - ai * bi) * delta[at]! + (ar * bi + ai * br) * delta[at + 1]!;
          at += 2;
        }
  return sum;
}
