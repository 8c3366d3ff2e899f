import { krylovSpace } from '../../linalg/krylov.ts';
import { dot } from '../../linalg/matrix.ts';
import type { Interpolant } from './interpolant.ts';
import type { DrivingTerm } from './side.ts';
import type { Displacement } from './state.ts';

/** The flow with J frozen at one σ: the side's step is Σ_j φ_s(λ_j)·coefficient_j·vector_j, over Ritz values and vectors. */
export interface Substep {
  /** Weights of the step in the sums of a displacement. */
  readonly weights: readonly number[];
  readonly eigenvalues: Float64Array;
  /** The driving term in the Ritz vectors. */
  readonly coefficients: Float64Array;
  /** The sum of Ritz vectors with given weights. */
  readonly combine: (weights: Float64Array) => Float64Array;
  /** Change of σ by each Ritz vector; absent where J is the same everywhere. */
  readonly chordComponents: Float64Array | undefined;
}

/** Change of σ over which J is frozen at a time. */
const largestShift = 0.5;
/** So far beyond its samples the interpolant is not extrapolated, and J is frozen. */
const interpolationRange = { low: -1, high: 3 };
/** Share of the driving term that the Krylov space may leave out. */
const leftOut = 1e-13;

/**
 * Freezes J at a coordinate for times up to `longest`: Δθ = Jᵀ·φ(K)·r with K = JJᵀ or, with fewer parameters than training rows,
 * φ(JᵀJ)·Jᵀr. Of the eigenvectors only what the driving term has any share in is found, in a Krylov space.
 */
export function freezeAt(
  { side, second, unit }: Interpolant,
  position: number,
  driving: DrivingTerm,
  longest: number,
): Substep {
  const sigma = Math.min(Math.max(position, interpolationRange.low), interpolationRange.high);
  const { values, coefficients, project, combine } = krylovSpace(
    driving(sigma),
    (lower) => side.writeGram(sigma, unit, lower),
    (lambda) => phiAt(lambda, longest * unit),
    leftOut,
  );
  const eigenvalues = values.map((value) => value * unit);
  const frozen = { weights: side.weights(sigma), eigenvalues, coefficients, combine };
  if (!second) return { ...frozen, chordComponents: undefined };
  const { chord } = second;
  const squared = dot(chord, 0, chord, 0, chord.length);
  return { ...frozen, chordComponents: project(side.chordAt(sigma)).map((value) => value / squared) };
}

/** φ_s(λ) = (1 − e^{−λs})/λ. */
function phiAt(eigenvalue: number, s: number): number {
  const lambda = Math.max(eigenvalue, 0);
  return lambda * s < 1e-12 ? s : -Math.expm1(-lambda * s) / lambda;
}

/** φ_s(λ) times each coefficient. */
function phi({ eigenvalues, coefficients }: Substep, s: number): Float64Array {
  return coefficients.map((c, j) => c * phiAt(eigenvalues[j], s));
}

/** A displacement after a further time s of a substep. */
export function advanced({ sums, learned }: Displacement, substep: Substep, s: number): Displacement {
  const { weights, eigenvalues, combine } = substep;
  const inVectors = phi(substep, s);
  const step = combine(inVectors);
  const gain = combine(inVectors.map((value, j) => value * Math.max(eigenvalues[j], 0)));
  return { sums: sums.map((sum, i) => added(sum, weights[i], step)), learned: added(learned, 1, gain) };
}

const added = (sum: Float64Array, weight: number, x: Float64Array): Float64Array =>
  sum.map((value, k) => value + weight * x[k]);

/** Change of σ within a time s. */
export function shiftAfter(substep: Substep, s: number): number {
  const { chordComponents } = substep;
  return chordComponents ? dot(chordComponents, 0, phi(substep, s), 0, chordComponents.length) : 0;
}

/** Longest time within `rest` in which σ changes by no more than J may be frozen over. */
export function substepLength(substep: Substep, rest: number): number {
  if (Math.abs(shiftAfter(substep, rest)) <= largestShift) return rest;
  let low = rest * 1e-9;
  let high = rest;
  for (let k = 0; k < 30; k++) {
    const middle = Math.sqrt(low * high);
    if (Math.abs(shiftAfter(substep, middle)) > largestShift) high = middle;
    else low = middle;
  }
  return low;
}
