import type { Jacobian } from '../kernel/jacobian.ts';
import { type Cholesky, cholesky, choleskySolve, logDeterminant, traceOfSolution } from '../linalg/cholesky.ts';
import { dot, gram, multiply, multiplyVector, norm, transposeMultiplyVector } from '../linalg/matrix.ts';
import {
  addScaled,
  addScaledDifference,
  columnOf,
  difference,
  divided,
  scaled,
  setColumn,
  squaredDistance,
  subtractRowProducts,
} from '../linalg/vector.ts';
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
  /** For each sample its J in the basis, rows × q. */
  readonly inside: readonly Float64Array[];
  /** ⟨J_a, J_b⟩ of what is outside of the basis, W × W. */
  readonly outside: Float64Array;
}

/** What is known before a process is fitted. */
export interface ProcessOptions {
  /** ℓ, radians; that of the largest likelihood where left out, the rows sharing one variance. */
  readonly length?: number | undefined;
  /** Of how many rows those of the samples are coordinates in an orthonormal basis; as many where left out. */
  readonly rows?: number;
  /** ⟨J_a, J_b⟩ of two samples by their places, where it is known already. */
  readonly product?: (a: number, b: number) => number;
}

/** ⟨J_a, J_b⟩, the sum over all entries, of two samples by their places. */
const productOf =
  (samples: readonly Sample[]) =>
  (a: number, b: number): number =>
    dot(samples[a].J, 0, samples[b].J, 0, samples[a].J.length);

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
  { length, rows = samples[0].rows, product = productOf(samples) }: ProcessOptions = {},
): NetworkModel {
  const frame = frameOf(samples, product);
  if (length !== undefined) return fitted(frame, length);
  if (samples.length === 1) return fitted(frame, lengthOfOne);
  const { q } = frame;
  const products = gram(observed(frame, 1), samples.length * (1 + q), frame.rows);
  const rated = Array.from(lengths, (one) => ({ length: one, value: logLikelihood(frame, products, one, rows) }));
  return fitted(frame, rated.reduce((best, next) => (next.value > best.value ? next : best)).length);
}

function frameOf(samples: readonly Sample[], product: (a: number, b: number) => number): Frame {
  const { rows, columns: P } = samples[0];
  const stack = stackOfMatrices(
    samples.map(({ J }) => J),
    rows,
    P,
  );
  const basis = basisOf(samples);
  const q = basis.length / P;
  const places = new Float64Array(samples.length * q);
  samples.forEach(({ theta }, a) => {
    const from = difference(theta, samples[0].theta);
    for (let k = 0; k < q; k++) places[a * q + k] = dot(from, 0, basis, k * P, P);
  });
  const inside = samples.map(() => new Float64Array(rows * q));
  for (let k = 0; k < q; k++) {
    const along = stack.times(basis.subarray(k * P, (k + 1) * P));
    inside.forEach((part, a) => {
      setColumn(part, q, k, along.subarray(a * rows, (a + 1) * rows));
    });
  }
  const W = samples.length;
  const outside = new Float64Array(W * W);
  for (let a = 0; a < W; a++)
    for (let b = 0; b <= a; b++)
      outside[a * W + b] = outside[b * W + a] = product(a, b) - dot(inside[a], 0, inside[b], 0, rows * q);
  return { samples, rows, P, stack, basis, q, places, inside, outside };
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
  readonly beyond: Cholesky;
}

function covariances({ samples, q, places }: Frame, length: number): Covariances {
  const W = samples.length;
  const block = 1 + q;
  const n = W * block;
  const within = new Float64Array(n * n);
  const beyond = new Float64Array(W * W);
  for (let a = 0; a < W; a++)
    for (let b = 0; b < W; b++) {
      const u = Float64Array.from({ length: q }, (_, k) => (places[a * q + k] - places[b * q + k]) / length);
      const k = Math.exp(-dot(u, 0, u, 0, q) / 2);
      beyond[a * W + b] = k;
      const at = (i: number, j: number) => (a * block + i) * n + b * block + j;
      within[at(0, 0)] = k;
      for (let i = 0; i < q; i++) {
        within[at(0, 1 + i)] = k * u[i];
        within[at(1 + i, 0)] = -k * u[i];
        for (let j = 0; j < q; j++) within[at(1 + i, 1 + j)] = k * ((i === j ? 1 : 0) - u[i] * u[j]);
      }
    }
  for (let i = 0; i < n; i++) within[i * n + i] += jitter;
  for (let a = 0; a < W; a++) beyond[a * W + a] += jitter;
  return { within: cholesky(within, n), beyond: cholesky(beyond, W) };
}

