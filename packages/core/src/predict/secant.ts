import { symmetricEigen } from '../linalg/eigen.ts';
import {
  dot,
  multiplyTransposed,
  multiplyVector,
  transposeMultiply,
  transposeMultiplyVector,
} from '../linalg/matrix.ts';

/** A point of parameter space with its Jacobian on all rows (rows × P). */
export interface Sample {
  readonly theta: Float64Array;
  readonly J: Float64Array;
}

/**
 * The network with a Jacobian that changes linearly along the chord between two samples a and b:
 * J(σ) = J_a + σ·(J_b − J_a), where σ is the coordinate along the chord (0 at a, 1 at b). Its flow needs no further
 * Jacobian. The derivation is in docs/flow.md.
 */
export interface Secant {
  readonly start: Sample;
  /** J_b − J_a and θ_b − θ_a; absent where there is one sample only and J is frozen. */
  readonly slope?: Float64Array;
  readonly chord?: Float64Array;
  /** JJᵀ or JᵀJ of the training rows at σ, whichever is smaller. */
  readonly gram: (sigma: number) => Float64Array;
}

/** Where the flow of a secant model has come to. */
export interface Path {
  readonly theta: Float64Array;
  /** Outputs on all rows. */
  readonly f: Float64Array;
}

/** Portion of the chord over which J is held while the flow of the model is solved. */
const portion = 0.5;
/** The secant is an interpolation; so far beyond its ends it is not believed, and J is held. */
const believed = { low: -1, high: 3 };
/** Sub-steps after which the rest of the time is taken in one. */
const mostSubsteps = 40;

/** The model through two samples, or frozen at one, for m training rows. */
export function secantThrough(m: number, a: Sample, b?: Sample): Secant {
  const own = product(a.J, a.J, m, a.theta.length);
  const chord = b?.theta.map((value, k) => value - a.theta[k]);
  if (!b || !chord || chord.every((value) => value === 0)) return { start: a, gram: () => own };
  const slope = b.J.map((value, i) => value - a.J[i]);
  return { start: a, chord, slope, gram: quadratic(own, a.J, slope, m, a.theta.length) };
}

/** The Gram matrix of A + σB: a quadratic, so that many σ cost no more than three products of many rows. */
function quadratic(own: Float64Array, a: Float64Array, b: Float64Array, m: number, P: number): Secant['gram'] {
  const size = Math.min(m, P);
  const mixed = product(a, b, m, P);
  const square = product(b, b, m, P);
  const both = mixed.map((value, i) => value + mixed[(i % size) * size + Math.floor(i / size)]);
  return (sigma) => own.map((value, i) => value + sigma * (both[i] + sigma * square[i]));
}

/** ABᵀ or AᵀB of the first m rows, whichever is smaller. */
function product(a: Float64Array, b: Float64Array, m: number, P: number): Float64Array {
  const [top, other] = [a.subarray(0, m * P), b.subarray(0, m * P)];
  return m <= P ? multiplyTransposed(top, other, m, P, m) : transposeMultiply(top, other, m, P, P);
}

/**
 * Solves the flow dθ/ds = J(σ(θ))ᵀr of a secant model from `from` and returns the path at the given times s (ascending).
 * The training rows, those with labels `y`, come first. J is held over half a chord at a time, at its middle.
 */
export function follow(secant: Secant, y: Float64Array, from: Path, times: readonly number[]): Path[] {
  const end = times[times.length - 1];
  const found: Path[] = [];
  let path = from;
  let s = 0;
  for (let substep = 0; found.length < times.length; substep++) {
    const r = y.map((value, i) => value - path.f[i]);
    const sigma = coordinate(secant, path.theta);
    const start = hold(secant, sigma, r);
    const length = substep < mostSubsteps ? portionLength(start, end - s) : end - s;
    const middle = secant.chord ? hold(secant, sigma + progress(start, length / 2), r) : start;
    const last = length >= end - s;
    while (found.length < times.length && (last || times[found.length] <= s + length))
      found.push(advanced(path, middle, times[found.length] - s));
    path = advanced(path, middle, length);
    s += length;
  }
  return found;
}

/** Fastest rate of the model's flow at its start, the largest eigenvalue of the kernel. */
export function fastestRate({ start, gram }: Secant, m: number): number {
  return symmetricEigen(gram(0), Math.min(m, start.theta.length)).values[0];
}

