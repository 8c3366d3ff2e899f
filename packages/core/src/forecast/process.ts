import type { Jacobian } from '../kernel/jacobian.ts';
import { cholesky, choleskySolve, logDeterminant, traceOfSolution } from '../linalg/cholesky.ts';
import { dot, gram, multiply, multiplyVector, norm, transpose, transposeMultiplyVector } from '../linalg/matrix.ts';
import type { Cholesky } from '../linalg/plain-cholesky.ts';
import { addScaled, addScaledDifference, difference, divided, scaled, squaredDistance } from '../linalg/vector.ts';
import { type StackOfMatrices, stackOfMatrices } from '../linalg/wasm/stack.ts';

/** What is known of a network at one θ: outputs f and Jacobian J of some rows. */
export interface Sample extends Jacobian {
  readonly theta: Float64Array;
}

/** A model of a network's outputs as functions of θ, rows × P, through samples of them. */
export interface NetworkModel {
  readonly rows: number;
  readonly parameters: number;
  /** Length scale, radians. */
  readonly length: number;
  at(theta: Float64Array): ModelPoint;
  /** The model at θ held against numbers y of length rows. */
  fit(theta: Float64Array, y: Float64Array): ModelFit;
}

/** How far a model is from given numbers y: all that a loss and its gradient are made of, for half of what they cost apart. */
export interface ModelFit {
  /** r = y − f̂, length rows. */
  readonly residual: Float64Array;
  /** Ĵᵀ·r, length P. */
  readonly product: Float64Array;
}

/** The model at one θ. */
export interface ModelPoint {
  /** f̂, length rows. */
  readonly f: Float64Array;
  /** Ĵᵀ·v for v of length rows. */
  vectorJacobian(v: Float64Array): Float64Array;
  /** Ĵ, rows × P. */
  jacobian(): Float64Array;
}

/** Added to every variance, which is 1: samples that nearly agree leave the equations solvable. */
const jitter = 1e-4;

/** Lengths to choose from where there are two samples or more, and the one to take where there is one. */
const lengths = Float64Array.from({ length: 9 }, (_, k) => 1.2 * (4 / 1.2) ** (k / 8));
const lengthOfOne = 2.5;

/** The samples' differences as a space of few dimensions, and all that is observed seen from it. */
interface Frame {
  readonly samples: readonly Sample[];
  readonly rows: number;
  readonly P: number;
  /** Their J. */
  readonly stack: StackOfMatrices;
  /** Orthonormal basis of the differences, q × P. */
  readonly basis: Float64Array;
  readonly q: number;
  /** θ of each sample in that basis, from the first one, W × q. */
  readonly places: Float64Array;
  /** For each sample its J in the basis, W × rows × q. */
  readonly inside: Float64Array;
  /** ⟨J_a, J_b⟩ of what is outside of the basis, W × W. */
  readonly outside: Float64Array;
  /** Of each sample f and its derivatives along the basis, W·(1 + q) × rows. */
  readonly observed: Float64Array;
}

/** What is known before a process is fitted. */
export interface ProcessOptions {
  /** ℓ, radians; that of the largest likelihood where left out, the rows sharing one variance. */
  readonly length?: number | undefined;
  /** Of how many rows those of the samples are coordinates in an orthonormal basis; as many where left out. */
  readonly rows?: number;
}

/**
 * A Gaussian process for every row, with mean 0 and covariance exp(−|Δθ|²/2ℓ²), that knows values and gradients at the
 * samples (Rasmussen and Williams 2006, §9.4). In the span of the samples' differences values and gradients hang together;
 * outside of it every direction of the gradients stands alone, with the same W × W matrix for all of them. So one
 * small Cholesky factor serves all rows and parameters.
 *
 * @param samples - one at least, all of the same rows.
 */
export function processThrough(
  samples: readonly Sample[],
  { length, rows = samples[0].rows }: ProcessOptions = {},
): NetworkModel {
  const frame = frameOf(samples);
  if (length !== undefined) return fitted(frame, length);
  if (samples.length === 1) return fitted(frame, lengthOfOne);
  const products = gram(frame.observed, samples.length * (1 + frame.q), frame.rows);
  const rated = Array.from(lengths, (one) => ({ length: one, value: logLikelihood(frame, products, one, rows) }));
  return fitted(frame, rated.reduce((best, next) => (next.value > best.value ? next : best)).length);
}