/** Values and gradients in the span, gradients in units of 1/length, as `within` has them: n × rows. */
function observed({ samples, q, rows, inside }: Frame, length: number): Float64Array {
  const all = new Float64Array(samples.length * (1 + q) * rows);
  samples.forEach(({ f }, a) => {
    const first = a * (1 + q) * rows;
    all.set(f, first);
    for (let k = 0; k < q; k++) all.set(scaled(columnOf(inside[a], q, k), length), first + (1 + k) * rows);
  });
  return all;
}

/** ln of the likelihood of `count` rows at the variance that makes it largest, but for a constant; `products` are z·zᵀ at length 1. */
function logLikelihood(frame: Frame, products: Float64Array, length: number, count: number): number {
  const { samples, q, P, outside } = frame;
  const W = samples.length;
  const { within, beyond } = covariances(frame, length);
  const { n } = within;
  const scale = Float64Array.from({ length: n }, (_, i) => (i % (1 + q) === 0 ? 1 : length));
  const scaled = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) scaled[i * n + j] = scale[i] * scale[j] * products[i * n + j];
  // zᵀ·K⁻¹·z over all rows is the trace of K⁻¹·(z·zᵀ).
  const square = length * length * traceOfSolution(beyond, outside) + traceOfSolution(within, scaled);
  const numbers = count * W * (1 + P);
  const determinant = logDeterminant(within) + (P - q) * logDeterminant(beyond) - W * P * 2 * Math.log(length);
  return -0.5 * (numbers * Math.log(square / numbers) + count * determinant);
}

function inverseOf(factor: Cholesky): Float64Array {
  const { n } = factor;
  const unit = new Float64Array(n * n);
  for (let i = 0; i < n; i++) unit[i * n + i] = 1;
  return choleskySolve(factor, unit, n);
}

/**
 * What a model is made of: f̂ = Σ_a k(θ, θ_a)·(value_a + G_a·(θ − θ_a)) with G_a = Σ_b inverse_ab·J_b + correction_a·basis. These
 * G_a are never formed: products with them follow from products with the samples' own J_b.
 */
interface Terms {
  /** Of the gradients outside of the span, W × W. */
  readonly inverse: Float64Array;
  /** What gradients have more in the span, for each sample rows × q. */
  readonly corrections: readonly Float64Array[];
  /** value_a − G_a·(θ_a − θ_0) of each sample, W × rows: one product with θ − θ_0 serves all of them. */
  readonly constants: Float64Array;
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
  const { within, beyond } = covariances(frame, length);
  const weights = choleskySolve(within, observed(frame, length), rows);
  const inverse = inverseOf(beyond);
  const constants = new Float64Array(W * rows);
  const corrections = samples.map((_, a) => {
    const first = a * (1 + q) * rows;
    constants.set(weights.subarray(first, first + rows), a * rows);
    // What the joint equations gave: the gradient in the span. Less what the samples' own J put there as well, the correction.
    const correction = new Float64Array(rows * q);
    for (let k = 0; k < q; k++) {
      const gradient = weights.subarray(first + (1 + k) * rows, first + (2 + k) * rows);
      setColumn(correction, q, k, divided(gradient, length));
    }
    const place = places.subarray(a * q, (a + 1) * q);
    subtractRowProducts(constants.subarray(a * rows, (a + 1) * rows), correction, place);
    for (let b = 0; b < W; b++) addScaled(correction, -inverse[a * W + b], inside[b]);
    return correction;
  });
  return { inverse, corrections, constants };
}

/** target ← target + factor·(constant_a + correction_a·place) on all rows. */
function addValues(
  target: Float64Array,
  factor: number,
  { constants, corrections }: Terms,
  a: number,
  place: Float64Array,
): void {
  const [rows, q] = [target.length, place.length];
  const correction = corrections[a];
  for (let row = 0; row < rows; row++)
    target[row] += factor * (constants[a * rows + row] + dot(correction, row * q, place, 0, q));
}

