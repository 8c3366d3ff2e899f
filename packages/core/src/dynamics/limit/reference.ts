import { solve } from '../../integrate/solve.ts';
import { type Complex, product } from '../../linalg/complex.ts';

/** The limit on all d dimensions, with nothing known of its structure: what the reduced equation is held against. */
export interface FullProblem {
  /** M(0), d × d Hermitian, γ included. */
  readonly M: Complex;
  /** ρ_j, d × d each. */
  readonly states: readonly Complex[];
  /** y. */
  readonly labels: Float64Array;
}

/** M at each time, by dM/dt = Σ_j r_j[M, [M, ρ_j]] (You et al. 2023, Eq. 10) as it stands. */
export function fullLimit({ M, states, labels }: FullProblem, times: Float64Array, tolerance: number) {
  const slope = (now: Complex) => {
    const X = new Float64Array(M.length);
    states.forEach((rho, j) => {
      const r = labels[j] - realTrace(now, rho);
      for (let i = 0; i < X.length; i++) X[i] += r * rho[i];
    });
    return commutator(now, commutator(now, X));
  };
  return solve(slope, M, times, tolerance).states;
}

/** ŷ_j = tr(Mρ_j). */
export function fullOutputs(M: Complex, states: readonly Complex[]): Float64Array {
  return Float64Array.from(states, (rho) => realTrace(M, rho));
}

/** K_asym, m × m: tr(i[M, ρ_i]·i[M, ρ_j]). */
export function fullKernel(M: Complex, states: readonly Complex[]): Float64Array {
  const moved = states.map((rho) => commutator(M, rho));
  // [M, ρ] is anti-Hermitian, so −tr([M, ρ_i][M, ρ_j]) is the real inner product of their entries.
  return Float64Array.from(moved.flatMap((a) => moved.map((b) => a.reduce((sum, entry, i) => sum + entry * b[i], 0))));
}

function commutator(a: Complex, b: Complex): Complex {
  const ba = product(b, a);
  return product(a, b).map((entry, i) => entry - ba[i]);
}

/** tr(AB) of Hermitian matrices. */
function realTrace(a: Complex, b: Complex): number {
  return a.reduce((sum, entry, i) => sum + entry * b[i], 0);
}
