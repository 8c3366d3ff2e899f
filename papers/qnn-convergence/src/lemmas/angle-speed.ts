import { type FiniteProblem, networkJacobian } from '@qntk/core';

/**
 * How fast angles move at the start, ‖dθ/dt‖, by You et al. 2023, Eq. 75, (1/(2pZ))·|Σ_j r_j·tr(i[M,H_l]ρ_j)| for every angle, and
 * by the flow itself. ∂L/∂θ_l of L = 1/(2m)·Σr² is −(1/m)·Σ_j r_j·∂ŷ_j/∂θ_l and η = m/(pZ): the 2 that Eq. 74 divides by is
 * cancelled by the square's derivative.
 */
export function angleSpeeds({ network, labels, theta0 }: FiniteProblem): { stated: number; actual: number } {
  const m = labels.length;
  const p = theta0.length;
  const { f, J } = networkJacobian(network, theta0);
  // tr(i[M,H_l]ρ_j) is −∂ŷ_j/∂θ_l.
  const sums = theta0.map((_, l) => labels.reduce((sum, y, j) => sum + (y - f[j]!) * J[j * p + l]!, 0));
  const size = Math.hypot(...sums);
  const loss = (theta: Float64Array) =>
    networkJacobian(network, theta).f.reduce((sum, value, j) => sum + (labels[j]! - value) ** 2 / (2 * m), 0);
  // −∇L along itself, by central differences: not by the formula in question.
  const along = sums.map((value) => value / size);
  const h = 1e-5;
  const slope =
    (loss(theta0.map((value, l) => value + h * along[l]!)) - loss(theta0.map((value, l) => value - h * along[l]!))) /
    (2 * h);
  return { stated: size / (2 * network.strength), actual: (m / network.strength) * Math.abs(slope) };
}