interface Fitted {
  readonly frame: Frame;
  readonly length: number;
  readonly terms: Terms;
}

function pointOf({ frame, length, terms }: Fitted, theta: Float64Array): ModelPoint {
  const { samples, rows, P, q, basis, stack } = frame;
  const { inverse, corrections } = terms;
  const W = samples.length;
  const from = difference(theta, samples[0].theta);
  const place = multiplyVector(basis, from, q, P);
  // Of every sample value_a + G_a·(θ − θ_a), W × rows.
  const affine = multiply(inverse, stack.times(from), W, W, rows);
  const f = new Float64Array(rows);
  const parts = samples.map((sample, a) => {
    const away = difference(theta, sample.theta);
    const k = Math.exp(-dot(away, 0, away, 0, P) / (2 * length * length));
    const ofSample = affine.subarray(a * rows, (a + 1) * rows);
    addValues(ofSample, 1, terms, a, place);
    addScaled(f, k, ofSample);
    return { k, away };
  });
  return {
    f,
    vectorJacobian(v) {
      const weighted = new Float64Array(W * rows);
      const alongBasis = new Float64Array(q);
      parts.forEach(({ k }, a) => {
        const ofSample = scaled(v, k);
        weighted.set(ofSample, a * rows);
        addScaled(alongBasis, 1, transposeMultiplyVector(corrections[a], ofSample, rows, q));
      });
      // The inverse is symmetric.
      const sum = stack.transposeTimes(multiply(inverse, weighted, W, W, rows));
      addScaled(sum, 1, transposeMultiplyVector(basis, alongBasis, q, P));
      parts.forEach(({ away }, a) => {
        addScaled(sum, -dot(affine, a * rows, weighted, a * rows, rows) / (length * length), away);
      });
      return sum;
    },
    jacobian() {
      const J = new Float64Array(rows * P);
      parts.forEach(({ k, away }, a) => {
        const G = multiply(corrections[a], basis, rows, q, P);
        samples.forEach((sample, b) => {
          for (let i = 0; i < G.length; i++) G[i] += inverse[a * W + b] * sample.J[i];
        });
        for (let row = 0; row < rows; row++) {
          const along = affine[a * rows + row] / (length * length);
          for (let i = 0; i < P; i++) J[row * P + i] += k * (G[row * P + i] - along * away[i]);
        }
      });
      return J;
    },
  };
}

/**
 * f̂ = C·(θ − θ_0) + Σ_a k_a·(constant_a + correction_a·place) with C = Σ_b (Σ_a inverse_ab·k_a)·J_b, so that one pass over the
 * samples' J gives f̂ and what y leaves of it.
 */
function fitOf({ frame, length, terms }: Fitted, theta: Float64Array, y: Float64Array): ModelFit {
  const { samples, rows, P, q, basis, stack } = frame;
  const { inverse, corrections, constants } = terms;
  const W = samples.length;
  const from = difference(theta, samples[0].theta);
  const place = multiplyVector(basis, from, q, P);
  const k = Float64Array.from(samples, (sample) =>
    Math.exp(-squaredDistance(theta, sample.theta) / (2 * length * length)),
  );
  const target = y.slice();
  for (let a = 0; a < W; a++) addValues(target, -k[a], terms, a, place);
  const found = stack.fit(from, multiplyVector(inverse, k, W, W), target);
  const r = found.residual;
  // Of each sample rᵀ·(value + G·(θ − θ_a)): the slope of k_a follows from it.
  const along = multiplyVector(inverse, found.overlaps, W, W);
  const inBasis = new Float64Array(q);
  for (let a = 0; a < W; a++) {
    const part = transposeMultiplyVector(corrections[a], r, rows, q);
    addScaled(inBasis, k[a], part);
    along[a] += dot(constants, a * rows, r, 0, rows) + dot(part, 0, place, 0, q);
  }
  const product = found.product;
  addScaled(product, 1, transposeMultiplyVector(basis, inBasis, q, P));
  for (let a = 0; a < W; a++)
    addScaledDifference(product, -(k[a] * along[a]) / (length * length), theta, samples[a].theta);
  return { residual: r, product };
}