function frameOf(samples: readonly Sample[]): Frame {
  const { rows, columns: P } = samples[0];
  const W = samples.length;
  const stack = stackOfMatrices(
    samples.map(({ J }) => J),
    rows,
    P,
  );
  const basis = basisOf(samples);
  const q = basis.length / P;
  const places = new Float64Array(W * q);
  samples.forEach(({ theta }, a) => {
    places.set(multiplyVector(basis, difference(theta, samples[0].theta), q, P), a * q);
  });
  const inside = stack.timesEach(basis);
  const outside = difference(stack.products(), gram(inside, W, rows * q));
  const observed = new Float64Array(W * (1 + q) * rows);
  samples.forEach(({ f }, a) => {
    const first = a * (1 + q) * rows;
    observed.set(f, first);
    observed.set(transpose(inside.subarray(a * rows * q, (a + 1) * rows * q), rows, q), first + rows);
  });
  return { samples, rows, P, stack, basis, q, places, inside, outside, observed };
}

/** Differences shorter than this share of the longest are none. */
const negligible = 1e-6;

/** Orthonormal basis of the differences from the first sample, by Gram–Schmidt run twice. */
function basisOf(samples: readonly Sample[]): Float64Array {
  const P = samples[0].theta.length;
  const found: Float64Array[] = [];
  const differences = samples.slice(1).map(({ theta }) => difference(theta, samples[0].theta));
  const longest = differences.reduce((most, each) => Math.max(most, norm(each)), 0);
  for (const rest of differences) {
    for (const direction of [...found, ...found]) addScaled(rest, -dot(rest, 0, direction, 0, P), direction);
    const size = norm(rest);
    if (size > negligible * longest) found.push(divided(rest, size));
  }
  const basis = new Float64Array(found.length * P);
  found.forEach((direction, k) => {
    basis.set(direction, k * P);
  });
  return basis;
}

/** The two matrices of covariances, gradients in units of 1/ℓ: of values and gradients in the span, and outside of it. */
interface Covariances {
  readonly within: Cholesky;
  /** k(θ_a, θ_b) with the jitter, W × W. */
  readonly values: Float64Array;
  readonly beyond: Cholesky;
}

function covariances({ samples, q, places }: Frame, length: number): Covariances {
  const W = samples.length;
  const block = 1 + q;
  const n = W * block;
  const within = new Float64Array(n * n);
  const values = new Float64Array(W * W);
  for (let a = 0; a < W; a++)
    for (let b = 0; b < W; b++) {
      const away = difference(places.subarray(a * q, (a + 1) * q), places.subarray(b * q, (b + 1) * q));
      const u = divided(away, length);
      const k = Math.exp(-dot(u, 0, u, 0, q) / 2);
      values[a * W + b] = k;
      setBlock(within, n, a * block * n + b * block, u, k);
    }
  for (let i = 0; i < n; i++) within[i * n + i] += jitter;
  for (let a = 0; a < W; a++) values[a * W + a] += jitter;
  return { within: cholesky(within, n), values, beyond: cholesky(values, W) };
}

/** Covariances of value and gradient at one sample with those at another one, u = Δθ/ℓ away, from an entry of a matrix of order n on. */
function setBlock(matrix: Float64Array, n: number, first: number, u: Float64Array, k: number): void {
  matrix[first] = k;
  for (let i = 0; i < u.length; i++) {
    const row = first + (1 + i) * n;
    matrix[first + 1 + i] = k * u[i];
    matrix[row] = -k * u[i];
    for (let j = 0; j < u.length; j++) matrix[row + 1 + j] = k * ((i === j ? 1 : 0) - u[i] * u[j]);
  }
}

/** What was observed with gradients in units of 1/length, as `within` has them: W·(1 + q) × rows. */
function inUnitsOf({ rows, q, observed }: Frame, length: number): Float64Array {
  const all = scaled(observed, length);
  for (let first = 0; first < all.length; first += (1 + q) * rows)
    all.set(observed.subarray(first, first + rows), first);
  return all;
}

