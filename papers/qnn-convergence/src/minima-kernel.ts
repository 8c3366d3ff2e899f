/**
 * You et al. 2023, Eq. 113: K_asym at a global minimum as 2γ²(1 − 1/γ²)·1 − 8γ²·R ∘ (G − 1) ∘ (G − 1)ᵀ, ∘ entry by
 * entry. G_ij = û_i†û_j is made of the directions û of the inputs' parts in the positive eigenspace, and
 * R_ij = √(P_ii·P_jj) of their lengths, P_jj = (1 + y_j/γ)/2.
 *
 * As printed it is wrong. What stands there for |u_i†u_j|² is R_ij·|G_ij|², but u_i†u_j = R_ij·G_ij, so that it must be
 * R ∘ R in place of R (`corrected`). The theorem survives: R ∘ R is positive semidefinite like R, its diagonal is at
 * most ((1 + 1/γ)/2)² in place of (1 + 1/γ)/2, and by Schur's inequality (Horn and Johnson 1991)
 * ‖R ∘ R ∘ A‖ ≤ ((1 + 1/γ)/2)²·‖A‖ for Hermitian A.
 *
 * @param P - V†Π₊V of orthonormal inputs V at a minimum, m × m, interleaved (`sampleMinima`).
 * @param gamma - γ, the readout scale.
 * @returns m × m, real.
 */
export function kernelOfDirections(P: Float64Array, gamma: number, form: 'printed' | 'corrected'): Float64Array {
  const m = Math.sqrt(P.length / 2);
  const length = (j: number) => Math.sqrt(P[2 * (j * m + j)]);
  return Float64Array.from({ length: m * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    if (i === j) return 2 * gamma ** 2 * (1 - 1 / gamma ** 2);
    const r = length(i) * length(j);
    const overlap = (P[2 * at] ** 2 + P[2 * at + 1] ** 2) / r ** 2;
    return -8 * gamma ** 2 * (form === 'printed' ? r : r * r) * overlap;
  });
}
