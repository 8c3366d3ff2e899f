import { symmetricEigen } from '../linalg/eigen.ts';
import {
  dot,
  gram,
  multiplyTransposed,
  multiplyVector,
  transposeGram,
  transposeMultiply,
  transposeMultiplyVector,
} from '../linalg/matrix.ts';

/** A point of parameter space with its Jacobian on all rows (rows × P). */
export interface Sample {
  readonly theta: Float64Array;
  readonly J: Float64Array;
  /** JJᵀ or JᵀJ of the training rows, whichever is smaller. */
  readonly gram: Float64Array;
}

/**
 * The network with a Jacobian that changes linearly along the chord between two samples a and b:
 * J(σ) = (1 − σ)·J_a + σ·J_b, where σ is the coordinate along the chord (0 at a, 1 at b). Its flow needs no further
 * Jacobian. The derivation is in docs/flow.md.
 */
export interface Secant {
  readonly a: Sample;
  /** Absent where there is one sample only and J is frozen. */
  readonly bent: Bent | undefined;
  /** Eigenvalues and eigenvectors of the Gram matrix at σ; attempts and dense output ask for the same ones again. */
  readonly modesAt: (sigma: number) => Modes;
}

type Modes = ReturnType<typeof symmetricEigen>;

interface Bent {
  readonly b: Sample;
  /** θ_b − θ_a. */
  readonly chord: Float64Array;
  /** J_aJ_bᵀ or J_aᵀJ_b of the training rows. */
  readonly mixed: Float64Array;
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

/** Displacements whose outputs are found together, each number of the Jacobian being read once for all of them. */
const atOnce = 16;

/** A sample with m training rows. */
export function sampleAt(theta: Float64Array, J: Float64Array, m: number): Sample {
  const P = theta.length;
  const top = J.subarray(0, m * P);
  return { theta, J, gram: m <= P ? gram(top, m, P) : transposeGram(top, m, P) };
}

/** The model through two samples of m training rows, or frozen at one. */
export function secantThrough(m: number, a: Sample, b?: Sample): Secant {
  const chord = b?.theta.map((value, k) => value - a.theta[k]);
  const size = Math.min(m, a.theta.length);
  if (!b || !chord || chord.every((value) => value === 0)) {
    const modes = remembered(size, () => symmetricEigen(a.gram, size));
    return { a, bent: undefined, modesAt: () => modes(0) };
  }
  const P = a.theta.length;
  const [top, other] = [a, b].map(({ J }) => J.subarray(0, m * P));
  const mixed = m <= P ? multiplyTransposed(top, other, m, P, m) : transposeMultiply(top, other, m, P, P);
  const bent = { b, chord, mixed };
  return { a, bent, modesAt: remembered(size, (sigma) => symmetricEigen(gramAt(a, bent, sigma), size)) };
}

/** Numbers that remembered modes may take: 64 MiB. */
const mostRemembered = 2 ** 23;

/** Modes by σ, found once each as long as they fit in memory. */
function remembered(size: number, find: (sigma: number) => Modes): (sigma: number) => Modes {
  const known = new Map<number, Modes>();
  return (sigma) => {
    const found = known.get(sigma) ?? find(sigma);
    if ((known.size + 1) * size ** 2 <= mostRemembered) known.set(sigma, found);
    return found;
  };
}

/** The flow dθ/ds = J(σ(θ))ᵀr of a secant model, `from` its start, at the times s (ascending). Training rows come first. */
export function follow(secant: Secant, y: Float64Array, from: Path, times: readonly number[]): Path[] {
  const found = displacements(secant, y, from, times);
  const paths: Path[] = [];
  for (let first = 0; first < found.length; first += atOnce) {
    const some = found.slice(first, first + atOnce);
    const outputs = changes(secant, some, from.f.length);
    for (const [t, moved] of some.entries())
      paths.push({ theta: displaced(from.theta, moved), f: sum(from.f, outputs[t]) });
  }
  return paths;
}

/** Where `follow` brings the parameters in a time s; outputs of many rows would take longer than the flow itself. */
export function thetaAfter(secant: Secant, y: Float64Array, from: Path, s: number): Float64Array {
  return displaced(from.theta, displacements(secant, y, from, [s])[0]);
}

/** Fastest rate of the model's flow at its start, the largest eigenvalue of the kernel. */
export function fastestRate({ modesAt }: Secant): number {
  return modesAt(0).values[0];
}

/** How far the path has moved, split by the Jacobians it moved with: Δθ = a + b changes the outputs by J_a·a + J_b·b. */
interface Displacement {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

function displaced(theta: Float64Array, { a, b }: Displacement): Float64Array {
  return theta.map((value, k) => value + a[k] + b[k]);
}

/** Changes of the outputs on all rows, of all displacements at once: many rows are read once. */
function changes({ a, bent }: Secant, moved: readonly Displacement[], rows: number): Float64Array[] {
  const P = a.theta.length;
  const along = (J: Float64Array, part: 'a' | 'b') => {
    if (moved.length === 1) return [multiplyVector(J, moved[0][part], rows, P)];
    const stacked = new Float64Array(moved.length * P);
    for (const [t, each] of moved.entries()) stacked.set(each[part], t * P);
    const product = multiplyTransposed(J, stacked, rows, P, moved.length);
    return moved.map((_, t) => Float64Array.from({ length: rows }, (_, i) => product[i * moved.length + t]));
  };
  const first = along(a.J, 'a');
  if (!bent) return first;
  const second = along(bent.b.J, 'b');
  return first.map((change, t) => sum(change, second[t]));
}

function sum(x: Float64Array, z: Float64Array): Float64Array {
  return x.map((value, i) => value + z[i]);
}

/** J is held over a portion of the chord at a time, at its middle. */
function displacements(secant: Secant, y: Float64Array, from: Path, times: readonly number[]): Displacement[] {
  const P = from.theta.length;
  const end = times[times.length - 1];
  const pullAt = pulls(secant, y, from);
  const found: Displacement[] = [];
  let moved: Displacement = { a: new Float64Array(P), b: new Float64Array(P) };
  let s = 0;
  for (let substep = 0; found.length < times.length; substep++) {
    const position = coordinate(secant, displaced(from.theta, moved));
    const start = hold(secant, position, y.length, pullAt(moved));
    const length = substep < mostSubsteps ? portionLength(start, end - s) : end - s;
    const middle = secant.bent ? hold(secant, position + progress(start, length / 2), y.length, pullAt(moved)) : start;
    const last = length >= end - s;
    while (found.length < times.length && (last || times[found.length] <= s + length))
      found.push(advanced(moved, middle, times[found.length] - s));
    moved = advanced(moved, middle, length);
    s += length;
  }
  return found;
}

/** Coordinate of a point along the chord. */
function coordinate({ a, bent }: Secant, theta: Float64Array): number {
  if (!bent) return 0;
  const { chord } = bent;
  const offset = theta.map((value, k) => value - a.theta[k]);
  return dot(offset, 0, chord, 0, chord.length) / dot(chord, 0, chord, 0, chord.length);
}

/** What drives the modes at a σ: r of the training rows, or J(σ)ᵀr where there are fewer parameters. */
type Pull = (sigma: number) => Float64Array;

/**
 * The pull behind a displacement. With fewer parameters than rows it follows from that at `from` by the Gram matrices
 * alone, r = r₀ − J_a·a − J_b·b, so that no sub-step touches the rows.
 */
function pulls({ a, bent }: Secant, y: Float64Array, from: Path): (moved: Displacement) => Pull {
  const m = y.length;
  const P = from.theta.length;
  const r0 = y.map((value, i) => value - from.f[i]);
  const top = ({ J }: Sample) => J.subarray(0, m * P);
  if (m <= P)
    return (moved) => {
      const first = multiplyVector(top(a), moved.a, m, P);
      const second = bent && multiplyVector(top(bent.b), moved.b, m, P);
      const r = r0.map((value, i) => value - first[i] - (second?.[i] ?? 0));
      return () => r;
    };
  const atStart = transposeMultiplyVector(top(a), r0, m, P);
  if (!bent)
    return (moved) => {
      const gone = multiplyVector(a.gram, moved.a, P, P);
      return () => atStart.map((value, k) => value - gone[k]);
    };
  const { b, mixed } = bent;
  const atEnd = transposeMultiplyVector(top(b), r0, m, P);
  return (moved) => {
    const goneA = sum(multiplyVector(a.gram, moved.a, P, P), multiplyVector(mixed, moved.b, P, P));
    const goneB = sum(transposeMultiplyVector(mixed, moved.a, P, P), multiplyVector(b.gram, moved.b, P, P));
    return (sigma) => atStart.map((value, k) => (1 - sigma) * (value - goneA[k]) + sigma * (atEnd[k] - goneB[k]));
  };
}

/** The model with J held at one σ: θ moves by Σ_j φ_s(λ_j)·pull_j·direction_j. */
interface Held {
  readonly sigma: number;
  readonly values: Float64Array;
  /** Turns weights of the modes into a displacement of θ. */
  readonly displace: (weights: Float64Array) => Float64Array;
  readonly pull: Float64Array;
  /** How far each mode's direction moves σ. */
  readonly along: Float64Array | undefined;
}

/**
 * Modes on the smaller side: K = JJᵀ = QΛQᵀ gives Δθ = Jᵀ·Q·φ(Λ)·Qᵀr; with fewer parameters than the m training rows
 * JᵀJ = VΛVᵀ gives Δθ = V·φ(Λ)·Vᵀ·Jᵀr.
 */
function hold(secant: Secant, position: number, m: number, pullAt: Pull): Held {
  const P = secant.a.theta.length;
  const size = Math.min(m, P);
  const sigma = Math.min(Math.max(position, believed.low), believed.high);
  const { values, vectors } = secant.modesAt(sigma);
  const byRows = m <= P;
  const combined = (weights: Float64Array) => multiplyVector(vectors, weights, size, size);
  const displace = byRows
    ? (weights: Float64Array) => {
        const rows = combined(weights);
        return blended(secant, sigma, (J) => transposeMultiplyVector(J.subarray(0, m * P), rows, m, P));
      }
    : combined;
  const project = (side: Float64Array) => transposeMultiplyVector(vectors, side, size, size);
  const pull = project(pullAt(sigma));
  if (!secant.bent) return { sigma, values, displace, pull, along: undefined };
  const { chord } = secant.bent;
  const squared = dot(chord, 0, chord, 0, P);
  const image = byRows ? blended(secant, sigma, (J) => multiplyVector(J.subarray(0, m * P), chord, m, P)) : chord;
  return { sigma, values, displace, pull, along: project(image).map((value) => value / squared) };
}

/** (1 − σ)·x_a + σ·x_b of what is linear in the Jacobian; J(σ) itself is never formed. */
function blended({ a, bent }: Secant, sigma: number, of: (J: Float64Array) => Float64Array): Float64Array {
  const first = of(a.J);
  if (!bent) return first;
  const second = of(bent.b.J);
  return first.map((value, i) => (1 - sigma) * value + sigma * second[i]);
}

/** The Gram matrix of J(σ): a quadratic in σ, so that many σ cost no more than the products of the samples. */
function gramAt(a: Sample, { b, mixed }: Bent, sigma: number): Float64Array {
  const size = Math.sqrt(mixed.length);
  const [aa, ab, bb] = [(1 - sigma) ** 2, (1 - sigma) * sigma, sigma ** 2];
  const out = new Float64Array(mixed.length);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      out[at] = aa * a.gram[at] + ab * (mixed[at] + mixed[j * size + i]) + bb * b.gram[at];
    }
  return out;
}

/** φ_s(λ) = (1 − e^{−λs})/λ times each mode's pull. */
function pulled({ values, pull }: Held, s: number): Float64Array {
  return pull.map((c, j) => {
    const lambda = Math.max(values[j], 0);
    return c * (lambda * s < 1e-12 ? s : -Math.expm1(-lambda * s) / lambda);
  });
}

function advanced({ a, b }: Displacement, held: Held, s: number): Displacement {
  const moved = held.displace(pulled(held, s));
  return {
    a: a.map((value, k) => value + (1 - held.sigma) * moved[k]),
    b: b.map((value, k) => value + held.sigma * moved[k]),
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