/** ln of the likelihood of `count` rows at the variance that makes it largest, but for a constant; `products` are z·zᵀ at length 1. */
function logLikelihood(frame: Frame, products: Float64Array, length: number, count: number): number {
  const { samples, q, P, outside } = frame;
  const W = samples.length;
  const { within, beyond } = covariances(frame, length);
  const { n } = within;
  const scale = Float64Array.from({ length: n }, (_, i) => (i % (1 + q) === 0 ? 1 : length));
  const scaled = scaledBothWays(products, scale);
  // zᵀ·K⁻¹·z over all rows is the trace of K⁻¹·(z·zᵀ).
  const square = length * length * traceOfSolution(beyond, outside) + traceOfSolution(within, scaled);
  const numbers = count * W * (1 + P);
  const determinant = logDeterminant(within) + (P - q) * logDeterminant(beyond) - W * P * 2 * Math.log(length);
  return -0.5 * (numbers * Math.log(square / numbers) + count * determinant);
}

/** Entry (i, j) times factors i and j. */
function scaledBothWays(a: Float64Array, factors: Float64Array): Float64Array {
  const n = factors.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] = factors[i] * factors[j] * a[i * n + j];
  return out;
}

function inverseOf(factor: Cholesky): Float64Array {
  const { n } = factor;
  const unit = new Float64Array(n * n);
  for (let i = 0; i < n; i++) unit[i * n + i] = 1;
  return choleskySolve(factor, unit, n);
}

/**
 * What a model is made of: f̂ = Σ_a k_a·(value_a + G_a·(θ − θ_a)) with k_a = k(θ, θ_a) and G_a = Σ_b inverse_ab·J_b + correction_a·basis.
 * With shares = inverse·k this is Σ_b shares_b·(J_b·(θ − θ_0) + beside_b·(place, 1)), place being that of θ in the basis: sums over a are
 * in `beside`, once and for all.
 */
interface Terms {
  /** Of the gradients outside of the span, W × W. */
  readonly inverse: Float64Array;
  /** rows × W × (q + 1): corrections and constants. */
  readonly beside: Float64Array;
}

function fitted(frame: Frame, length: number): NetworkModel {
  const terms = termsOf(frame, length);
  const model = { frame, length, terms };
  return {
    rows: frame.rows,
    parameters: frame.P,
    length,
    at: (theta) => pointOf(model, theta),
    fit: (theta, y) => fitOf(model, theta, y),
  };
}

function termsOf(frame: Frame, length: number): Terms {
  const { samples, q, rows, inside, places } = frame;
  const W = samples.length;
  const { within, values, beyond } = covariances(frame, length);
  // Of each sample its value and, in the span, its gradient in units of 1/ℓ.
  const weights = choleskySolve(within, inUnitsOf(frame, length), rows);
  for (let a = 0; a < W; a++) {
    const line = (k: number) => weights.subarray((a * (1 + q) + k) * rows, (a * (1 + q) + k + 1) * rows);
    // The value as the gradient continues it to θ_0.
    for (let k = 0; k < q; k++) addScaled(line(0), -places[a * q + k] / length, line(1 + k));
  }
  const sums = multiply(values, weights, W, W, (1 + q) * rows);
  const beside = new Float64Array(rows * W * (q + 1));
  for (let b = 0; b < W; b++) setBeside(beside, b, { sums, inside, q, rows, length });
  return { inverse: inverseOf(beyond), beside };
}

/** Sets what stands beside J_b: sums of gradients, less what J_b itself has in the span, and of values. */
function setBeside(
  beside: Float64Array,
  b: number,
  { sums, inside, q, rows, length }: Pick<Frame, 'inside' | 'q' | 'rows'> & { sums: Float64Array; length: number },
): void {
  const width = q + 1;
  const step = beside.length / rows;
  for (let row = 0; row < rows; row++) {
    const to = row * step + b * width;
    const from = b * width * rows + row;
    for (let k = 0; k < q; k++)
      beside[to + k] = sums[from + (1 + k) * rows] / length - inside[(b * rows + row) * q + k];
    beside[to + q] = sums[from];
  }
}

interface Fitted {
  readonly frame: Frame;
  readonly length: number;
  readonly terms: Terms;
}

