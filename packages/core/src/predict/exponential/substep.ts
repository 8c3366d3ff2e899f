import { krylovSpace } from '../../linalg/krylov.ts';
import { dot, transposeMultiplyVector } from '../../linalg/matrix.ts';
import type { DrivingTerm } from './driving-term.ts';
import { type Interpolant, interpolated, writeGram } from './interpolant.ts';
import type { Displacement } from './state.ts';

/** The flow with J frozen at one σ: θ moves by Σ_j φ_s(λ_j)·coefficient_j·direction_j, over Ritz values and vectors. */
export interface Substep {
  readonly sigma: number;
  readonly eigenvalues: Float64Array;
  /** The driving term in the Ritz vectors. */
  readonly coefficients: Float64Array;
  /** Δθ of weights of the Ritz vectors. */
  readonly displacement: (weights: Float64Array) => Float64Array;
  /** Change of σ by each Ritz vector's direction; absent where J is the same everywhere. */
  readonly chordComponents: Float64Array | undefined;
}

/** Change of σ over which J is frozen at a time. */
const largestShift = 0.5;
/** So far beyond its samples the interpolant is not extrapolated, and J is frozen. */
const interpolationRange = { low: -1, high: 3 };

/** Share of the driving term that the Krylov space may leave out. */
const leftOut = 1e-13;

/**
 * Freezes J at a coordinate for times up to `longest`. The Gram matrix is that of the smaller side: Δθ = Jᵀ·φ(K)·r with K = JJᵀ; with
 * fewer parameters than the m training rows Δθ = φ(JᵀJ)·Jᵀr. Of the eigenvectors only what the driving term has any share in is
 * found, in a Krylov space.
 */
export function freezeAt(
  model: Interpolant,
  position: number,
  m: number,
  driving: DrivingTerm,
  longest: number,
): Substep {
  const P = model.a.theta.length;
  const sigma = Math.min(Math.max(position, interpolationRange.low), interpolationRange.high);
  const { unit } = model;
  const { values, coefficients, project, combine } = krylovSpace(
    driving(sigma),
    (lower) => writeGram(model, sigma, lower),
    (lambda) => phiAt(lambda, longest * unit),
    leftOut,
  );
  const displacement =
    m <= P
      ? (weights: Float64Array) => {
          const rows = combine(weights);
          return interpolated(model, sigma, (J) => transposeMultiplyVector(J.subarray(0, m * P), rows, m, P));
        }
      : combine;
  const eigenvalues = values.map((value) => value * unit);
  const frozen = { sigma, eigenvalues, coefficients, displacement };
  if (!model.second) return { ...frozen, chordComponents: undefined };
  const { chord, images } = model.second;
  const squared = dot(chord, 0, chord, 0, P);
  const image = images ? images.a.map((value, i) => (1 - sigma) * value + sigma * images.b[i]) : chord;
  return { ...frozen, chordComponents: project(image).map((value) => value / squared) };
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
export function advanced({ a, b }: Displacement, substep: Substep, s: number): Displacement {
  const moved = substep.displacement(phi(substep, s));
  return {
    a: a.map((value, k) => value + (1 - substep.sigma) * moved[k]),
    b: b.map((value, k) => value + substep.sigma * moved[k]),
  };
}

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
