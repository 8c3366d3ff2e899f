import { dot, multiplyVector, transposeMultiplyVector } from '../../linalg/matrix.ts';
import type { DrivingTerm } from './driving-term.ts';
import { type Interpolant, interpolated } from './interpolant.ts';
import type { Displacement } from './state.ts';

/** The flow with J frozen at one σ: θ moves by Σ_j φ_s(λ_j)·coefficient_j·direction_j. */
export interface Substep {
  readonly sigma: number;
  readonly eigenvalues: Float64Array;
  /** The driving term in the eigenbasis. */
  readonly coefficients: Float64Array;
  /** Δθ of weights of the eigenvectors. */
  readonly displacement: (weights: Float64Array) => Float64Array;
  /** Change of σ by each eigenvector's direction; absent where J is the same everywhere. */
  readonly chordComponents: Float64Array | undefined;
}

/** Change of σ over which J is frozen at a time. */
const largestShift = 0.5;
/** So far beyond its samples the interpolant is not extrapolated, and J is frozen. */
const interpolationRange = { low: -1, high: 3 };

/**
 * Freezes J at a coordinate. Eigenvectors are those of the smaller side: K = JJᵀ = QΛQᵀ gives Δθ = Jᵀ·Q·φ(Λ)·Qᵀr; with
 * fewer parameters than the m training rows JᵀJ = VΛVᵀ gives Δθ = V·φ(Λ)·Vᵀ·Jᵀr.
 */
export function freezeAt(model: Interpolant, position: number, m: number, driving: DrivingTerm): Substep {
  const P = model.a.theta.length;
  const size = Math.min(m, P);
  const sigma = Math.min(Math.max(position, interpolationRange.low), interpolationRange.high);
  const { values, vectors } = model.eigenAt(sigma);
  const byRows = m <= P;
  const combined = (weights: Float64Array) => multiplyVector(vectors, weights, size, size);
  const displacement = byRows
    ? (weights: Float64Array) => {
        const rows = combined(weights);
        return interpolated(model, sigma, (J) => transposeMultiplyVector(J.subarray(0, m * P), rows, m, P));
      }
    : combined;
  const project = (side: Float64Array) => transposeMultiplyVector(vectors, side, size, size);
  const coefficients = project(driving(sigma));
  const frozen = { sigma, eigenvalues: values, coefficients, displacement };
  if (!model.second) return { ...frozen, chordComponents: undefined };
  const { chord } = model.second;
  const squared = dot(chord, 0, chord, 0, P);
  const image = byRows ? interpolated(model, sigma, (J) => multiplyVector(J.subarray(0, m * P), chord, m, P)) : chord;
  return { ...frozen, chordComponents: project(image).map((value) => value / squared) };
}

/** φ_s(λ) = (1 − e^{−λs})/λ times each coefficient. */
function phi({ eigenvalues, coefficients }: Substep, s: number): Float64Array {
  return coefficients.map((c, j) => {
    const lambda = Math.max(eigenvalues[j], 0);
    return c * (lambda * s < 1e-12 ? s : -Math.expm1(-lambda * s) / lambda);
  });
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
