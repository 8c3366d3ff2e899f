import { symmetricEigen } from './eigen.ts';
import { type LanczosEntries, type LanczosSteps, ReferenceLanczos } from './lanczos-steps.ts';
import { multiplyVector, norm, transposeMultiplyVector } from './matrix.ts';
import { diagonalise } from './ql.ts';
import { FastLanczos } from './wasm/lanczos.ts';

/** What functions of a symmetric matrix make of one vector b: Ritz values and vectors in the space of b, A·b, A²·b, … */
export interface KrylovSpace {
  /** k Ritz values. */
  readonly values: Float64Array;
  /** b in the Ritz vectors. */
  readonly coefficients: Float64Array;
  /** Any vector's components along the Ritz vectors. */
  project(v: Float64Array): Float64Array;
  /** The sum of Ritz vectors with given weights: φ(A)·b with the weights φ(values)·coefficients. */
  combine(weights: Float64Array): Float64Array;
}

/** Begins with a unit vector and the matrix whose lower triangle (n×n) `write` puts down. */
type LanczosMethod = new (start: Float64Array, write: (lower: Float64Array) => void) => LanczosSteps;

export const krylovMethods = { reference: ReferenceLanczos, fast: FastLanczos } as const satisfies Record<
  string,
  LanczosMethod
>;

/**
 * The Krylov space of a vector b that is large enough for ψ(A)·b with ψ(λ) = e^{−λs}, A being positive semidefinite: what it leaves
 * out is at most `tolerance` times b, or rounding.
 *
 * With the k × k matrix T of Lanczos vectors and what leads out of it, β, the error e(s) obeys e′ = −A·e − β·|b|·ψ(T)_{k1}·v_{k+1},
 * so that |e(s)| ≤ β·|b|·|φ(T)_{k1}| with φ(λ) = (1 − e^{−λs})/λ (Saad 1992, §4; no entry of e^{−tT} changes its sign).
 *
 * @param b - of length n; 0 spans nothing.
 * @param write - puts down the lower triangle of A, n×n numbers, row-major; all of them, as there may be anything before.
 * @param phi - φ at an eigenvalue.
 */
export function krylovSpace(
  b: Float64Array,
  write: (lower: Float64Array) => void,
  phi: (lambda: number) => number,
  tolerance: number,
  Method: LanczosMethod = FastLanczos,
): KrylovSpace {
  const n = b.length;
  const size = norm(b);
  if (size === 0) return nothing(n);
  const steps = new Method(
    b.map((entry) => entry / size),
    write,
  );
  for (let count = Math.min(n, leastVectors); ; count = Math.min(n, count + Math.max(leastVectors, count >> 2))) {
    const entries = steps.extend(count);
    const k = entries.diagonal.length;
    if (k === n || k < count || leftOut(entries, phi) <= tolerance) return spaceOf(entries, steps.vectors(k), size);
  }
}

/** Vectors before the first look at what is left out, and at least so many more before the next. */
const leastVectors = 4;

/** β·|φ(T)_{k1}|, as far as it is not rounding. */
function leftOut({ diagonal, beside }: LanczosEntries, phi: (lambda: number) => number): number {
  const k = diagonal.length;
  const beta = beside[k - 1];
  if (beta === 0) return 0;
  // First and last entries of the eigenvectors; one that is both stands twice.
  const ends = new Float64Array(2 * k);
  ends[0] = 1;
  ends[2 * k - 1] = 1;
  const values = diagonal.slice();
  diagonalise({ diagonal: values, below: beside.slice() }, ends, k, 2);
  let sum = 0;
  let sizes = 0;
  for (let j = 0; j < k; j++) {
    const term = ends[2 * j] * ends[2 * j + 1] * phi(values[j]);
    sum += term;
    sizes += Math.abs(term);
  }
  const rounding = 8 * Number.EPSILON * sizes;
  return beta * Math.max(0, Math.abs(sum) - rounding);
}

function spaceOf({ diagonal, beside }: LanczosEntries, basis: Float64Array, size: number): KrylovSpace {
  const k = diagonal.length;
  const n = basis.length / k;
  const T = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    T[i * k + i] = diagonal[i];
    if (i > 0) T[i * k + i - 1] = T[(i - 1) * k + i] = beside[i - 1];
  }
  const { values, vectors } = symmetricEigen(T, k);
  return {
    values,
    coefficients: vectors.slice(0, k).map((entry) => size * entry),
    project: (v) => transposeMultiplyVector(vectors, multiplyVector(basis, v, k, n), k, k),
    combine: (weights) => transposeMultiplyVector(basis, multiplyVector(vectors, weights, k, k), k, n),
  };
}

function nothing(n: number): KrylovSpace {
  const none = new Float64Array(0);
  return { values: none, coefficients: none, project: () => none, combine: () => new Float64Array(n) };
}