/** Coordinate of a point along the chord. */
function coordinate({ start, chord }: Secant, theta: Float64Array): number {
  if (!chord) return 0;
  const offset = theta.map((value, k) => value - start.theta[k]);
  return dot(offset, 0, chord, 0, chord.length) / dot(chord, 0, chord, 0, chord.length);
}

/** The model with J held at one σ: θ moves by Σ_j φ_s(λ_j)·pull_j·direction_j. */
interface Held {
  /** J·Δθ on all rows. */
  readonly change: (moved: Float64Array) => Float64Array;
  readonly values: Float64Array;
  /** Turns weights of the modes into a displacement of θ. */
  readonly displace: (weights: Float64Array) => Float64Array;
  readonly pull: Float64Array;
  /** How far each mode's direction moves σ. */
  readonly along: Float64Array | undefined;
}

/**
 * Modes on the smaller side: K = JJᵀ = QΛQᵀ gives Δθ = Jᵀ·Q·φ(Λ)·Qᵀr; with fewer parameters than rows JᵀJ = VΛVᵀ gives
 * Δθ = V·φ(Λ)·Vᵀ·Jᵀr.
 */
function hold(secant: Secant, position: number, r: Float64Array): Held {
  const { start, slope, chord } = secant;
  const m = r.length;
  const P = start.theta.length;
  const sigma = Math.min(Math.max(position, believed.low), believed.high);
  const size = Math.min(m, P);
  const { values, vectors } = symmetricEigen(secant.gram(sigma), size);
  const byRows = m <= P;
  const training = (of: Float64Array) => of.subarray(0, m * P);
  // J(σ) itself is never formed: of many rows that would take longer than the products.
  const change = combination(sigma, start.J, slope, (J, moved) => multiplyVector(J, moved, J.length / P, P));
  const pulls = combination(sigma, training(start.J), slope && training(slope), (J, rows) =>
    transposeMultiplyVector(J, rows, m, P),
  );
  const displace = (weights: Float64Array) => {
    const combined = multiplyVector(vectors, weights, size, size);
    return byRows ? pulls(combined) : combined;
  };
  const project = (rows: Float64Array) => transposeMultiplyVector(vectors, rows, size, size);
  const pull = project(byRows ? r : pulls(r));
  if (!chord) return { change, values, displace, pull, along: undefined };
  const squared = dot(chord, 0, chord, 0, P);
  const along = project(byRows ? change(chord).subarray(0, m) : chord).map((value) => value / squared);
  return { change, values, displace, pull, along };
}

/** v ↦ (A + σB)·v, as `multiply` multiplies. */
function combination(
  sigma: number,
  a: Float64Array,
  b: Float64Array | undefined,
  multiply: (matrix: Float64Array, v: Float64Array) => Float64Array,
): (v: Float64Array) => Float64Array {
  if (!b) return (v) => multiply(a, v);
  return (v) => {
    const bent = multiply(b, v);
    return multiply(a, v).map((value, i) => value + sigma * bent[i]);
  };
}

/** φ_s(λ) = (1 − e^{−λs})/λ times each mode's pull. */
function pulled({ values, pull }: Held, s: number): Float64Array {
  return pull.map((c, j) => {
    const lambda = Math.max(values[j], 0);
    return c * (lambda * s < 1e-12 ? s : -Math.expm1(-lambda * s) / lambda);
  });
}

function advanced(path: Path, held: Held, s: number): Path {
  const moved = held.displace(pulled(held, s));
  const change = held.change(moved);
  return {
    theta: path.theta.map((value, k) => value + moved[k]),
    f: path.f.map((value, i) => value + change[i]),
  };
}

/** How far σ moves within a time s. */
function progress(held: Held, s: number): number {
  return held.along ? dot(held.along, 0, pulled(held, s), 0, held.along.length) : 0;
}

/** Longest time within `rest` in which the path moves by at most one portion of the chord. */
function portionLength(held: Held, rest: number): number {
  if (Math.abs(progress(held, rest)) <= portion) return rest;
  let low = rest * 1e-9;
  let high = rest;
  for (let k = 0; k < 30; k++) {
    const middle = Math.sqrt(low * high);
    if (Math.abs(progress(held, middle)) > portion) high = middle;
    else low = middle;
  }
  return low;
}
