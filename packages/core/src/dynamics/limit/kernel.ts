import { type Complex, product } from '../../linalg/complex.ts';
import { densitiesOf, type LimitProblem } from './problem.ts';

/** K_asym (m × m) from the projections Q†Π_kQ (n × n of `size` rows and columns), into `out` at `start`. */
type Kernel = (projections: readonly Complex[], out: Float64Array, start: number) => void;

/**
 * K_ij = tr(i[M, ρ_i]·i[M, ρ_j]) = Σ_{k<l} 2(λ_k − λ_l)²·Re tr(Π_kρ_iΠ_lρ_j): no differences of nearly equal numbers,
 * however close the outputs come to the readout's ends.
 */
export function kernelOf(problem: LimitProblem, size: number): Kernel {
  const { readout, inputs } = problem;
  const m = inputs.count;
  const values = readout.eigenspaces.map(({ value }) => value);
  const densities = inputs.orthonormal ? undefined : densitiesOf(inputs, size);
  return (projections, out, start) => {
    out.fill(0, start, start + m * m);
    // Π_kρ_j within the inputs' space; for orthonormal inputs the projections say all.
    const parts = densities ? projections.map((part) => densities.map((density) => product(part, density))) : [];
    for (let k = 0; k < values.length; k++)
      for (let l = k + 1; l < values.length; l++) {
        const factor = 2 * (values[k] - values[l]) ** 2;
        for (let i = 0; i < m; i++)
          for (let j = 0; j < m; j++) {
            const overlap = densities
              ? realTrace(parts[k][i], parts[l][j], size)
              : realProduct(projections[k], projections[l], 2 * (i * size + j));
            out[start + i * m + j] += factor * overlap;
          }
      }
    symmetrise(out, start, m);
  };
}

/** Re(a·b̄) of the entries at an index. */
const realProduct = (a: Complex, b: Complex, at: number) => a[at] * b[at] + a[at + 1] * b[at + 1];

/** Re tr(A·B). */
function realTrace(a: Complex, b: Complex, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [at, mirror] = [2 * (i * n + j), 2 * (j * n + i)];
      sum += a[at] * b[mirror] - a[at + 1] * b[mirror + 1];
    }
  return sum;
}

/** The mean of each pair, which differs by rounding. */
function symmetrise(out: Float64Array, start: number, m: number): void {
  for (let i = 0; i < m; i++)
    for (let j = 0; j < i; j++) {
      const [at, mirror] = [start + i * m + j, start + j * m + i];
      out[at] = (out[at] + out[mirror]) / 2;
      out[mirror] = out[at];
    }
}