/** Where θ is, as a model sees it. */
interface Situation {
  readonly theta: Float64Array;
  /** θ − θ_0, and its place in the basis with a 1 behind it. */
  readonly from: Float64Array;
  readonly place: Float64Array;
  /** k(θ, θ_a) of each sample, and what it makes of the samples' J. */
  readonly k: Float64Array;
  readonly shares: Float64Array;
}

function situationOf({ frame, length, terms }: Fitted, theta: Float64Array): Situation {
  const { samples, P, q, basis } = frame;
  const from = difference(theta, samples[0].theta);
  const place = new Float64Array(q + 1).fill(1, q);
  place.set(multiplyVector(basis, from, q, P));
  const k = Float64Array.from(samples, (sample) =>
    Math.exp(-squaredDistance(theta, sample.theta) / (2 * length * length)),
  );
  return { theta, from, place, k, shares: multiplyVector(terms.inverse, k, k.length, k.length) };
}

/** What a vector v of all rows comes to. */
interface OfRows {
  /** (Σ_b shares_b·J_b)ᵀ·v, length P. */
  readonly product: Float64Array;
  /** (Σ_b shares_b·beside_b)ᵀ·v, of which the first q numbers count. */
  readonly inBasis: Float64Array;
  /** vᵀ·(J_b·(θ − θ_0) + beside_b·(place, 1)) of each sample. */
  readonly overlaps: Float64Array;
}

/** Ĵᵀ·v: with what is beside J_b, and with the slopes of k. */
function pulledBack({ frame, length, terms }: Fitted, { theta, k }: Situation, found: OfRows): Float64Array {
  const { samples, P, q, basis } = frame;
  const sum = found.product;
  addScaled(sum, 1, transposeMultiplyVector(basis, found.inBasis.subarray(0, q), q, P));
  const along = multiplyVector(terms.inverse, found.overlaps, k.length, k.length);
  samples.forEach((sample, a) => {
    addScaledDifference(sum, -(k[a] * along[a]) / (length * length), theta, sample.theta);
  });
  return sum;
}

function pointOf(model: Fitted, theta: Float64Array): ModelPoint {
  const { frame, length, terms } = model;
  const { samples, rows, P, q, basis, stack } = frame;
  const { inverse, beside } = terms;
  const W = samples.length;
  const situation = situationOf(model, theta);
  const { from, place, k, shares } = situation;
  // J_b·(θ − θ_0) + beside_b·(place, 1), W × rows.
  const images = stack.times(from);
  addScaled(images, 1, transpose(multiplyVector(beside, place, rows * W, q + 1), rows, W));
  return {
    f: transposeMultiplyVector(images, shares, W, rows),
    vectorJacobian: (v) =>
      pulledBack(model, situation, {
        product: stack.transposeTimes(multiply(shares, v, W, 1, rows)),
        inBasis: transposeMultiplyVector(beside, multiply(v, shares, rows, 1, W), rows * W, q + 1),
        overlaps: multiplyVector(images, v, W, rows),
      }),
    jacobian() {
      const J = new Float64Array(rows * P);
      const along = multiply(inverse, images, W, W, rows);
      samples.forEach((sample, b) => {
        addScaled(J, shares[b], sample.J);
        const away = scaled(difference(theta, sample.theta), -k[b] / (length * length));
        addScaled(J, 1, multiply(along.subarray(b * rows, (b + 1) * rows), away, rows, 1, P));
        const correction = Float64Array.from(
          { length: rows * q },
          (_, i) => shares[b] * beside[(Math.floor(i / q) * W + b) * (q + 1) + (i % q)],
        );
        addScaled(J, 1, multiply(correction, basis, rows, q, P));
      });
      return J;
    },
  };
}

/** One pass over the samples' J gives f̂ and what y leaves of it. */
function fitOf(model: Fitted, theta: Float64Array, y: Float64Array): ModelFit {
  const { frame, terms } = model;
  const { P, stack } = frame;
  const situation = situationOf(model, theta);
  const { from, place, shares } = situation;
  const { residual, product, overlaps } = stack.fit(from, shares, y, { values: terms.beside, x: place });
  const found = { product: product.slice(0, P), inBasis: product.subarray(P), overlaps };
  return { residual, product: pulledBack(model, situation, found) };
}
